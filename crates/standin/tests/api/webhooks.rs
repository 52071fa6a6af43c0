//! Webhooks as an endpoint receives them.

use selfsame_standin::Settings;
use serde_json::{Value, json};

use crate::receiver::{Hook, Receiver};
use crate::support::StandIn;

const ALL: [&str; 4] = ["start", "output", "logs", "completed"];

fn create(
    stand_in: &StandIn,
    receiver: &Receiver,
    prompt: &str,
    events: Option<&[&str]>,
) -> String {
    let mut more = json!({"webhook": receiver.url});
    if let Some(events) = events {
        more["webhook_events_filter"] = json!(events);
    }
    let created = stand_in.create(&json!({"prompt": prompt}), &more);
    assert_eq!(created.status, 201, "{}", created.json());
    created.json()["id"].as_str().unwrap().to_owned()
}

fn statuses(hooks: &[Hook]) -> Vec<String> {
    hooks.iter().map(Hook::status).collect()
}

#[test]
fn events_arrive_in_order_signed_and_throttled() {
    // At this speed, a run takes half a second, and the 500 ms between two reports of logs become 25 ms.
    let stand_in = StandIn::with(Settings {
        speed: 20.0,
        ..Settings::default()
    });
    let receiver = Receiver::start(&stand_in, &[]);
    let id = create(&stand_in, &receiver, "p", Some(&ALL));
    receiver.terminal(&stand_in, 1);
    let hooks = receiver.hooks();
    assert!(hooks.iter().all(|hook| hook.is_genuine(&stand_in)));
    assert!(hooks.iter().all(|hook| hook.body()["id"] == id.as_str()));
    let all = statuses(&hooks);
    assert_eq!(all.last().unwrap(), "succeeded");
    assert!(
        all[..all.len() - 1]
            .iter()
            .all(|status| status == "processing")
    );
    let events = deliveries(&stand_in, "event");
    assert_eq!(events.first().unwrap(), "start");
    assert_eq!(events[events.len() - 2..], ["output", "completed"]);
    let logs = events.iter().filter(|event| *event == "logs").count();
    // A busy machine may prolong the run, and with it the number of reports.
    let last = hooks.last().unwrap().body();
    let most = last["metrics"]["predict_time"].as_f64().unwrap() / 0.025 + 1.0;
    let most = (0..29)
        .take_while(|count| f64::from(*count) <= most)
        .count();
    assert!(
        (1..=most).contains(&logs),
        "{logs} reports instead of at most {most}"
    );
    let ids: std::collections::BTreeSet<&str> =
        hooks.iter().map(|hook| hook.header("webhook-id")).collect();
    assert_eq!(ids.len(), hooks.len());
}

fn deliveries(stand_in: &StandIn, field: &str) -> Vec<String> {
    let deliveries = stand_in.get("/_control/webhooks").json();
    let text = |delivery: &Value| delivery[field].as_str().unwrap().to_owned();
    deliveries.as_array().unwrap().iter().map(text).collect()
}

#[test]
fn only_requested_events_are_sent() {
    let stand_in = StandIn::fast();
    for (events, expected) in [
        (Some(&["completed"][..]), vec!["completed"]),
        (
            Some(&["start", "completed"][..]),
            vec!["start", "completed"],
        ),
        (None, vec!["output", "completed"]),
    ] {
        stand_in
            .request("DELETE", "/_control/webhooks", &[], None)
            .unwrap();
        let receiver = Receiver::start(&stand_in, &[]);
        create(&stand_in, &receiver, "p", events);
        receiver.terminal(&stand_in, 1);
        stand_in.eventually(|| (deliveries(&stand_in, "event") == expected).then_some(()));
    }
}

