//! Recipes: the same bytes here as natively, and as JavaScript itself writes them.

use js_sys::JSON;
use selfsame_wasm::{Composer, canonical_recipe, parse_recipe, recipe_id, replay};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::composing::{SCHEMAS, model};
use super::{json as text, object, thrown};

#[path = "../../../recipe/tests/recipe/random.rs"]
mod random;

const CORPUS: &str = include_str!("../../../../tests/corpus/recipe.jsonl");

fn cases() -> impl Iterator<Item = Value> {
    CORPUS
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case is JSON"))
}

fn code(error: &JsValue) -> Value {
    thrown(error)["code"].clone()
}

#[wasm_bindgen_test]
fn every_text_has_its_id_or_its_error() {
    for case in cases().filter(|case| case.get("recipe").is_some()) {
        let recipe = case["recipe"].as_str().expect("a text");
        match parse_recipe(recipe, None) {
            Ok(read) => {
                assert_eq!(text(&read), recipe);
                let id = recipe_id(&read).expect("an id");
                assert_eq!(case["id"], json!(id), "{recipe}");
                parse_recipe(recipe, Some(id)).expect("its own id");
            }
            Err(thrown) => {
                let expected = match case["error"].as_str().expect("an error") {
                    "not_json" => "invalid_json",
                    code @ ("unknown_field" | "missing_field" | "invalid_value") => code,
                    _ => "recipe_invalid",
                };
                assert_eq!(code(&thrown), expected, "{recipe}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn a_thousand_random_recipes_have_the_same_bytes_everywhere() {
    for case in cases().filter(|case| case.get("recipes").is_some()) {
        let mut random = random::Random::of(case["seed"].as_u64().expect("a seed"));
        let mut hash = Sha256::new();
        for _ in 0..case["recipes"].as_u64().expect("how many") {
            let recipe = random::recipe(&mut random);
            let written = recipe.canonical_json();
            // JavaScript keeps the order of keys and writes numbers and strings as RFC 8785 does.
            let value = JSON::parse(&written).expect("it is JSON");
            assert_eq!(text(&value), written);
            assert_eq!(canonical_recipe(&value).expect("a recipe"), written);
            assert_eq!(recipe_id(&value).expect("an id"), recipe.id().to_string());
            hash.update(written);
            hash.update("\n");
        }
        assert_eq!(case["digest"], json!(random::hex(&hash.finalize())));
    }
}

#[wasm_bindgen_test]
fn another_id_is_refused() {
    let case = cases()
        .find(|case| case.get("id").is_some())
        .expect("a recipe");
    let recipe = case["recipe"].as_str().expect("a text");
    let thrown = parse_recipe(recipe, Some("0".repeat(64))).expect_err("it is refused");
    assert_eq!(code(&thrown), "recipe_invalid");
}

#[wasm_bindgen_test]
fn what_has_no_json_is_refused() {
    for value in [
        JsValue::UNDEFINED,
        JsValue::bigint_from_str("7"),
        JsValue::symbol(None),
    ] {
        assert_eq!(
            code(&recipe_id(&value).expect_err("it is refused")),
            "invalid_value"
        );
    }
    for (value, expected) in [
        ("{}", "missing_field"),
        ("7", "invalid_json"),
        ("{\"x\":1}", "unknown_field"),
    ] {
        assert_eq!(
            code(&recipe_id(&object(value)).expect_err("it is refused")),
            expected
        );
    }
}

#[wasm_bindgen_test]
fn what_was_sent_is_sent_again() {
    for (schema, names_lora) in SCHEMAS {
        let model = object(&model(schema, names_lora).to_string());
        let composer = Composer::new(&model).expect("the model can be read");
        let request = object(r#"{"text": "grey coat", "overrides": {"seed": 4242}}"#);
        let preview = composer.preview(&request).expect("a preview");
        let sent: Value = serde_json::from_str(&text(&preview)).expect("JSON");
        let recipe = json!({
            "builder": 1,
            "index": 0,
            "input": sent["input"],
            "provider": "replicate",
            "seed": 4242,
            "version": "f00d",
        });
        let again = |recipe: &Value, provider: &str, version: &str| {
            replay(&object(&recipe.to_string()), provider, version, &model)
        };
        let input = again(&recipe, "replicate", "f00d").expect("it can be made again");
        let input: Value = serde_json::from_str(&text(&input)).expect("JSON");
        assert_eq!(input, sent["input"]);

        let refused = |recipe: &Value, provider: &str, version: &str| {
            let error = again(recipe, provider, version).expect_err("it is refused");
            let refusal = thrown(&error);
            assert_eq!(refusal["code"], "recipe_invalid");
            refusal["field"].clone()
        };
        assert_eq!(refused(&recipe, "other", "f00d"), json!("provider"));
        assert_eq!(refused(&recipe, "replicate", "beef"), json!("version"));
        let mut foreign = recipe.clone();
        foreign["input"]["extra_lora"] = json!("somebody/else");
        assert_eq!(refused(&foreign, "replicate", "f00d"), json!("input"));
        let mut unknown = recipe.clone();
        unknown["seed"] = Value::Null;
        assert_eq!(refused(&unknown, "replicate", "f00d"), json!("seed"));
        let mut enhanced = recipe.clone();
        enhanced["enhancements"] = json!(["ab".repeat(32)]);
        assert_eq!(
            refused(&enhanced, "replicate", "f00d"),
            json!("enhancements")
        );
        let mut later = recipe.clone();
        later["index"] = json!(4);
        assert_eq!(refused(&later, "replicate", "f00d"), json!("index"));
    }
}
