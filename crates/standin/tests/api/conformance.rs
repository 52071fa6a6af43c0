//! Every answer that Replicate's published OpenAPI description describes, held against that description.

use std::time::Duration;

use selfsame_standin::Settings;
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::support::{Answer, Sim};

/// The published description, in a form that a JSON Schema validator understands.
fn description() -> Value {
    let text = include_str!("../../../../tests/fixtures/replicate/openapi.json");
    let mut document = serde_json::from_str(text).unwrap();
    modernise(&mut document);
    document
}

/// `nullable` is OpenAPI 3.0 and means nothing to JSON Schema. And the description says that a version is *one of* any
/// text and "hidden", which "hidden" itself, being a text, can never satisfy: any of them is meant.
fn modernise(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("nullable") == Some(&json!(true))
                && let Some(kind @ Value::String(_)) = object.get("type").cloned()
            {
                object.insert("type".to_owned(), json!([kind, "null"]));
            }
            if let Some(choices) = object.remove("oneOf") {
                object.insert("anyOf".to_owned(), choices);
            }
            object.values_mut().for_each(modernise);
        }
        Value::Array(items) => items.iter_mut().for_each(modernise),
        _ => {}
    }
}

/// Checks an answer against what `method path` may answer.
fn check(document: &Value, method: &str, path: &str, answer: &Answer) {
    let status = answer.status;
    let pointer = format!(
        "/paths/{}/{method}/responses/{status}",
        path.replace('/', "~1")
    );
    assert!(
        document.pointer(&pointer).is_some(),
        "{method} {path} has no answer {status}"
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    check_at(
        document,
        &format!("{pointer}/content/application~1json/schema"),
        &answer.json(),
    );
}

fn check_at(document: &Value, pointer: &str, instance: &Value) {
    assert!(
        document.pointer(pointer).is_some(),
        "no schema at {pointer}"
    );
    let mut schema = document.clone();
    let reference = pointer.replace('{', "%7B").replace('}', "%7D");
    schema["$ref"] = format!("#{reference}").into();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\nin {instance:#}");
}

#[test]
fn the_check_itself_can_fail() {
    let document = description();
    let pointer = "/components/schemas/schemas_prediction_response";
    let wrong = std::panic::catch_unwind(|| check_at(&document, pointer, &json!({"id": 1})));
    assert!(wrong.is_err());
    let null = json!({"cover_image_url": null, "visibility": "private"});
    check_at(
        &document,
        "/components/schemas/schemas_model_response",
        &null,
    );
}

#[test]
fn account_secret_models_and_versions() {
    let document = description();
    let sim = Sim::fast();
    let official = "black-forest-labs/flux-dev-lora";
    for model in ["studio/ada-selfie-lora", "studio/ben-selfie-lora", official] {
        let address = format!("/v1/models/{model}");
        let model = "/models/{model_owner}/{model_name}";
        check(&document, "get", model, &sim.get(&address));
        let versions = sim.get(&format!("{address}/versions"));
        check(&document, "get", &format!("{model}/versions"), &versions);
        let id = versions.json()["results"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let version = sim.get(&format!("{address}/versions/{id}"));
        check(
            &document,
            "get",
            &format!("{model}/versions/{{version_id}}"),
            &version,
        );
        let input = "/openapi_schema/components/schemas/Input/properties/prompt";
        assert!(version.json().pointer(input).is_some());
    }
    check(&document, "get", "/models", &sim.get("/v1/models"));
    check(&document, "get", "/account", &sim.get("/v1/account"));
    let secret = sim.get("/v1/webhooks/default/secret");
    check(&document, "get", "/webhooks/default/secret", &secret);
    assert!(secret.json()["key"].as_str().unwrap().starts_with("whsec_"));
}

#[test]
fn predictions_in_every_state() {
    let document = description();
    let sim = Sim::with(Settings {
        speed: 500.0,
        expiry: Duration::from_millis(300),
        ..Settings::default()
    });
    let receiver = Receiver::start(&sim, &[]);
    sim.fault(&json!([
        {"match": {"prompt": "fails"}, "action": {"kind": "failed", "message": "out of memory"}},
        {"match": {"prompt": "aborts"}, "action": {"kind": "aborted"}},
        {"match": {"prompt": "stays"}, "times": null, "action": {"kind": "stuck"}},
    ]));
    let more = json!({
        "webhook": receiver.url,
        "webhook_events_filter": ["start", "output", "logs", "completed"],
    });
    for (prompt, end) in [
        ("works", "succeeded"),
        ("fails", "failed"),
        ("aborts", "aborted"),
    ] {
        let created = sim.create(&json!({"prompt": prompt}), &more);
        check(&document, "post", "/predictions", &created);
        let id = created.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(sim.ended(&id)["status"], end);
        let address = format!("/v1/predictions/{id}");
        check(
            &document,
            "get",
            "/predictions/{prediction_id}",
            &sim.get(&address),
        );
        sim.eventually(|| {
            sim.get(&address).json()["data_removed"]
                .as_bool()
                .filter(|gone| *gone)
        });
        check(
            &document,
            "get",
            "/predictions/{prediction_id}",
            &sim.get(&address),
        );
    }
    let waiting = sim.body(&json!({"prompt": "stays"}), &json!({}));
    let headers = [("prefer", "wait=1"), ("cancel-after", "1h30m")];
    let accepted = sim
        .request("POST", "/v1/predictions", &headers, Some(&waiting))
        .unwrap();
    assert_eq!(accepted.status, 202);
    check(&document, "post", "/predictions", &accepted);
    let id = accepted.json()["id"].as_str().unwrap().to_owned();
    check(
        &document,
        "get",
        "/predictions/{prediction_id}",
        &sim.get(&format!("/v1/predictions/{id}")),
    );
    let canceled = sim.post(&format!("/v1/predictions/{id}/cancel"), &json!({}));
    check(
        &document,
        "post",
        "/predictions/{prediction_id}/cancel",
        &canceled,
    );
    check(
        &document,
        "get",
        "/predictions",
        &sim.get("/v1/predictions"),
    );
    let official = "/v1/models/black-forest-labs/flux-dev-lora/predictions";
    let body = json!({"input": {"prompt": "works"}});
    let path = "/models/{model_owner}/{model_name}/predictions";
    check(&document, "post", path, &sim.post(official, &body));
    for hook in receiver.terminal(&sim, 3) {
        check_at(
            &document,
            "/components/schemas/schemas_prediction_response",
            &hook.body(),
        );
    }
    for hook in receiver.hooks() {
        check_at(
            &document,
            "/components/schemas/schemas_prediction_response",
            &hook.body(),
        );
    }
}

#[test]
fn what_clients_send_is_what_the_description_lets_them_send() {
    // The bodies that the tests themselves use: a fault in them would make the others worthless.
    let document = description();
    let sim = Sim::fast();
    let body = sim.body(
        &json!({"prompt": "p"}),
        &json!({"webhook": "https://example.com/"}),
    );
    check_at(
        &document,
        "/components/schemas/schemas_version_prediction_request",
        &body,
    );
}
