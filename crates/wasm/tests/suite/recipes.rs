//! Recipes: the same bytes here as natively, and as JavaScript itself writes them.

use js_sys::JSON;
use selfsame_core::wire::Refusal;
use selfsame_wasm::{canonical_recipe, parse_recipe, recipe_id};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{json as text, object};

#[path = "../../../core/tests/recipe/random.rs"]
mod random;

const CORPUS: &str = include_str!("../../../../tests/corpus/recipe.jsonl");

fn cases() -> impl Iterator<Item = Value> {
    CORPUS
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case is JSON"))
}

fn code(thrown: &JsValue) -> Value {
    let refusal: Refusal = serde_json::from_str(&text(thrown)).expect("a refusal");
    json!(refusal.code)
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
