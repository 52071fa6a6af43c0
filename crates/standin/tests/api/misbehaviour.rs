//! Faults in which the service answers, but not as its clients expect.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::StandIn;

fn url(prediction: &Value) -> &str {
    prediction["urls"]["get"].as_str().unwrap()
}

fn listed(stand_in: &StandIn, path: &str) -> (Vec<String>, Value) {
    let page = stand_in.get(path).json();
    let prompts = page["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["input"]["prompt"].as_str().unwrap().to_owned())
        .collect();
    (prompts, page["next"].clone())
}

#[test]
fn logged_progress_can_go_back() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!({"action": {"kind": "regress"}}));
    let ended = stand_in.run(&json!({"prompt": "p", "num_inference_steps": 4}));
    let logs = ended["logs"].as_str().unwrap();
    let steps: Vec<&str> = logs
        .lines()
        .filter_map(|line| line.rsplit_once("| ")?.1.split(' ').next())
        .collect();
    assert_eq!(steps, ["0/4", "1/4", "2/4", "0/4", "1/4"]);
    assert_eq!(ended["status"], "succeeded");
}

#[test]
fn a_read_can_show_the_state_at_creation() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p"}));
    stand_in.fault(&json!({"action": {"kind": "stale"}}));
    let stale = stand_in.get(url(&ended)).json();
    assert_eq!(stale["status"], "starting");
    assert_eq!(
        (&stale["logs"], &stale["output"]),
        (&json!(""), &Value::Null)
    );
    assert!(stale.get("completed_at").is_none() && stale.get("metrics").is_none());
    assert_eq!(stand_in.get(url(&ended)).json(), ended);
}

#[test]
fn outputs_can_be_on_a_foreign_host() {
    let stand_in = StandIn::fast();
    let urls = json!(["https://example.com/out-0.webp", "http://[::1]/", "no URL"]);
    stand_in.fault(&json!({"action": {"kind": "output_urls", "urls": urls}}));
    let ended = stand_in.run(&json!({"prompt": "p"}));
    assert_eq!(ended["status"], "succeeded");
    assert_eq!(ended["output"], urls);
}

#[test]
fn a_page_can_replace_a_successful_response() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    stand_in.fault(&json!([
        {"action": {"kind": "replace"}},
        {"action": {"kind": "replace", "execute": true}},
        {"action": {"kind": "replace", "body": "{\"id\":7}", "content_type": "application/json"}},
    ]));
    for created in [0, 1] {
        let response = stand_in.post("/v1/predictions", &body);
        assert_eq!(response.status, 200);
        assert_eq!(
            response.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert!(response.body.starts_with(b"<!DOCTYPE html>"));
        assert_eq!(listed(&stand_in, "/v1/predictions").0.len(), created);
    }
    let garbled = stand_in.post("/v1/predictions", &body);
    assert_eq!(
        (garbled.status, garbled.json()),
        (200, json!({"id": 7})),
        "the body is the scripted one"
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests run natively")]
fn a_body_can_arrive_slowly() {
    let stand_in = StandIn::fast();
    let account = stand_in.get("/v1/account");
    stand_in.fault(&json!({
        "match": {"endpoint": "account"},
        "action": {"kind": "drip", "ms": 20, "bytes": 10},
    }));
    let start = Instant::now();
    let slow = stand_in.get("/v1/account");
    let parts = u32::try_from(account.body.len().div_ceil(10)).unwrap();
    assert!(parts > 5, "{parts}");
    assert!(start.elapsed() >= Duration::from_millis(20) * parts);
    assert_eq!(slow.body, account.body);
    assert_eq!(
        slow.header("content-length"),
        Some(account.body.len().to_string().as_str())
    );
}

#[test]
fn a_list_can_have_short_pages_or_be_cut_off() {
    let stand_in = StandIn::fast();
    for prompt in ["1", "2", "3"] {
        stand_in.create(&json!({"prompt": prompt}), &json!({}));
    }
    stand_in.fault(&json!([
        {"times": 2, "action": {"kind": "page_size", "results": 1}},
        {"action": {"kind": "truncate", "results": 2}},
        {"action": {"kind": "truncate", "results": 0}},
    ]));
    let (prompts, next) = listed(&stand_in, "/v1/predictions");
    assert_eq!(prompts, ["3"]);
    let (prompts, next) = listed(&stand_in, next.as_str().unwrap());
    assert_eq!(prompts, ["2"]);
    assert!(next.is_string());
    let cut = listed(&stand_in, "/v1/predictions");
    assert_eq!(cut, (vec!["3".to_owned(), "2".to_owned()], Value::Null));
    assert_eq!(
        listed(&stand_in, "/v1/predictions"),
        (Vec::new(), Value::Null)
    );
    assert_eq!(listed(&stand_in, "/v1/predictions").0, ["3", "2", "1"]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests run natively")]
fn a_prediction_can_be_listed_late() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!({
        "match": {"prompt": "late"},
        "action": {"kind": "listed_late", "ms": 300},
    }));
    let start = Instant::now();
    let late = stand_in
        .create(&json!({"prompt": "late"}), &json!({}))
        .json();
    stand_in.create(&json!({"prompt": "prompt"}), &json!({}));
    let prompts = listed(&stand_in, "/v1/predictions").0;
    assert!(prompts == ["prompt"] || start.elapsed() >= Duration::from_millis(300));
    assert_eq!(stand_in.get(url(&late)).status, 200, "it can be read");
    stand_in.eventually(|| {
        let prompts = listed(&stand_in, "/v1/predictions").0;
        (prompts == ["prompt", "late"]).then_some(())
    });
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn creates_and_reads_are_limited_apart() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    let limit = |endpoint: Value, requests: u32| {
        json!({
            "match": {"endpoint": endpoint},
            "times": null,
            "action": {"kind": "rate_limit", "requests": requests, "seconds": 60},
        })
    };
    stand_in.fault(&json!([
        limit(json!("create"), 1),
        limit(json!(["get", "list"]), 3),
    ]));
    let created = stand_in.post("/v1/predictions", &body);
    assert_eq!(created.status, 201);
    let refused = stand_in.post("/v1/predictions", &body);
    assert_eq!(refused.status, 429);
    let wait = refused.json()["retry_after"].as_u64().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(
        refused.header("retry-after"),
        Some(wait.to_string().as_str())
    );
    assert_eq!(
        refused.json()["detail"],
        format!("Request was throttled. Your rate limit resets in ~{wait}s.")
    );
    let created = created.json();
    let reads = [url(&created), "/v1/predictions", url(&created)];
    assert_eq!(reads.map(|path| stand_in.get(path).status), [200; 3]);
    assert_eq!(stand_in.get(url(&created)).status, 429);
    assert_eq!(stand_in.get("/v1/account").status, 200);
}

#[test]
fn an_outage_is_a_window_in_which_every_request_fails() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p"}));
    stand_in.fault(&json!({
        "match": {"endpoint": "any", "after_ms": 200, "for_ms": 1500},
        "times": null,
        "action": {"kind": "status", "status": 503},
    }));
    let paths = ["/v1/account", url(&ended), "/delivery/none/out-0.webp"];
    let statuses = || paths.map(|path| stand_in.get(path).status);
    for expected in [[200, 200, 404], [503; 3], [200, 200, 404]] {
        stand_in.eventually(|| (statuses() == expected).then_some(()));
    }
}
