//! Faults of the exchange between client and service.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Sim;

fn count(sim: &Sim) -> usize {
    sim.get("/_control/predictions")
        .json()
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn every_status_has_its_body_and_does_nothing() {
    let sim = Sim::fast();
    let body = sim.body(&json!({"prompt": "p"}), &json!({}));
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
        sim.fault(&json!({"action": {"kind": "status", "status": status, "retry_after": 7}}));
        let answer = sim.post("/v1/predictions", &body);
        assert_eq!((answer.status, &answer.json()["title"]), (status, &title));
        assert_eq!(answer.json()["status"], status);
        let after = (status == 429).then_some("7");
        assert_eq!(answer.header("retry-after"), after);
        let after = if status == 429 { json!(7) } else { Value::Null };
        assert_eq!(answer.json()["retry_after"], after);
    }
    assert_eq!(count(&sim), 0);
    assert_eq!(sim.post("/v1/predictions", &body).status, 201);
}

#[test]
fn a_gateway_may_answer_something_else_than_json() {
    let sim = Sim::fast();
    sim.fault(&json!({
        "match": {"endpoint": "list"},
        "action": {"kind": "status", "status": 502, "body": "<h1>Bad gateway</h1>"},
    }));
    let answer = sim.get("/v1/predictions");
    assert_eq!(answer.body, b"<h1>Bad gateway</h1>");
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn an_accepted_create_may_never_be_answered() {
    let sim = Sim::fast();
    let body = sim.body(&json!({"prompt": "p", "odd": 1}), &json!({}));
    sim.fault(&json!([
        {"action": {"kind": "drop"}},
        {"action": {"kind": "accept_then_drop"}},
        {"action": {"kind": "cut"}},
    ]));
    let post = || sim.request("POST", "/v1/predictions", &[], Some(&body));
    assert!(post().is_err());
    assert_eq!(count(&sim), 0);
    assert!(post().is_err());
    assert_eq!(count(&sim), 1);
    assert!(post().is_err());
    assert_eq!(count(&sim), 2);
    assert_eq!(post().unwrap().status, 201);
    let requests = sim.get("/_control/requests").json();
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
fn nothing_of_a_dropped_answer_arrives() {
    use std::io::{Read as _, Write as _};
    let sim = Sim::fast();
    sim.fault(&json!({"match": {"endpoint": "account"}, "action": {"kind": "accept_then_drop"}}));
    let address = sim.origin().replace("http://", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /v1/account HTTP/1.1\r\nhost: x\r\nauthorization: Bearer r8_x\r\n\r\n")
        .unwrap();
    let mut received = Vec::new();
    // The connection may be closed politely or not; either way not a byte came.
    let _ = stream.read_to_end(&mut received);
    assert_eq!(String::from_utf8_lossy(&received), "");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test on a real machine")]
fn answers_may_be_late_or_never_come() {
    let sim = Sim::fast();
    sim.fault(&json!({
        "match": {"endpoint": "get"},
        "action": {"kind": "delay", "ms": 300},
    }));
    let created = sim.create(&json!({"prompt": "p"}), &json!({})).json();
    let asked = Instant::now();
    assert_eq!(
        sim.get(created["urls"]["get"].as_str().unwrap()).status,
        200
    );
    assert!(asked.elapsed() >= Duration::from_millis(300));
    sim.fault(&json!({"match": {"endpoint": "account"}, "action": {"kind": "hang"}}));
    let address = sim.origin().replace("http://", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    std::io::Write::write_all(
        &mut stream,
        b"GET /v1/account HTTP/1.1\r\nhost: x\r\nauthorization: Bearer r8_x\r\n\r\n",
    )
    .unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    assert!(std::io::Read::read(&mut stream, &mut [0]).is_err());
}

#[test]
fn scripts_are_listed_with_their_use_and_can_be_cleared() {
    let sim = Sim::fast();
    sim.fault(&json!({
        "match": {"endpoint": "get", "nth": 2},
        "times": 2,
        "action": {"kind": "status", "status": 500},
    }));
    let created = sim.create(&json!({"prompt": "p"}), &json!({})).json();
    let address = created["urls"]["get"].as_str().unwrap();
    let statuses: Vec<u16> = (0..4).map(|_| sim.get(address).status).collect();
    assert_eq!(statuses, [200, 500, 500, 200]);
    let rule = &sim.get("/_control/faults").json()[0];
    assert_eq!((&rule["seen"], &rule["applied"]), (&json!(4), &json!(2)));
    assert_eq!(
        sim.request("DELETE", "/_control/faults", &[], None)
            .unwrap()
            .status,
        204
    );
    assert_eq!(sim.get("/_control/faults").json(), json!([]));
    for nonsense in [
        json!({"action": {"kind": "explode"}}),
        json!({"match": {"endpoint": "get"}, "action": {"kind": "stuck"}}),
        json!({"action": {"kind": "hang", "ms": 3}}),
        json!("x"),
    ] {
        assert_eq!(
            sim.post("/_control/faults", &nonsense).status,
            422,
            "{nonsense}"
        );
    }
}

#[test]
fn the_control_api_needs_no_token() {
    let sim = Sim::fast();
    for path in ["health", "faults", "requests", "predictions", "webhooks"] {
        let answer = sim
            .bare("GET", &format!("/_control/{path}"), &[], None)
            .unwrap();
        assert_eq!(answer.status, 200, "{path}");
    }
    assert!(
        sim.bare("GET", "/_control/health", &[], None)
            .unwrap()
            .body
            .is_empty()
    );
    assert_eq!(
        sim.get("/_control/requests").json(),
        json!([]),
        "control calls are not recorded"
    );
}
