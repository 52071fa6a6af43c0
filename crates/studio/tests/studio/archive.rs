//! Archives of chosen pictures: what is in them, how files are named, and which selections are refused.

use selfsame_api::{
    ArchiveRequest, ChangePictures, ErrorCode, PictureChange, PictureQuery, Selection,
};
use selfsame_primitives::ids::{AlbumId, PictureId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_studio::{
    AddAlbum, ArchivePart, ArchivePictures, ArchivedPicture, Database, DeletePicture, StudioError,
};

use crate::kit::{Kit, START};

fn part(kit: &mut Kit, pictures: Selection, after: usize) -> Result<ArchivePart, StudioError> {
    let wanted = ArchiveRequest {
        pictures,
        recipes: false,
    };
    kit.ask(ArchivePictures { wanted, after })
}

fn these(ids: &[PictureId]) -> Selection {
    Selection::Ids(ids.to_vec())
}

/// A picture of a request with these words.
fn picture_of(kit: &mut Kit, text: &str) -> PictureId {
    let mut request = kit.request(1);
    text.clone_into(&mut request.text);
    kit.succeeded_with(request).1.remove(0)
}

/// Copies of a picture, under other ids.
fn copies(kit: &mut Kit, picture: &PictureId, count: u32) -> Vec<PictureId> {
    let ids = (0..count).map(|number| PictureId::mint(START, 1_000 + u128::from(number)));
    let ids: Vec<_> = ids.collect();
    for (number, id) in ids.iter().enumerate() {
        kit.database.execute(&format!(
            "INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe, created_at)
             SELECT '{id}', generation, {}, format, bytes, etag, recipe, created_at
             FROM pictures WHERE id = '{picture}'",
            number + 10
        ));
    }
    ids
}

fn names(part: &ArchivePart) -> Vec<&str> {
    part.pictures.iter().map(|one| one.name.as_str()).collect()
}

#[test]
fn files_are_named_by_day_first_words_and_place() {
    let mut kit = Kit::new();
    let id = picture_of(
        &mut kit,
        "Reading, in a “Café” / by the window: early one morning",
    );
    let found = part(&mut kit, these(std::slice::from_ref(&id)), 0).unwrap();
    let expected = ArchivedPicture {
        name: "2027-01-15-reading-in-a-café-by-the-001.webp".to_owned(),
        at: kit.now,
        key: format!("people/ada/pictures/{id}"),
        recipe: None,
    };
    assert_eq!(found.pictures, [expected]);
    assert!(found.rest.is_empty());
}

#[test]
fn a_name_is_short_whatever_was_asked_for_and_never_leaves_its_folder() {
    let long = ["a".repeat(300), "好".repeat(90)];
    for text in ["../../etc/passwd", &long[0], &long[1]] {
        let mut kit = Kit::new();
        let id = picture_of(&mut kit, "x");
        let sql = "UPDATE generations SET request = json_set(request, '$.text', ?)";
        kit.database.query(sql, &[text.into()]).unwrap();
        let found = part(&mut kit, these(&[id]), 0).unwrap();
        let name = names(&found)[0];
        assert!(name.chars().count() <= 60, "{name}");
        assert!(
            !name.contains(['/', '\\']) && !name.contains(".."),
            "{name}"
        );
    }
}

#[test]
fn a_picture_whose_request_cannot_be_read_is_named_by_its_day() {
    let mut kit = Kit::new();
    let id = picture_of(&mut kit, "x");
    kit.database.execute("UPDATE generations SET request = '?'");
    let found = part(&mut kit, these(&[id]), 0).unwrap();
    assert_eq!(names(&found), ["2027-01-15-001.webp"]);
}

#[test]
fn pictures_come_in_the_asked_order_each_once() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(3);
    let wanted = [&pictures[2], &pictures[0], &pictures[2]].map(Clone::clone);
    let found = part(&mut kit, these(&wanted), 0).unwrap();
    let keys: Vec<_> = found.pictures.iter().map(|one| one.key.as_str()).collect();
    let expected = [&pictures[2], &pictures[0]].map(|id| format!("people/ada/pictures/{id}"));
    assert_eq!(keys, expected);
}

