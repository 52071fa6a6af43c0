use serde_json::json;

use super::super::fixtures::{self, respond, submission};
use super::super::list::read_list;
use super::*;

const SENT_AT: Timestamp = Timestamp::from_millisecond(1_736_934_890_000); // 2025-01-15T09:54:50Z

/// The prediction that `submission()` becomes, modified by `change`.
fn entry(id: &str, change: impl FnOnce(&mut Value)) -> Value {
    let sent: Value = serde_json::from_str(fixtures::SENT).unwrap();
    let mut entry: Value = serde_json::from_str(fixtures::STARTING).unwrap();
    entry["id"] = id.into();
    entry["version"] = sent["version"].clone();
    entry["input"] = sent["input"].clone();
    change(&mut entry);
    entry
}

fn page(entries: &[Value], next: &Value) -> PredictionPage {
    let body = json!({"results": entries, "next": next}).to_string();
    match read_list(respond(200, &body)) {
        ReadOutcome::Found(page) => page,
        other => panic!("{other:?}"),
    }
}

/// The result, if this page ends the search.
fn done(search: Search<'_>, page: PredictionPage) -> Listing {
    match search.read(page) {
        Step::Done(listing) => listing,
        Step::Next(_, cursor) => panic!("the search goes on at {cursor:?}"),
    }
}

/// The search and its cursor, if it goes on after this page.
fn next(search: Search<'_>, page: PredictionPage) -> (Search<'_>, Cursor) {
    match search.read(page) {
        Step::Next(search, cursor) => (search, cursor),
        Step::Done(listing) => panic!("the search is over with {listing:?}"),
    }
}

fn found(entries: &[Value]) -> Vec<String> {
    let submission = submission();
    let search = Search::new(&submission, SENT_AT);
    let listing = done(search, page(entries, &Value::Null));
    assert!(listing.complete);
    let ids = listing.predictions.into_iter();
    ids.map(|prediction| prediction.id.to_string()).collect()
}

#[test]
fn a_prediction_with_the_same_version_and_inputs_matches() {
    let same: [fn(&mut Value); 6] = [
        |_| (),
        |entry| entry["input"]["num_inference_steps"] = json!(50.0),
        |entry| entry["input"]["guidance_scale"] = json!(3.500_000_000_000_000_4),
        |entry| entry["input"]["added_by_the_provider"] = json!(1),
        |entry| entry["version"] = json!("hidden"),
        |entry| entry["created_at"] = json!("2025-01-15T09:53:50Z"),
    ];
    for (index, change) in same.into_iter().enumerate() {
        assert_eq!(found(&[entry("p1", change)]), ["p1"], "{index}");
    }
}

#[test]
fn a_prediction_with_any_difference_does_not_match() {
    let other: [fn(&mut Value); 9] = [
        |entry| entry["version"] = json!("ef".repeat(32)),
        |entry| entry["input"]["seed"] = json!(4_243),
        |entry| entry["input"]["seed"] = json!("4242"),
        |entry| entry["input"]["prompt"] = json!("another"),
        |entry| entry["input"]["guidance_scale"] = json!(3.500_001),
        |entry| entry["input"]["go_fast"] = json!(0),
        |entry| drop(entry["input"].as_object_mut().unwrap().remove("go_fast")),
        |entry| entry["input"] = json!({}),
        |entry| entry["created_at"] = json!("2025-01-15T09:53:49Z"),
    ];
    for (index, change) in other.into_iter().enumerate() {
        assert!(found(&[entry("p1", change)]).is_empty(), "{index}");
    }
}

#[test]
fn several_matches_are_returned_oldest_first() {
    assert_eq!(
        found(&[entry("newer", |_| ()), entry("older", |_| ())]),
        ["older", "newer"]
    );
}

#[test]
fn the_webhook_url_decides_if_it_is_shown() {
    let ours = submission().webhook_url.unwrap();
    let entries = [
        entry("unmarked", |_| ()),
        entry("ours", |entry| entry["webhook"] = json!(ours)),
        entry("other", |entry| {
            entry["webhook"] = json!("https://studio.example/hooks/other");
        }),
    ];
    assert_eq!(found(&entries), ["ours"]);
    assert_eq!(
        found(&[entries[0].clone(), entries[2].clone()]),
        ["unmarked"]
    );
}

#[test]
fn a_search_is_complete_at_older_predictions_and_incomplete_after_ten_pages() {
    let submission = submission();
    let more = json!("https://api.replicate.com/v1/predictions?cursor=abc");
    let new = || {
        let just_new = |entry: &mut Value| {
            entry["version"] = json!("x");
            entry["created_at"] = json!("2025-01-15T09:53:50Z");
        };
        page(&[entry("p1", just_new)], &more)
    };
    let old = page(
        &[entry("p2", |entry| {
            entry["created_at"] = json!("2025-01-15T09:00:00Z");
        })],
        &more,
    );

    let (search, cursor) = next(Search::new(&submission, SENT_AT), new());
    assert_eq!(cursor.as_str(), "abc");
    let listing = done(search, old);
    assert!(listing.predictions.is_empty() && listing.complete);

    let mut search = Search::new(&submission, SENT_AT);
    for _ in 0..9 {
        (search, _) = next(search, new());
    }
    let listing = done(search, new());
    assert!(listing.predictions.is_empty() && !listing.complete);
}

#[test]
fn a_search_that_ends_on_the_tenth_page_is_complete() {
    let submission = submission();
    let more = json!("https://api.replicate.com/v1/predictions?cursor=abc");
    let mut search = Search::new(&submission, SENT_AT);
    for _ in 0..9 {
        (search, _) = next(search, page(&[], &more));
    }
    assert!(done(search, page(&[], &Value::Null)).complete);
}

#[test]
fn an_unreadable_entry_makes_a_listing_incomplete_and_keeps_its_matches() {
    let submission = submission();
    let search = Search::new(&submission, SENT_AT);
    let unreadable = entry("p2", |entry| entry["status"] = json!("queued"));
    let entries = [unreadable, entry("p1", |_| ())];
    let listing = done(search, page(&entries, &Value::Null));
    assert_eq!(listing.predictions.len(), 1);
    assert!(!listing.complete);
}

#[test]
fn a_hinted_prediction_is_found_only_if_it_matches() {
    let id: ProviderId = "p1".parse().unwrap();
    let hinted = |status, body: &str| read_hinted(respond(status, body), &id, &submission());
    let ours = entry("p1", |_| ()).to_string();
    let none = ReadOutcome::Found(only(None));
    assert!(
        matches!(hinted(200, &ours), ReadOutcome::Found(found) if found.predictions.len() == 1)
    );
    let others = entry("p1", |entry| entry["input"]["seed"] = json!(1)).to_string();
    assert_eq!(hinted(200, &others), none);
    assert_eq!(hinted(404, fixtures::NOT_FOUND), none);
    assert!(matches!(hinted(500, ""), ReadOutcome::Unavailable { .. }));
}
