//! Variants and pasted prompts: the same as natively, from the same corpora.

use selfsame_wasm::{count_variants, expand_variants, import_prompt, wildcards};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{json as text, object, thrown};

const VARIANTS: &str = include_str!("../../../../tests/corpus/variants.jsonl");
const IMPORT: &str = include_str!("../../../../tests/corpus/import.jsonl");

fn value(js: &JsValue) -> Value {
    serde_json::from_str(&text(js)).expect("it is JSON")
}

#[wasm_bindgen_test]
fn every_template_in_order() {
    for line in VARIANTS.lines() {
        let mut case: Value = serde_json::from_str(line).expect("a case is JSON");
        let mut take = |key: &str| case.as_object_mut().and_then(|case| case.remove(key));
        let (out, error, span, count) = (take("out"), take("error"), take("span"), take("count"));
        let request = object(&case.to_string());
        if let Some(count) = count {
            let counted = value(&count_variants(&request).expect(line));
            assert_eq!(counted["count"], count, "{line}");
        }
        match expand_variants(&request) {
            Ok(made) => {
                let made = value(&made);
                let variants = made["variants"].as_array().expect("a list");
                let texts: Vec<&Value> = variants.iter().map(|one| &one["text"]).collect();
                assert_eq!(Some(json!(texts)), out, "{line}");
            }
            Err(refused) => {
                let refused = thrown(&refused);
                assert_eq!(Some(refused["code"].clone()), error, "{line}");
                assert_eq!(refused["field"], "template");
                assert_eq!(
                    Some(json!([refused["start"], refused["end"]])),
                    span,
                    "{line}"
                );
            }
        }
    }
}

#[wasm_bindgen_test]
fn a_request_is_read_strictly() {
    for request in [
        json!({}),
        json!({"template": "a", "mod": "all"}),
        json!({"template": "a", "mode": "every"}),
    ] {
        let error = expand_variants(&object(&request.to_string())).expect_err("it is refused");
        assert!(thrown(&error)["code"].is_string());
    }
}

#[wasm_bindgen_test]
fn every_pasted_prompt() {
    for line in IMPORT.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let input = case["input"].as_str().expect("a text");
        let found = value(&import_prompt(input).expect(line));
        assert_eq!(found["text"], case["text"], "{line}");
        assert_eq!(found["moved"], case["moved"], "{line}");
        let dropped = found["dropped"].as_array().expect("a list").iter();
        let dropped: Vec<Value> = dropped
            .map(|one| json!({"code": one["code"], "text": one["text"]}))
            .collect();
        assert_eq!(Value::from(dropped), case["dropped"], "{line}");
    }
}

#[wasm_bindgen_test]
fn the_lists_are_there() {
    let lists = value(&wildcards().expect("lists"));
    assert!(lists.as_array().is_some_and(|lists| lists.len() >= 8));
}
