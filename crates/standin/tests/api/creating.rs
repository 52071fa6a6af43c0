//! Creating predictions: versions, headers, and refusals.

use serde_json::{Value, json};

use crate::support::StandIn;

const OFFICIAL: &str = "black-forest-labs/flux-dev-lora";

fn create(stand_in: &StandIn, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
    let response = stand_in
        .request("POST", "/v1/predictions", headers, Some(body))
        .unwrap();
    (response.status, response.json())
}

#[test]
fn a_version_has_three_forms_under_two_prefixes() {
    let stand_in = StandIn::fast();
    let id = stand_in.version("studio/ada-selfie-lora");
    let input = json!({"prompt": "p"});
    for (version, model, shown) in [
        (id.clone(), "studio/ada-selfie-lora", id.as_str()),
        (
            format!("studio/ada-selfie-lora:{id}"),
            "studio/ada-selfie-lora",
            id.as_str(),
        ),
        (OFFICIAL.to_owned(), OFFICIAL, "hidden"),
    ] {
        for prefix in ["/v1", "/v1/v1"] {
            let body = json!({"version": version, "input": input});
            let created = stand_in.post(&format!("{prefix}/predictions"), &body);
            assert_eq!(created.status, 201);
            let prediction = created.json();
            assert_eq!(prediction["model"], model);
            assert_eq!(prediction["version"], shown);
            assert_eq!(prediction["status"], "starting");
            assert_eq!(prediction["output"], Value::Null);
            assert_eq!(prediction["input"], input);
            let url = prediction["urls"]["get"].as_str().unwrap();
            assert_eq!(created.header("location"), Some(url));
            assert_eq!(stand_in.get(url).json()["id"], prediction["id"]);
        }
    }
    for unknown in [
        "0".repeat(64).as_str(),
        "studio/ada-selfie-lora",
        "studio/x:latest",
    ] {
        let (status, body) = create(&stand_in, &[], &json!({"version": unknown, "input": input}));
        assert_eq!(status, 422);
        assert_eq!(body["title"], "Invalid version or not permitted");
    }
}

#[test]
fn the_model_route_accepts_only_official_models() {
    let stand_in = StandIn::fast();
    let body = json!({"input": {"prompt": "p"}});
    let official = stand_in.post(&format!("/v1/models/{OFFICIAL}/predictions"), &body);
    assert_eq!(
        (official.status, &official.json()["version"]),
        (201, &json!("hidden"))
    );
    assert_eq!(
        stand_in
            .post("/v1/models/studio/ada-selfie-lora/predictions", &body)
            .status,
        404
    );
    let versioned = json!({"input": {"prompt": "p"}, "version": "x"});
    let refused = stand_in.post(&format!("/v1/models/{OFFICIAL}/predictions"), &versioned);
    assert_eq!(
        refused.json()["detail"],
        "- Additional property version is not allowed\n"
    );
}

#[test]
fn a_request_without_a_valid_token_is_refused() {
    let stand_in = StandIn::fast();
    let none = stand_in.bare("GET", "/v1/account", &[], None).unwrap();
    assert_eq!(none.status, 401);
    assert_eq!(
        none.json()["detail"],
        "You did not pass an authentication token"
    );
    for (wrong, status) in [
        ("Bearer sk-1", 401),
        ("Bearer r8_wrong", 401),
        ("r8_stand_in_token", 401),
        ("Token r8_stand_in_token", 200),
    ] {
        let response = stand_in
            .bare("GET", "/v1/account", &[("authorization", wrong)], None)
            .unwrap();
        assert_eq!(response.status, status, "{wrong}");
    }
}

#[test]
fn an_unknown_path_or_method_gets_a_json_error() {
    let stand_in = StandIn::fast();
    for path in [
        "/v1/nothing",
        "/",
        "/v1/predictions/0",
        "/v1/models/a/b",
        "/v1/models/a/b/versions",
    ] {
        let response = stand_in.get(path);
        assert_eq!(response.status, 404, "{path}");
        let body = json!({"detail": "The requested resource could not be found.", "status": 404});
        assert_eq!(response.json(), body);
    }
    let response = stand_in
        .request("DELETE", "/v1/predictions", &[], None)
        .unwrap();
    assert_eq!(
        (response.status, response.header("allow")),
        (405, Some("GET, POST"))
    );
    assert_eq!(response.json()["status"], 405);
}

