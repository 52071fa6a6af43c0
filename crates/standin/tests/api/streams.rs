//! Event streams of predictions.

use selfsame_standin::Settings;
use serde_json::{Value, json};

use crate::support::StandIn;

/// The names and data of a stream's events, and whatever is not an event.
fn events(text: &str) -> Vec<(String, String)> {
    text.split_terminator("\n\n")
        .map(|block| {
            let field = |name: &str| {
                block
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .unwrap_or(block)
                    .to_owned()
            };
            (field("event: "), field("data: "))
        })
        .collect()
}

/// Creates a prediction and reads its whole stream without a token, as the official client does.
fn stream(stand_in: &StandIn, prompt: &str) -> (Value, String) {
    let input = json!({"prompt": prompt, "num_outputs": 2});
    let created = stand_in.create(&input, &json!({})).json();
    let url = created["urls"]["stream"].as_str().unwrap();
    let headers = [("accept", "text/event-stream")];
    let response = stand_in.bare("GET", url, &headers, None).unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-type"), Some("text/event-stream"));
    (created, String::from_utf8(response.body).unwrap())
}

#[test]
fn a_stream_has_each_output_and_ends_with_done() {
    let stand_in = StandIn::fast();
    let (created, text) = stream(&stand_in, "p");
    let ended = stand_in.ended(created["id"].as_str().unwrap());
    let outputs = ended["output"].as_array().unwrap();
    let mut expected: Vec<(String, String)> = outputs
        .iter()
        .map(|url| ("output".to_owned(), url.as_str().unwrap().to_owned()))
        .collect();
    expected.push(("done".to_owned(), "{}".to_owned()));
    assert_eq!(events(&text), expected);
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("id: ")?.split_once(':'))
        .map(|(_, sequence)| sequence)
        .collect();
    assert_eq!(ids, ["0", "1", "2"]);
}

#[test]
fn a_stream_of_a_failed_or_canceled_prediction_says_why_it_ends() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!([
        {"match": {"prompt": "fails"}, "action": {"kind": "failed", "message": "out of memory"}},
        {"match": {"prompt": "aborts"}, "action": {"kind": "aborted"}},
    ]));
    for (prompt, expected) in [
        (
            "fails",
            vec![
                ("error", r#"{"detail":"out of memory"}"#),
                ("done", r#"{"reason":"error"}"#),
            ],
        ),
        ("aborts", vec![("done", r#"{"reason":"canceled"}"#)]),
    ] {
        let text = stream(&stand_in, prompt).1;
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, data)| (name.to_owned(), data.to_owned()))
            .collect();
        assert_eq!(events(&text), expected);
    }
}

#[test]
fn a_stream_without_events_times_out() {
    // The 30 seconds become 0.3 seconds.
    let stand_in = StandIn::with(Settings {
        speed: 100.0,
        ..Settings::default()
    });
    stand_in.fault(&json!({"action": {"kind": "stuck"}}));
    assert_eq!(stream(&stand_in, "p").1, ":408: 408 Request Timeout\n\n");
}

#[test]
fn a_stream_is_found_only_under_its_address() {
    let stand_in = StandIn::fast();
    assert_eq!(stand_in.get("/stream/none").status, 404);
    stand_in.fault(&json!({"action": {"kind": "expired"}}));
    let ended = stand_in.run(&json!({"prompt": "p"}));
    stand_in.eventually(|| {
        let url = ended["urls"]["stream"].as_str().unwrap();
        (stand_in.get(url).status == 404).then_some(())
    });
}
