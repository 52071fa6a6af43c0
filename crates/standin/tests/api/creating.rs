//! Creating a prediction: versions, headers, and what is refused.

use serde_json::{Value, json};

use crate::support::Sim;

const OFFICIAL: &str = "black-forest-labs/flux-dev-lora";

fn create(sim: &Sim, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
    let answer = sim
        .request("POST", "/v1/predictions", headers, Some(body))
        .unwrap();
    (answer.status, answer.json())
}

#[test]
fn a_version_may_be_named_in_three_ways_and_by_two_prefixes() {
    let sim = Sim::fast();
    let id = sim.version("studio/ada-selfie-lora");
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
            let created = sim.post(&format!("{prefix}/predictions"), &body);
            assert_eq!(created.status, 201);
            let prediction = created.json();
            assert_eq!(prediction["model"], model);
            assert_eq!(prediction["version"], shown);
            assert_eq!(prediction["status"], "starting");
            assert_eq!(prediction["output"], Value::Null);
            assert_eq!(prediction["input"], input);
            let address = prediction["urls"]["get"].as_str().unwrap();
            assert_eq!(created.header("location"), Some(address));
            assert_eq!(sim.get(address).json()["id"], prediction["id"]);
        }
    }
    for unknown in [
        "0".repeat(64).as_str(),
        "studio/ada-selfie-lora",
        "studio/x:latest",
    ] {
        let (status, body) = create(&sim, &[], &json!({"version": unknown, "input": input}));
        assert_eq!(status, 422);
        assert_eq!(body["title"], "Invalid version or not permitted");
    }
}

#[test]
fn the_model_route_is_for_official_models() {
    let sim = Sim::fast();
    let body = json!({"input": {"prompt": "p"}});
    let official = sim.post(&format!("/v1/models/{OFFICIAL}/predictions"), &body);
    assert_eq!(
        (official.status, &official.json()["version"]),
        (201, &json!("hidden"))
    );
    assert_eq!(
        sim.post("/v1/models/studio/ada-selfie-lora/predictions", &body)
            .status,
        404
    );
    let versioned = json!({"input": {"prompt": "p"}, "version": "x"});
    let refused = sim.post(&format!("/v1/models/{OFFICIAL}/predictions"), &versioned);
    assert_eq!(
        refused.json()["detail"],
        "- Additional property version is not allowed\n"
    );
}

#[test]
fn without_a_token_nothing_is_answered() {
    let sim = Sim::fast();
    let none = sim.bare("GET", "/v1/account", &[], None).unwrap();
    assert_eq!(none.status, 401);
    assert_eq!(
        none.json()["detail"],
        "You did not pass an authentication token"
    );
    for (wrong, status) in [("Bearer sk-1", 401), ("r8_x", 401), ("Token r8_x", 200)] {
        let answer = sim
            .bare("GET", "/v1/account", &[("authorization", wrong)], None)
            .unwrap();
        assert_eq!(answer.status, status, "{wrong}");
    }
}

#[test]
fn unknown_paths_and_methods_are_answered_in_json() {
    let sim = Sim::fast();
    for path in [
        "/v1/nothing",
        "/",
        "/v1/predictions/0",
        "/v1/models/a/b",
        "/v1/models/a/b/versions",
    ] {
        let answer = sim.get(path);
        assert_eq!(answer.status, 404, "{path}");
        let body = json!({"detail": "The requested resource could not be found.", "status": 404});
        assert_eq!(answer.json(), body);
    }
    let answer = sim.request("DELETE", "/v1/predictions", &[], None).unwrap();
    assert_eq!(
        (answer.status, answer.header("allow")),
        (405, Some("GET, POST"))
    );
    assert_eq!(answer.json()["status"], 405);
}

#[test]
fn a_body_that_breaks_the_schema_is_refused_field_by_field() {
    let sim = Sim::fast();
    let input = json!({"num_inference_steps": 51, "output_format": "bmp"});
    let refused = sim.create(&input, &json!({}));
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
    let extra = sim.create(&json!({"prompt": "p"}), &json!({"model": "x"}));
    let expected = json!([{
        "type": "additional_property_not_allowed",
        "field": "",
        "description": "Additional property model is not allowed",
    }]);
    assert_eq!(extra.json()["invalid_fields"], expected);
    let (status, body) = create(&sim, &[], &json!({"input": {}}));
    assert_eq!(
        (status, body["detail"].as_str().unwrap()),
        (422, "- version is required\n")
    );
    let hook = sim.create(
        &json!({"prompt": "p"}),
        &json!({"webhook": "http://example.com/"}),
    );
    assert_eq!(hook.json()["invalid_fields"][0]["field"], "webhook");
    let headers = [("authorization", "Bearer r8_x")];
    let broken = sim
        .bare("POST", "/v1/predictions", &headers, Some(b"{".to_vec()))
        .unwrap();
    assert_eq!(broken.status, 400);
    assert!(
        sim.get("/_control/predictions")
            .json()
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn unknown_inputs_are_ignored_and_recorded() {
    let sim = Sim::fast();
    let input = json!({"prompt": "p", "guidance": 2.0, "seed": 5});
    let created = sim.create(&input, &json!({}));
    assert_eq!((created.status, &created.json()["input"]), (201, &input));
    let requests = sim.get("/_control/requests").json();
    let request = requests.as_array().unwrap().last().unwrap();
    assert_eq!(request["unknown_inputs"], json!(["guidance"]));
    assert_eq!(request["endpoint"], "create");
    assert_eq!(request["status"], 201);
    assert_eq!(request["method"], "POST");
    assert_eq!(request["path"], "/v1/predictions");
    assert_eq!(request["body"]["input"], input);
    assert_eq!(request["headers"]["authorization"], "Bearer [redacted]");
    assert!(!requests.to_string().contains("r8_test"));
    assert_eq!(
        sim.request("DELETE", "/_control/requests", &[], None)
            .unwrap()
            .status,
        204
    );
    assert_eq!(sim.get("/_control/requests").json(), json!([]));
    let prediction = &sim.get("/_control/predictions").json()[0];
    assert_eq!(prediction["unknown_inputs"], json!(["guidance"]));
    assert_eq!(prediction["effective_input"]["guidance_scale"], 3);
}

#[test]
fn a_create_may_wait_for_the_end() {
    let sim = Sim::fast();
    let body = sim.body(&json!({"prompt": "p"}), &json!({}));
    let (status, prediction) = create(&sim, &[("prefer", "wait")], &body);
    assert_eq!((status, &prediction["status"]), (201, &json!("succeeded")));
    assert_eq!(prediction["output"].as_array().unwrap().len(), 1);
    sim.fault(&json!({"action": {"kind": "stuck"}}));
    let (status, prediction) = create(&sim, &[("prefer", "wait=1")], &body);
    assert_eq!((status, &prediction["status"]), (202, &json!("starting")));
    assert_eq!(prediction["output"], Value::Null);
    let (status, _) = create(&sim, &[("prefer", "wait=0")], &body);
    assert_eq!(status, 422);
}

#[test]
fn secrets_are_shown_nowhere() {
    let sim = Sim::fast();
    let input = json!({"prompt": "p", "hf_api_token": "hf_secret"});
    let body = json!({"version": OFFICIAL, "input": input});
    let (_, prediction) = create(&sim, &[], &body);
    assert_eq!(prediction["input"]["hf_api_token"], "[REDACTED]");
    assert!(
        !sim.get("/_control/predictions")
            .json()
            .to_string()
            .contains("hf_secret")
    );
}