#[test]
fn an_invalid_body_is_refused_with_its_fields() {
    let stand_in = StandIn::fast();
    let input = json!({"num_inference_steps": 51, "output_format": "bmp"});
    let refused = stand_in.create(&input, &json!({}));
    assert_eq!(refused.status, 422);
    let body = refused.json();
    assert_eq!(body["title"], "Input validation failed");
    let fields: Vec<&str> = body["invalid_fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["type"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["required", "number_lte", "enum"]);
    let first = body["detail"].as_str().unwrap().lines().next().unwrap();
    assert_eq!(first, "- input: prompt is required");
    let extra = stand_in.create(&json!({"prompt": "p"}), &json!({"model": "x"}));
    let expected = json!([{
        "type": "additional_property_not_allowed",
        "field": "",
        "description": "Additional property model is not allowed",
    }]);
    assert_eq!(extra.json()["invalid_fields"], expected);
    let (status, body) = create(&stand_in, &[], &json!({"input": {}}));
    assert_eq!(
        (status, body["detail"].as_str().unwrap()),
        (422, "- version is required\n")
    );
    let hook = stand_in.create(
        &json!({"prompt": "p"}),
        &json!({"webhook": "http://example.com/"}),
    );
    assert_eq!(hook.json()["invalid_fields"][0]["field"], "webhook");
    let headers = [("authorization", "Bearer r8_stand_in_token")];
    let broken = stand_in
        .bare("POST", "/v1/predictions", &headers, Some(b"{".to_vec()))
        .unwrap();
    assert_eq!(broken.status, 400);
    assert!(
        stand_in
            .get("/_control/predictions")
            .json()
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_unknown_input_is_ignored_and_recorded() {
    let stand_in = StandIn::fast();
    let input = json!({"prompt": "p", "guidance": 2.0, "seed": 5});
    let created = stand_in.create(&input, &json!({}));
    assert_eq!((created.status, &created.json()["input"]), (201, &input));
    let requests = stand_in.get("/_control/requests").json();
    let request = requests.as_array().unwrap().last().unwrap();
    assert_eq!(request["unknown_inputs"], json!(["guidance"]));
    assert_eq!(request["endpoint"], "create");
    assert_eq!(request["status"], 201);
    assert_eq!(request["method"], "POST");
    assert_eq!(request["path"], "/v1/predictions");
    assert_eq!(request["body"]["input"], input);
    assert_eq!(request["headers"]["authorization"], "Bearer [redacted]");
    assert!(!requests.to_string().contains("r8_stand_in_token"));
    assert_eq!(
        stand_in
            .request("DELETE", "/_control/requests", &[], None)
            .unwrap()
            .status,
        204
    );
    assert_eq!(stand_in.get("/_control/requests").json(), json!([]));
    let prediction = &stand_in.get("/_control/predictions").json()[0];
    assert_eq!(prediction["unknown_inputs"], json!(["guidance"]));
    assert_eq!(prediction["effective_input"]["guidance_scale"], 3);
}

#[test]
fn a_create_can_wait_for_the_end() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    let (status, prediction) = create(&stand_in, &[("prefer", "wait")], &body);
    assert_eq!((status, &prediction["status"]), (201, &json!("succeeded")));
    assert_eq!(prediction["output"].as_array().unwrap().len(), 1);
    stand_in.fault(&json!({"action": {"kind": "stuck"}}));
    let (status, prediction) = create(&stand_in, &[("prefer", "wait=1")], &body);
    assert_eq!((status, &prediction["status"]), (202, &json!("starting")));
    assert_eq!(prediction["output"], Value::Null);
    let (status, _) = create(&stand_in, &[("prefer", "wait=0")], &body);
    assert_eq!(status, 422);
}

#[test]
fn secret_inputs_are_redacted() {
    let stand_in = StandIn::fast();
    let input = json!({"prompt": "p", "hf_api_token": "hf_secret"});
    let body = json!({"version": OFFICIAL, "input": input});
    let (_, prediction) = create(&stand_in, &[], &body);
    assert_eq!(prediction["input"]["hf_api_token"], "[REDACTED]");
    assert!(
        !stand_in
            .get("/_control/predictions")
            .json()
            .to_string()
            .contains("hf_secret")
    );
}
