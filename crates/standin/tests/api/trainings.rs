//! Trainings.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::support::{Response, StandIn};

const ADA: &str = "studio/ada-selfie-lora";

/// Starts a training on the official model; `more` is added to the body.
pub(crate) fn create(stand_in: &StandIn, more: &Value) -> Response {
    let mut body = json!({
        "destination": ADA,
        "input": {"input_images": "https://example.com/ada.zip", "trigger_word": "ADA"},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let trainer = "black-forest-labs/flux-dev-lora";
    let version = stand_in.version(trainer);
    let path = format!("/v1/models/{trainer}/versions/{version}/trainings");
    stand_in.post(&path, &body)
}

/// Polls until the training at `url` has ended.
pub(crate) fn ended(stand_in: &StandIn, url: &str) -> Response {
    stand_in.eventually(|| {
        let response = stand_in.get(url);
        let ended = response.json().get("completed_at").is_some();
        ended.then_some(response)
    })
}

fn url(training: &Value) -> &str {
    training["urls"]["get"].as_str().unwrap()
}

#[test]
fn a_training_ends_with_a_new_version_that_runs() {
    let stand_in = StandIn::fast();
    let receiver = Receiver::start(&stand_in, &[]);
    let before = stand_in.version(ADA);
    let more = json!({"webhook": receiver.url, "webhook_events_filter": ["start", "completed"]});
    let created = create(&stand_in, &more);
    assert_eq!(created.status, 201, "{}", created.json());
    let created = created.json();
    assert_eq!(created["status"], "starting");
    assert!(created.get("output").is_none());
    let training = ended(&stand_in, url(&created)).json();
    assert_eq!(training["status"], "succeeded");
    assert!(training["logs"].as_str().unwrap().contains(" 20/20 "));
    let version = training["output"]["version"].as_str().unwrap();
    let id = version.strip_prefix("studio/ada-selfie-lora:").unwrap();
    assert_eq!(stand_in.version(ADA), id);
    let versions = stand_in.get(&format!("/v1/models/{ADA}/versions")).json();
    let ids: Vec<&str> = versions["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| version["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [id, &before]);
    let run = json!({"version": id, "input": {"prompt": "p"}});
    assert_eq!(stand_in.post("/v1/predictions", &run).status, 201);
    let hooks = receiver.terminal(&stand_in, 1);
    assert_eq!(hooks[0].body(), training);
    assert!(hooks[0].is_genuine(&stand_in));
}

#[test]
fn a_failed_or_canceled_training_makes_no_version() {
    let stand_in = StandIn::fast();
    let before = stand_in.version(ADA);
    stand_in.fault(&json!([
        {"match": {"endpoint": "train"}, "action": {"kind": "failed", "message": "no face"}},
        {"match": {"endpoint": "train", "nth": 2}, "action": {"kind": "slow", "factor": 100.0}},
    ]));
    let failed = create(&stand_in, &json!({})).json();
    let failed = ended(&stand_in, url(&failed)).json();
    assert_eq!(
        (&failed["status"], &failed["error"]),
        (&json!("failed"), &json!("no face"))
    );
    let slow = create(&stand_in, &json!({})).json();
    let cancel = slow["urls"]["cancel"].as_str().unwrap();
    let canceled = stand_in.post(cancel, &json!({})).json();
    assert_eq!(canceled["status"], "canceled");
    assert_eq!(stand_in.post(cancel, &json!({})).json(), canceled);
    assert_eq!(stand_in.version(ADA), before);
    assert_eq!(stand_in.get("/v1/trainings/none").status, 404);
    let list = stand_in.get("/v1/trainings").json();
    assert_eq!(list["results"][0]["id"], slow["id"]);
    assert_eq!(list["results"][1]["id"], failed["id"]);
}

#[test]
fn a_training_needs_an_own_model_and_an_input() {
    let stand_in = StandIn::fast();
    for (more, field) in [
        (json!({"destination": 7}), "destination"),
        (json!({"input": "x"}), "input"),
        (json!({"webhook": "http://example.com/"}), "webhook"),
    ] {
        let refused = create(&stand_in, &more).json();
        assert_eq!(refused["invalid_fields"][0]["field"], field, "{refused}");
    }
    for destination in [
        "studio/nobody",
        "black-forest-labs/flux-dev-lora",
        "ada-selfie-lora",
    ] {
        let refused = create(&stand_in, &json!({"destination": destination}));
        assert_eq!(refused.status, 422, "{destination}");
    }
    let path = format!("/v1/models/{ADA}/versions/none/trainings");
    assert_eq!(stand_in.post(&path, &json!({})).status, 404);
    let list = stand_in.get("/v1/trainings").json();
    assert_eq!(list["results"], json!([]));
}
