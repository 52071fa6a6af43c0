//! Faults of requests and responses, and the control API.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::StandIn;

fn count(stand_in: &StandIn) -> usize {
    stand_in
        .get("/_control/predictions")
        .json()
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn a_status_fault_has_its_body_and_creates_nothing() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    for (status, title) in [
        (401, json!("Unauthenticated")),
        (402, json!("Insufficient credit")),
        (404, Value::Null),
        (422, json!("Invalid version or not permitted")),
        (429, Value::Null),
        (500, Value::Null),
        (502, Value::Null),
        (503, Value::Null),
    ] {
        stand_in.fault(&json!({"action": {"kind": "status", "status": status, "retry_after": 7}}));
        let response = stand_in.post("/v1/predictions", &body);
        assert_eq!(
            (response.status, &response.json()["title"]),
            (status, &title)
        );
        assert_eq!(response.json()["status"], status);
        let after = (status == 429).then_some("7");
        assert_eq!(response.header("retry-after"), after);
        let after = if status == 429 { json!(7) } else { Value::Null };
        assert_eq!(response.json()["retry_after"], after);
    }
    assert_eq!(count(&stand_in), 0);
    assert_eq!(stand_in.post("/v1/predictions", &body).status, 201);
}

#[test]
fn a_status_fault_can_have_a_body_that_is_not_json() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!({
        "match": {"endpoint": "list"},
        "action": {"kind": "status", "status": 502, "body": "<h1>Bad gateway</h1>"},
    }));
    let response = stand_in.get("/v1/predictions");
    assert_eq!(response.body, b"<h1>Bad gateway</h1>");
    assert_eq!(
        response.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn a_create_can_be_accepted_without_a_response() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p", "odd": 1}), &json!({}));
    stand_in.fault(&json!([
        {"action": {"kind": "drop"}},
        {"action": {"kind": "accept_then_drop"}},
        {"action": {"kind": "cut"}},
    ]));
    let post = || stand_in.request("POST", "/v1/predictions", &[], Some(&body));
    assert!(post().is_err());
    assert_eq!(count(&stand_in), 0);
    assert!(post().is_err());
    assert_eq!(count(&stand_in), 1);
    assert!(post().is_err());
    assert_eq!(count(&stand_in), 2);
    assert_eq!(post().unwrap().status, 201);
    let requests = stand_in.get("/_control/requests").json();
    let creates: Vec<&Value> = requests
        .as_array()
        .unwrap()
        .iter()
        .filter(|r| r["endpoint"] == "create")
        .collect();
    let statuses: Vec<&Value> = creates.iter().map(|request| &request["status"]).collect();
    assert_eq!(
        statuses,
        [&Value::Null, &Value::Null, &json!(201), &json!(201)]
    );
    assert_eq!(creates[1]["unknown_inputs"], json!(["odd"]));
    assert_eq!(creates[1]["faults"][0]["kind"], "accept_then_drop");
}

#[test]
fn a_dropped_response_has_no_byte() {
    use std::io::{Read as _, Write as _};
    let stand_in = StandIn::fast();
    stand_in
        .fault(&json!({"match": {"endpoint": "account"}, "action": {"kind": "accept_then_drop"}}));
    let address = stand_in.origin().replace("http://", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /v1/account HTTP/1.1\r\nhost: x\r\nauthorization: Bearer r8_stand_in_token\r\n\r\n")
        .unwrap();
    let mut received = Vec::new();
    // The connection may end with or without an error.
    let _ = stream.read_to_end(&mut received);
    assert_eq!(String::from_utf8_lossy(&received), "");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests run natively")]
fn a_response_can_be_late_or_missing() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!({
        "match": {"endpoint": "get"},
        "action": {"kind": "delay", "ms": 300},
    }));
    let created = stand_in.create(&json!({"prompt": "p"}), &json!({})).json();
    let start = Instant::now();
    assert_eq!(
        stand_in
            .get(created["urls"]["get"].as_str().unwrap())
            .status,
        200
    );
    assert!(start.elapsed() >= Duration::from_millis(300));
    stand_in.fault(&json!({"match": {"endpoint": "account"}, "action": {"kind": "hang"}}));
    let address = stand_in.origin().replace("http://", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    std::io::Write::write_all(
        &mut stream,
        b"GET /v1/account HTTP/1.1\r\nhost: x\r\nauthorization: Bearer r8_stand_in_token\r\n\r\n",
    )
    .unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    assert!(std::io::Read::read(&mut stream, &mut [0]).is_err());
}

#[test]
fn scripts_are_listed_with_counts_and_can_be_cleared() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!({
        "match": {"endpoint": "get", "nth": 2},
        "times": 2,
        "action": {"kind": "status", "status": 500},
    }));
    let created = stand_in.create(&json!({"prompt": "p"}), &json!({})).json();
    let address = created["urls"]["get"].as_str().unwrap();
    let statuses: Vec<u16> = (0..4).map(|_| stand_in.get(address).status).collect();
    assert_eq!(statuses, [200, 500, 500, 200]);
    let rule = &stand_in.get("/_control/faults").json()[0];
    assert_eq!((&rule["seen"], &rule["applied"]), (&json!(4), &json!(2)));
    assert_eq!(
        stand_in
            .request("DELETE", "/_control/faults", &[], None)
            .unwrap()
            .status,
        204
    );
    assert_eq!(stand_in.get("/_control/faults").json(), json!([]));
    for invalid in [
        json!({"action": {"kind": "explode"}}),
        json!({"match": {"endpoint": "get"}, "action": {"kind": "stuck"}}),
        json!({"action": {"kind": "hang", "ms": 3}}),
        json!("x"),
    ] {
        assert_eq!(
            stand_in.post("/_control/faults", &invalid).status,
            422,
            "{invalid}"
        );
    }
}

#[test]
fn the_control_api_needs_no_token() {
    let stand_in = StandIn::fast();
    for path in ["health", "faults", "requests", "predictions", "webhooks"] {
        let response = stand_in
            .bare("GET", &format!("/_control/{path}"), &[], None)
            .unwrap();
        assert_eq!(response.status, 200, "{path}");
    }
    assert!(
        stand_in
            .bare("GET", "/_control/health", &[], None)
            .unwrap()
            .body
            .is_empty()
    );
    assert_eq!(
        stand_in.get("/_control/requests").json(),
        json!([]),
        "control calls are not recorded"
    );
}
