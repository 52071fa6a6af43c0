//! Checks responses against Replicate's published OpenAPI description.

use std::time::Duration;

use selfsame_standin::Settings;
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::support::{Response, StandIn};
use crate::{files, trainings};

/// The description in a form that a JSON Schema validator understands.
fn description() -> Value {
    let text = include_str!("../../../../tests/fixtures/replicate/openapi.json");
    let mut document = serde_json::from_str(text).unwrap();
    modernise(&mut document);
    document
}

/// Replaces what JSON Schema does not have or what the description gets wrong: `nullable` belongs to OpenAPI 3.0, and
/// `oneOf` any string and "hidden" excludes "hidden" itself, so `anyOf` is meant.
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

/// Checks a response against the description of `method path`.
fn check(document: &Value, method: &str, path: &str, response: &Response) {
    let status = response.status;
    let pointer = format!(
        "/paths/{}/{method}/responses/{status}",
        path.replace('/', "~1")
    );
    let described = document.pointer(&pointer);
    assert!(
        described.is_some(),
        "{method} {path} has no response {status}"
    );
    let Some(content) = described.unwrap()["content"].as_object() else {
        assert!(response.body.is_empty(), "{method} {path} has a body");
        return;
    };
    let kind = response.header("content-type").unwrap();
    assert!(content.contains_key(kind), "{method} {path}: {kind}");
    if kind != "application/octet-stream" {
        let kind = kind.replace('/', "~1");
        let schema = format!("{pointer}/content/{kind}/schema");
        check_at(document, &schema, &response.json());
    }
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
fn the_check_fails_for_an_invalid_object() {
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
fn account_secret_models_and_versions_conform() {
    let document = description();
    let stand_in = StandIn::fast();
    let official = "black-forest-labs/flux-dev-lora";
    for model in ["studio/ada-selfie-lora", "studio/ben-selfie-lora", official] {
        let address = format!("/v1/models/{model}");
        let model = "/models/{model_owner}/{model_name}";
        check(&document, "get", model, &stand_in.get(&address));
        let versions = stand_in.get(&format!("{address}/versions"));
        check(&document, "get", &format!("{model}/versions"), &versions);
        let id = versions.json()["results"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let version = stand_in.get(&format!("{address}/versions/{id}"));
        check(
            &document,
            "get",
            &format!("{model}/versions/{{version_id}}"),
            &version,
        );
        let input = "/openapi_schema/components/schemas/Input/properties/prompt";
        assert!(version.json().pointer(input).is_some());
    }
    check(&document, "get", "/models", &stand_in.get("/v1/models"));
    check(&document, "get", "/account", &stand_in.get("/v1/account"));
    let secret = stand_in.get("/v1/webhooks/default/secret");
    check(&document, "get", "/webhooks/default/secret", &secret);
    assert!(secret.json()["key"].as_str().unwrap().starts_with("whsec_"));
}

#[test]
fn predictions_in_every_state_conform() {
    let document = description();
    let stand_in = StandIn::with(Settings {
        speed: 500.0,
        expiry: Duration::from_millis(300),
        ..Settings::default()
    });
    let receiver = Receiver::start(&stand_in, &[]);
    stand_in.fault(&json!([
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
        let created = stand_in.create(&json!({"prompt": prompt}), &more);
        check(&document, "post", "/predictions", &created);
        let id = created.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(stand_in.ended(&id)["status"], end);
        let address = format!("/v1/predictions/{id}");
        check(
            &document,
            "get",
            "/predictions/{prediction_id}",
            &stand_in.get(&address),
        );
        stand_in.eventually(|| {
            stand_in.get(&address).json()["data_removed"]
                .as_bool()
                .filter(|gone| *gone)
        });
        check(
            &document,
            "get",
            "/predictions/{prediction_id}",
            &stand_in.get(&address),
        );
    }
    let waiting = stand_in.body(&json!({"prompt": "stays"}), &json!({}));
    let headers = [("prefer", "wait=1"), ("cancel-after", "1h30m")];
    let accepted = stand_in
        .request("POST", "/v1/predictions", &headers, Some(&waiting))
        .unwrap();
    assert_eq!(accepted.status, 202);
    check(&document, "post", "/predictions", &accepted);
    let id = accepted.json()["id"].as_str().unwrap().to_owned();
    check(
        &document,
        "get",
        "/predictions/{prediction_id}",
        &stand_in.get(&format!("/v1/predictions/{id}")),
    );
    let canceled = stand_in.post(&format!("/v1/predictions/{id}/cancel"), &json!({}));
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
        &stand_in.get("/v1/predictions"),
    );
    let official = "/v1/models/black-forest-labs/flux-dev-lora/predictions";
    let body = json!({"input": {"prompt": "works"}});
    let path = "/models/{model_owner}/{model_name}/predictions";
    check(&document, "post", path, &stand_in.post(official, &body));
    for hook in receiver.terminal(&stand_in, 3) {
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
fn deleting_a_version_conforms() {
    let document = description();
    let stand_in = StandIn::fast();
    let id = stand_in.version("studio/ada-selfie-lora");
    let deleted = stand_in.delete(&format!("/v1/models/studio/ada-selfie-lora/versions/{id}"));
    let path = "/models/{model_owner}/{model_name}/versions/{version_id}";
    check(&document, "delete", path, &deleted);
}

#[test]
fn trainings_in_every_state_conform() {
    let document = description();
    let stand_in = StandIn::fast();
    stand_in.fault(&json!([
        {"match": {"endpoint": "train", "nth": 2}, "action": {"kind": "failed", "message": "bad pictures"}},
        {"match": {"endpoint": "train", "nth": 3}, "times": null, "action": {"kind": "stuck"}},
    ]));
    for end in ["succeeded", "failed", "canceled"] {
        let created = trainings::create(&stand_in, &json!({}));
        let path = "/models/{model_owner}/{model_name}/versions/{version_id}/trainings";
        check(&document, "post", path, &created);
        let url = created.json()["urls"]["get"].as_str().unwrap().to_owned();
        if end == "canceled" {
            let canceled = stand_in.post(&format!("{url}/cancel"), &json!({}));
            check(
                &document,
                "post",
                "/trainings/{training_id}/cancel",
                &canceled,
            );
        }
        let ended = trainings::ended(&stand_in, &url);
        assert_eq!(ended.json()["status"], end);
        check(&document, "get", "/trainings/{training_id}", &ended);
    }
    let list = stand_in.get("/v1/trainings");
    assert_eq!(list.json()["results"].as_array().unwrap().len(), 3);
    check(&document, "get", "/trainings", &list);
}

#[test]
fn files_conform() {
    let document = description();
    let stand_in = StandIn::fast();
    let created = files::upload(&stand_in, files::ZIP);
    check(&document, "post", "/files", &created);
    let url = created.json()["urls"]["get"].as_str().unwrap().to_owned();
    check(&document, "get", "/files/{file_id}", &stand_in.get(&url));
    check(&document, "get", "/files", &stand_in.get("/v1/files"));
    let download = files::download(&stand_in, &created.json());
    check(&document, "get", "/files/{file_id}/download", &download);
    check(
        &document,
        "delete",
        "/files/{file_id}",
        &stand_in.delete(&url),
    );
    check(
        &document,
        "delete",
        "/files/{file_id}",
        &stand_in.delete(&url),
    );
    check(&document, "get", "/files/{file_id}", &stand_in.get(&url));
    let download = files::download(&stand_in, &created.json());
    check(&document, "get", "/files/{file_id}/download", &download);
}

#[test]
fn the_bodies_of_these_tests_conform() {
    let document = description();
    let stand_in = StandIn::fast();
    let body = stand_in.body(
        &json!({"prompt": "p"}),
        &json!({"webhook": "https://example.com/"}),
    );
    check_at(
        &document,
        "/components/schemas/schemas_version_prediction_request",
        &body,
    );
}