#[test]
fn a_recipe_lies_beside_its_picture_if_asked_for() {
    let mut kit = Kit::new();
    let (id, ids) = kit.succeeded(1);
    let wanted = ArchiveRequest {
        pictures: Selection::Ids(ids),
        recipes: true,
    };
    let found = kit.ask(ArchivePictures { wanted, after: 0 }).unwrap();
    let (name, recipe) = found.pictures[0].recipe.clone().unwrap();
    assert_eq!(name, "2027-01-15-reading-in-a-café-001.json");
    assert_eq!(recipe, kit.generation(&id).pictures[0].recipe.as_str());
}

#[test]
fn five_hundred_pictures_come_in_parts_and_one_more_is_refused() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(1);
    let mut ids = copies(&mut kit, &pictures[0], 500);
    let (mut rest, mut found) = (ids.clone(), Vec::new());
    while !rest.is_empty() {
        let part = part(&mut kit, these(&rest), found.len()).unwrap();
        assert!(part.pictures.len() <= 50);
        found.extend(part.pictures.into_iter().map(|one| (one.key, one.name)));
        rest = part.rest;
    }
    let keys: Vec<_> = found.iter().map(|(key, _)| key.clone()).collect();
    let expected = ids.iter().map(|id| format!("people/ada/pictures/{id}"));
    assert_eq!(keys, expected.collect::<Vec<_>>());
    let (_, last) = &found[499];
    assert!(last.ends_with("-500.webp"), "{last}");
    ids.push(pictures[0].clone());
    let refused = part(&mut kit, these(&ids), 0).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::OutOfRange);
}

#[test]
fn a_query_selects_what_matches_it() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(2);
    let query = PictureQuery {
        format: Some(OutputFormat::Webp),
        ..PictureQuery::default()
    };
    let found = part(&mut kit, Selection::Query(Box::new(query)), 0).unwrap();
    assert_eq!(found.pictures.len(), pictures.len());
    let query = PictureQuery {
        format: Some(OutputFormat::Png),
        ..PictureQuery::default()
    };
    let refused = part(&mut kit, Selection::Query(Box::new(query)), 0);
    assert_eq!(refused, Err(StudioError::NotFound));
}

#[test]
fn a_selection_beyond_four_gigabytes_says_how_many_fit() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(1);
    kit.database.execute("UPDATE pictures SET bytes = 20000000");
    let ids = copies(&mut kit, &pictures[0], 201);
    assert!(part(&mut kit, these(&ids[..200]), 0).is_ok());
    let refused = part(&mut kit, these(&ids), 0).unwrap_err();
    assert_eq!(refused, StudioError::ArchiveTooLarge { most: 200 });
    assert!(refused.message().contains("first 200 fit"));
}

#[test]
fn a_picture_in_the_bin_or_of_nobody_is_left_out() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(2);
    let id = pictures[1].clone();
    kit.ask(DeletePicture { id }).unwrap();
    let unknown = PictureId::mint(START, 9);
    let wanted = [pictures[1].clone(), unknown, pictures[0].clone()];
    let found = part(&mut kit, these(&wanted), 0).unwrap();
    assert_eq!(found.pictures.len(), 1);
    let refused = part(&mut kit, these(&wanted[..2]), 0);
    assert_eq!(refused, Err(StudioError::NotFound));
}

#[test]
fn a_selection_by_query_comes_newest_first() {
    let mut kit = Kit::with_allowance(None);
    let made: Vec<_> = (0..3).map(|_| picture_of(&mut kit, "on a tram")).collect();
    let album = AlbumId::mint(START, 1);
    let name = "Trams".parse().unwrap();
    kit.ask(AddAlbum {
        id: album.clone(),
        name,
    })
    .unwrap();
    kit.ask(ChangePictures {
        pictures: these(&made),
        change: PictureChange::AddToAlbum(album.clone()),
    })
    .unwrap();
    let expected: Vec<_> = made.iter().rev().collect();
    let every = PictureQuery::default;
    for query in [
        every(),
        PictureQuery {
            q: Some("tram".to_owned()),
            ..every()
        },
        PictureQuery {
            album: Some(album),
            ..every()
        },
        PictureQuery {
            model: Some(kit.model.id.clone()),
            ..every()
        },
    ] {
        let found = part(&mut kit, Selection::Query(Box::new(query.clone())), 0).unwrap();
        let keys: Vec<_> = found.pictures.iter().map(|one| one.key.clone()).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|id| format!("people/ada/pictures/{id}"))
            .collect();
        assert_eq!(keys, expected, "{query:?}");
    }
}
