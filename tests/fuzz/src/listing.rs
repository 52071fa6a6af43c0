//! A provider's list of predictions.

use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::Submission;
use selfsame_provider::replicate::reconcile::{Search, Step};
use selfsame_provider::replicate::{read_list, request};

use super::{Target, answers, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "listing",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"next\":null,\"previous\":null,\"results\":[",
        "\"next\":\"https://api.replicate.com/v1/predictions?cursor=cD0%3D\",",
        "\"next\":\"/v1/predictions?cursor=a%0d%0ab\",",
        "\"next\":\"?cursor=\",",
        "\"next\":\"https://[\",",
        "\"next\":5,",
        "{\"id\":\"p1\",\"status\":\"starting\"",
        "\"version\":\"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd\"",
        "\"input\":{\"prompt\":\"a hat\",\"seed\":4242,\"guidance\":3.5}",
        "\"created_at\":\"2025-01-15T09:54:55.566Z\"",
        "\"webhook\":\"https://studio.example/hooks/1\"",
        "3.5000000001",
        "1e400",
        "{\"id\":\"x\"}",
        "{",
        "}",
        "]",
        ",",
        "null",
    ])
}

fn known() -> Vec<Vec<u8>> {
    answers::with_status(
        200,
        &[
            r#"{"next":"https://api.replicate.com/v1/predictions?cursor=cD0%3D","previous":null,"results":[{"id":"p1","status":"starting","version":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","input":{"prompt":"a hat","seed":4242,"guidance":3.5,"go_fast":false},"created_at":"2025-01-15T09:54:55.566Z"},{"id":"p2","status":"succeeded","output":["https://replicate.delivery/x/out-0.webp"],"webhook":"https://studio.example/hooks/1","created_at":"2025-01-15T09:54:55.566Z"}]}"#,
            r#"{"next":null,"results":[5,{"id":"x"},{"id":"p3","status":"failed","error":"x"}]}"#,
        ],
    )
}

fn submission() -> Result<Submission, String> {
    let submission = serde_json::json!({
        "version": "cd".repeat(32),
        "input": {"prompt": "a hat", "seed": 4242, "guidance": 3.5, "go_fast": false},
        "webhook_url": "https://studio.example/hooks/1",
        "cancel_after_seconds": 1800,
    });
    serde_json::from_value(submission).map_err(|error| error.to_string())
}

fn check(input: &[u8]) -> Result<(), String> {
    let response = answers::response(input);
    let Some(page) = answers::read(&response, read_list)? else {
        return Ok(());
    };
    let json: serde_json::Value =
        serde_json::from_slice(&response.body).map_err(|error| error.to_string())?;
    let entries = json["results"].as_array().map_or(0, Vec::len);
    equal(
        "an entry is neither read nor counted",
        page.listed.len() + page.unreadable,
        entries,
    )?;
    for entry in &page.listed {
        answers::prediction(&entry.prediction)?;
    }
    let since = Timestamp::from_millisecond(1_736_934_000_000);
    if let Some(cursor) = &page.next {
        let target = request::list(since, Some(cursor)).target();
        let is_plain = target.bytes().all(|byte| byte.is_ascii_graphic());
        holds("a cursor breaks out of the address", is_plain)?;
        let path = target.starts_with("predictions?") && !target.contains('#');
        holds("a cursor changes the path", path)?;
    }
    let submission = submission()?;
    let mut search = Search::new(&submission, since);
    // The provider answers every request for the next page with this page, until the search gives up.
    let mut pages = 1;
    let listing = loop {
        match search.read(page.clone()) {
            Step::Done(listing) => break listing,
            Step::Next(more, _) => (search, pages) = (more, pages + 1),
        }
        holds("a search never ends", pages <= 10)?;
    };
    holds(
        "an incomplete list counts as complete",
        !(listing.complete && (page.unreadable > 0 || pages == 10)),
    )?;
    holds(
        "more predictions are found than are listed",
        listing.predictions.len() <= entries * pages,
    )
}