#[test]
fn only_the_terminal_event_is_retried() {
    let stand_in = StandIn::fast();
    let receiver = Receiver::start(&stand_in, &[500, 400, 503]);
    create(&stand_in, &receiver, "p", Some(&["start", "completed"]));
    let terminal = receiver.terminal(&stand_in, 3);
    assert_eq!(statuses(&receiver.hooks())[0], "processing");
    assert_eq!(receiver.hooks().len(), 4);
    let ids: Vec<&str> = terminal
        .iter()
        .map(|hook| hook.header("webhook-id"))
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(
        terminal
            .iter()
            .all(|hook| hook.raw == terminal[0].raw && hook.is_genuine(&stand_in))
    );
    let log = stand_in.eventually(|| {
        let log = stand_in.get("/_control/webhooks").json();
        (log.as_array().unwrap().len() == 4).then_some(log)
    });
    let seen: Vec<(&Value, &Value)> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (&d["attempt"], &d["status"]))
        .collect();
    let expected = [(1, 500), (1, 400), (2, 503), (3, 200)].map(|(a, s)| (json!(a), json!(s)));
    assert_eq!(
        seen,
        expected.iter().map(|(a, s)| (a, s)).collect::<Vec<_>>()
    );
}

#[test]
fn a_webhook_is_given_up_after_seven_attempts() {
    let stand_in = StandIn::fast();
    let receiver = Receiver::start(&stand_in, &[500; 20]);
    create(&stand_in, &receiver, "p", Some(&["completed"]));
    receiver.terminal(&stand_in, 7);
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(receiver.hooks().len(), 7);
    // Nothing listens on this port.
    let more = json!({"webhook": "http://127.0.0.1:1/", "webhook_events_filter": ["completed"]});
    stand_in
        .request("DELETE", "/_control/webhooks", &[], None)
        .unwrap();
    stand_in.create(&json!({"prompt": "p"}), &more);
    let log = stand_in.eventually(|| {
        let log = stand_in.get("/_control/webhooks").json();
        (log.as_array().unwrap().len() == 7).then_some(log)
    });
    assert!(log[0]["error"].is_string());
}

#[test]
fn redirects_are_not_followed() {
    let stand_in = StandIn::fast();
    let receiver = Receiver::start(&stand_in, &[302]);
    create(&stand_in, &receiver, "p", Some(&["completed"]));
    receiver.terminal(&stand_in, 1);
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert_eq!(receiver.hooks().len(), 1);
}

#[test]
fn webhooks_can_be_lost_duplicated_reordered_and_forged() {
    let stand_in = StandIn::fast();
    let script = |mode: &str, events: Value| {
        json!({
            "match": {"prompt": mode},
            "action": {"kind": "webhook", "mode": mode, "events": events},
        })
    };
    stand_in.fault(&json!([
        script("lost", json!(["completed"])),
        script("duplicated", json!(["completed"])),
        script("reordered", json!([])),
        script("bad_signature", json!([])),
    ]));
    let run = |prompt: &str| {
        let receiver = Receiver::start(&stand_in, &[]);
        let id = create(&stand_in, &receiver, prompt, Some(&["start", "completed"]));
        stand_in.ended(&id);
        receiver
    };
    let lost = run("lost");
    stand_in.eventually(|| {
        let log = stand_in.get("/_control/webhooks").json();
        log.as_array()
            .unwrap()
            .iter()
            .any(|d| d["error"] == "lost on purpose")
            .then_some(())
    });
    assert_eq!(statuses(&lost.hooks()), ["processing"]);
    let doubled = run("duplicated").terminal(&stand_in, 2);
    assert_eq!(
        doubled[0].header("webhook-id"),
        doubled[1].header("webhook-id")
    );
    let mixed = run("reordered");
    stand_in.eventually(|| (mixed.hooks().len() == 2).then_some(()));
    assert_eq!(statuses(&mixed.hooks()), ["succeeded", "processing"]);
    let forged = run("bad_signature").terminal(&stand_in, 1);
    assert!(!forged[0].is_genuine(&stand_in));
}

#[test]
fn a_cancel_is_reported_as_the_last_event() {
    let stand_in = StandIn::with(Settings {
        speed: 5.0,
        ..Settings::default()
    });
    let receiver = Receiver::start(&stand_in, &[]);
    let id = create(&stand_in, &receiver, "p", Some(&ALL));
    stand_in.eventually(|| receiver.hooks().first().map(|_| ()));
    stand_in.post(&format!("/v1/predictions/{id}/cancel"), &json!({}));
    assert_eq!(receiver.terminal(&stand_in, 1)[0].status(), "canceled");
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert_eq!(receiver.hooks().last().unwrap().status(), "canceled");
}
