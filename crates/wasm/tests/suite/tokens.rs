//! Counting with JavaScript's own Unicode gives the reference tokenizers' numbers.

use js_sys::Reflect;
use selfsame_wasm::{Composer, count_tokens, load_vocabularies};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::composing::{SCHEMAS, model};
use super::{json as text, object};

const CLIP: &[u8] = include_bytes!("../../../prompt/vocab/clip.vocab");
const T5: &[u8] = include_bytes!("../../../prompt/vocab/t5.vocab");
const CORPORA: [&str; 2] = [
    include_str!("../../../../tests/corpus/tokens.jsonl"),
    include_str!("../../../../tests/corpus/tokens-hostile.jsonl"),
];

fn counted(words: &str) -> Value {
    let counts = count_tokens(words).expect("it can be counted");
    serde_json::from_str(&text(&counts)).expect("counts are JSON")
}

#[wasm_bindgen_test]
fn every_string_to_the_token() {
    load_vocabularies(CLIP, T5).expect("they are whole");
    let mut wrong = Vec::new();
    for line in CORPORA.into_iter().flat_map(str::lines) {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let counts = counted(case["text"].as_str().expect("a text"));
        assert_eq!(counts["exact"], true);
        if (&counts["t5"], &counts["clip"]) != (&case["t5"], &case["clip"]) {
            wrong.push(format!("{counts} for {case}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[wasm_bindgen_test]
fn a_preview_says_where_clip_stops_and_refuses_what_t5_would_not_read() {
    load_vocabularies(CLIP, T5).expect("they are whole");
    let (schema, names_lora) = SCHEMAS[2];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string())).expect("a model");
    let preview = composer
        .preview(&object(
            &json!({"text": "🙂 woman in a garden"}).to_string(),
        ))
        .expect("it can be previewed");
    let preview: Value = serde_json::from_str(&text(&preview)).expect("a preview is JSON");
    assert_eq!(preview["tokens"]["exact"], true);
    assert!(preview["tokens"]["t5"].as_u64() > Some(50));

    let long = "a quiet street after the rain, ".repeat(100);
    let thrown = composer
        .preview(&object(&json!({"text": long}).to_string()))
        .expect_err("it is too long");
    let field = |name: &str| Reflect::get(&thrown, &JsValue::from_str(name)).expect("a field");
    assert_eq!(
        field("code").as_string().as_deref(),
        Some("prompt_too_many_tokens")
    );
    assert_eq!(field("field").as_string().as_deref(), Some("text"));
}

#[wasm_bindgen_test]
fn bytes_that_are_no_vocabulary_are_refused_by_name() {
    for (clip, t5, name) in [
        (&CLIP[..9], T5, "clip"),
        (CLIP, CLIP, "t5"),
        (CLIP, &[][..], "t5"),
    ] {
        let thrown = load_vocabularies(clip, t5).expect_err("it is refused");
        let field = |name: &str| Reflect::get(&thrown, &JsValue::from_str(name)).expect("a field");
        assert_eq!(field("field").as_string().as_deref(), Some(name));
        assert_eq!(field("code").as_string().as_deref(), Some("invalid_value"));
    }
}
