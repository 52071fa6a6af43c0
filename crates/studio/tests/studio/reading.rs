//! Pages, snapshots, and what survives a restart.

use selfsame_api::{GenerationPage, GenerationSummary, PictureSummary};
use selfsame_primitives::ids::GenerationId;
use selfsame_studio::{CancelGeneration, Database, ListGenerations, Studio, StudioError};

use crate::database::Sqlite;
use crate::kit::{Kit, START, open_ada};

fn page(
    kit: &mut Kit,
    cursor: Option<String>,
    limit: Option<u32>,
) -> Result<GenerationPage, StudioError> {
    kit.ask(ListGenerations {
        cursor,
        limit,
        session: None,
    })
}

fn snapshot(kit: &mut Kit) -> Vec<GenerationSummary> {
    kit.snapshot().0
}

fn next_cursor(kit: &mut Kit) -> Option<String> {
    kit.snapshot().1
}

/// So many ended generations, newest first.
fn ended(kit: &mut Kit, count: usize) -> Vec<GenerationId> {
    let mut ids: Vec<_> = (0..count)
        .map(|_| {
            kit.pass(1);
            let id = kit.generate(1);
            kit.ask(CancelGeneration { id: id.clone() }).unwrap();
            id
        })
        .collect();
    ids.reverse();
    ids
}

fn ids(page: &GenerationPage) -> Vec<GenerationId> {
    page.generations.iter().map(|one| one.id.clone()).collect()
}

#[test]
fn pages_go_newest_first_and_meet_without_a_gap() {
    let mut kit = Kit::new();
    let all = ended(&mut kit, 45);
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    let mut cursor = None;
    loop {
        let found = page(&mut kit, cursor, None).unwrap();
        sizes.push(found.generations.len());
        seen.extend(ids(&found));
        cursor = found.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [20, 20, 5]);
    assert_eq!(seen, all);
}

#[test]
fn a_full_last_page_has_no_cursor() {
    let mut kit = Kit::new();
    ended(&mut kit, 3);
    assert_eq!(page(&mut kit, None, Some(3)).unwrap().next_cursor, None);
    assert!(page(&mut kit, None, Some(2)).unwrap().next_cursor.is_some());
}

#[test]
fn each_generation_on_a_page_has_its_own_pictures() {
    let mut kit = Kit::new();
    let (first, _) = kit.succeeded(2);
    kit.pass(1);
    let middle = kit.generate(1);
    kit.ask(CancelGeneration { id: middle }).unwrap();
    let found = page(&mut kit, None, None).unwrap().generations;
    assert!(found[0].pictures.is_empty());
    assert_eq!(found[1].id, first);
    assert_eq!(found[1].pictures.len(), 2);
    let whole = kit.generation(&first);
    let ids = |pictures: &[PictureSummary]| -> Vec<_> {
        pictures
            .iter()
            .map(|one| (one.id.clone(), one.index))
            .collect()
    };
    let expected: Vec<_> = whole
        .pictures
        .iter()
        .map(|one| (one.id.clone(), one.index))
        .collect();
    assert_eq!(ids(&found[1].pictures), expected);
}

#[test]
fn a_list_has_280_characters_of_the_words_and_says_whether_they_go_on() {
    for (length, truncated) in [(1, false), (280, false), (281, true), (300, true)] {
        let mut kit = Kit::new();
        let mut request = kit.request(1);
        request.text = "é".repeat(length);
        let command = kit.generate_command(request);
        kit.ask(command).unwrap();
        let listed = page(&mut kit, None, None).unwrap().generations.remove(0);
        assert_eq!(listed.request.text, "é".repeat(length.min(280)));
        assert_eq!(listed.request.text_truncated, truncated, "{length}");
    }
}

#[test]
fn limits_and_cursors_are_checked() {
    let mut kit = Kit::new();
    for limit in [0, 101, u32::MAX] {
        assert_eq!(
            page(&mut kit, None, Some(limit)),
            Err(StudioError::InvalidQuery { field: "limit" })
        );
    }
    assert!(page(&mut kit, None, Some(100)).is_ok());
    for cursor in ["", "x", "Z2VuXw", "' OR 1=1 --"] {
        assert_eq!(
            page(&mut kit, Some(cursor.to_owned()), None),
            Err(StudioError::InvalidQuery { field: "cursor" }),
            "{cursor}"
        );
    }
}

#[test]
fn a_snapshot_has_the_newest_and_everything_under_way() {
    let mut kit = Kit::new();
    assert!(snapshot(&mut kit).is_empty());
    let under_way = kit.generate(1);
    let mut expected = ended(&mut kit, 30);
    expected.truncate(20);
    expected.push(under_way);
    let found = snapshot(&mut kit);
    let ids: Vec<_> = found.into_iter().map(|one| one.id).collect();
    assert_eq!(ids, expected);
}

#[test]
fn a_snapshot_is_bounded_and_its_cursor_goes_on_after_the_newest() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(200, 0);
    assert_eq!(next_cursor(&mut kit), None);
    let mut all: Vec<_> = (0..150)
        .map(|_| {
            kit.pass(1);
            kit.generate(1)
        })
        .collect();
    all.reverse();
    let found = snapshot(&mut kit);
    let shown: Vec<_> = found.into_iter().map(|one| one.id).collect();
    assert_eq!(shown, all[..100]);
    let cursor = next_cursor(&mut kit);
    let next = page(&mut kit, cursor, None).unwrap();
    assert_eq!(ids(&next), all[20..40]);
}

#[test]
fn a_snapshot_shows_each_generation_as_the_list_does() {
    let mut kit = Kit::new();
    kit.succeeded(2);
    kit.pass(1);
    kit.generate(1);
    let list = page(&mut kit, None, None).unwrap().generations;
    assert_eq!((list[0].pictures.len(), list[1].pictures.len()), (0, 2));
    assert_eq!(snapshot(&mut kit), list);
}

#[test]
fn everything_is_there_after_a_restart_from_a_file() {
    let path = std::env::temp_dir().join(format!("selfsame-studio-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let mut studio = Studio::open(Sqlite::in_file(&path), START).unwrap();
    studio.handle(START, open_ada(Some(3))).unwrap();
    drop(studio);
    let mut studio = Studio::open(Sqlite::in_file(&path), START).unwrap();
    let again = studio.handle(START, open_ada(Some(3)));
    std::fs::remove_file(&path).unwrap();
    assert!(again.is_ok());
    assert_eq!(
        studio.handle(START, open_ada(Some(4))),
        Err(StudioError::PersonExists)
    );
}

#[test]
fn a_newer_database_is_left_alone() {
    let mut database = Sqlite::in_memory();
    Studio::open(database.clone(), START).unwrap();
    database
        .query(
            "INSERT INTO migrations (version, applied_at) VALUES (99, 0)",
            &[],
        )
        .unwrap();
    assert!(matches!(
        Studio::open(database, START).unwrap_err(),
        StudioError::NewerDatabase { found: 99, .. }
    ));
}
