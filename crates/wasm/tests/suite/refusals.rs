//! An invalid value is thrown as an `Error` with the API's code, the field at fault and a sentence.

use selfsame_wasm::{Composer, build, parse_dialect};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::composing::{SCHEMAS, model};
use super::{object, thrown};

fn refusal(error: &JsValue) -> (String, Option<String>) {
    let value = thrown(error);
    let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["code", "field", "message"]);
    let message = value["message"].as_str().expect("a message");
    assert!(message.ends_with('.') && message.len() > 10, "{message}");
    (
        value["code"].as_str().expect("a code").to_owned(),
        value["field"].as_str().map(ToOwned::to_owned),
    )
}

fn refused(request: &Value) -> (String, Option<String>) {
    let (schema, names_lora) = SCHEMAS[2];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string()))
        .expect("the model can be read");
    let error = composer
        .preview(&object(&request.to_string()))
        .expect_err("it is refused");
    refusal(&error)
}

#[wasm_bindgen_test]
fn a_composition_is_refused_by_the_field_at_fault() {
    let long = "a".repeat(4_001);
    for (request, code, field) in [
        (json!({"text": ""}), "empty_prompt", "text"),
        (json!({"text": " , "}), "empty_prompt", "text"),
        (json!({"text": long}), "prompt_too_long", "text"),
        (json!({}), "missing_field", "text"),
        (json!({"text": 7}), "invalid_value", "text"),
        (
            json!({"text": "hat", "prest": "natural"}),
            "unknown_field",
            "prest",
        ),
        (
            json!({"text": "hat", "preset": "nice"}),
            "invalid_value",
            "preset",
        ),
        (
            json!({"text": "hat", "pictures": 5}),
            "out_of_range",
            "pictures",
        ),
        (
            json!({"text": "hat", "pictures": 1.5}),
            "invalid_value",
            "pictures",
        ),
        (
            json!({"text": "hat", "overrides": []}),
            "invalid_value",
            "overrides",
        ),
        (
            json!({"text": "hat", "overrides": {"steps": 51}}),
            "out_of_range",
            "overrides.steps",
        ),
        (
            json!({"text": "hat", "overrides": {"steps": "50"}}),
            "invalid_value",
            "overrides.steps",
        ),
        (
            json!({"text": "hat", "overrides": {"step": 50}}),
            "unknown_field",
            "overrides.step",
        ),
        (
            json!({"text": "hat", "overrides": {"seed": 0}}),
            "out_of_range",
            "overrides.seed",
        ),
    ] {
        assert_eq!(
            refused(&request),
            (code.to_owned(), Some(field.to_owned())),
            "{request}"
        );
    }
}

#[wasm_bindgen_test]
fn a_model_is_refused_by_the_field_at_fault() {
    let (schema, names_lora) = SCHEMAS[2];
    let good = model(schema, names_lora);
    for (field, value, code) in [
        ("trigger", json!("no trigger"), "invalid_value"),
        ("class_word", json!("W0man"), "invalid_value"),
        ("dialect", json!("flux"), "invalid_value"),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let thrown = Composer::new(&object(&bad.to_string()))
            .err()
            .expect("it is refused");
        assert_eq!(refusal(&thrown), (code.to_owned(), Some(field.to_owned())));
    }
    let mut bare = good.clone();
    bare.as_object_mut().expect("an object").remove("trigger");
    let thrown = Composer::new(&object(&bare.to_string()))
        .err()
        .expect("it is refused");
    assert_eq!(
        refusal(&thrown),
        ("missing_field".to_owned(), Some("trigger".to_owned()))
    );
}

#[wasm_bindgen_test]
fn what_is_no_object_is_refused() {
    for (value, code) in [
        (JsValue::UNDEFINED, "invalid_value"),
        (JsValue::NULL, "invalid_value"),
        (JsValue::from_f64(7.0), "invalid_value"),
        (JsValue::from_str("{"), "invalid_json"),
        (JsValue::symbol(Some("s")), "invalid_value"),
        (JsValue::bigint_from_str("7"), "invalid_value"),
    ] {
        for thrown in [
            Composer::new(&value).err().expect("it is refused"),
            build(&value).expect_err("it is refused"),
        ] {
            assert_eq!(refusal(&thrown), (code.to_owned(), None));
        }
    }
}

#[wasm_bindgen_test]
fn a_schema_that_cannot_be_served_is_refused() {
    let thrown = parse_dialect(&object("{}")).expect_err("it is refused");
    assert_eq!(refusal(&thrown), ("model_unusable".to_owned(), None));
}
