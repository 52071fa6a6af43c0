//! The corpora, whose expected outputs the native tests check too: the same bytes here and there.

use selfsame_prompt::placement::Built;
use selfsame_wasm::{Composer, Linter, apply_fix, build, direct};
use serde_json::{Map, Value};
use wasm_bindgen_test::wasm_bindgen_test;

use super::composing::{SCHEMAS, model};
use super::{conversation, json, object};

const TRIGGER: &str = include_str!("../../../../tests/corpus/trigger.jsonl");
const HOSTILE: &str = include_str!("../../../../tests/corpus/hostile.jsonl");

fn run(corpus: &str) -> usize {
    for line in corpus.lines() {
        let mut case: Map<String, Value> = serde_json::from_str(line).expect("a case is JSON");
        let output = case.remove("output").expect("an output");
        let count = case.remove("count").expect("a count");
        let request = Value::Object(case).to_string();
        let built = build(&object(&request)).expect("it can be built");
        let built: Built = serde_json::from_str(&json(&built)).expect("it is a Built");
        assert_eq!(built.text, output, "{request}");
        assert_eq!(built.counts.triggers, count, "{request}");
        let spans: String = built.spans.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(spans, built.text, "{request}");
    }
    corpus.lines().count()
}

#[wasm_bindgen_test]
fn every_case_to_the_byte() {
    assert!(run(TRIGGER) >= 20);
}

#[wasm_bindgen_test]
fn hostile_prompts_come_out_as_they_do_natively() {
    assert!(run(HOSTILE) >= 300);
}

#[wasm_bindgen_test]
fn every_finding_and_its_fix() {
    let corpus = include_str!("../../../../tests/corpus/lint.jsonl");
    let (schema, names_lora) = SCHEMAS[2];
    let mut mended = 0;
    for line in corpus.lines() {
        let mut case: Map<String, Value> = serde_json::from_str(line).expect("a case is JSON");
        let codes = case.remove("codes").expect("codes");
        let input = case.remove("input").expect("an input");
        let class = case.remove("class").unwrap_or_else(|| "woman".into());
        let mut profile = model(schema, names_lora);
        profile["class_word"] = class;
        let profile = object(&profile.to_string());
        let linter = Linter::new(&profile).expect("a model");
        let composer = Composer::new(&profile).expect("a model");
        case.insert("text".to_owned(), input.clone());
        let request = Value::Object(case).to_string();
        let request = object(&request);
        let findings = linter.inspect(&request).expect("findings");
        let findings: Value = serde_json::from_str(&json(&findings)).expect("JSON");
        let review = composer.review(&request).expect("a review");
        let review: Value = serde_json::from_str(&json(&review)).expect("JSON");
        assert_eq!(review["findings"], findings, "{line}");
        let preview = composer.preview(&request).expect("a preview");
        let preview: Value = serde_json::from_str(&json(&preview)).expect("JSON");
        assert_eq!(review["preview"], preview, "{line}");
        let findings = findings.as_array().expect("a list");
        let found: Value = findings
            .iter()
            .map(|finding| finding["code"].clone())
            .collect();
        assert_eq!(found, codes, "{line}");
        for finding in findings.iter().filter(|finding| !finding["fix"].is_null()) {
            let text = input.as_str().expect("a text");
            let fix = object(&finding["fix"].to_string());
            assert_ne!(apply_fix(text, &fix).expect("a fix"), text, "{finding}");
            mended += 1;
        }
    }
    assert!(mended >= 50, "{mended}");
}

#[wasm_bindgen_test]
fn conversations_come_to_what_they_should() {
    let corpus = include_str!("../../../../tests/corpus/director.jsonl");
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let turns = conversation::run(&case, |draft, say, context| {
            let turn = direct(
                &object(&draft.to_string()),
                say,
                &object(&context.to_string()),
            );
            serde_json::from_str(&json(&turn.expect("a turn"))).expect("JSON")
        });
        let mismatches: Vec<String> = turns.into_iter().flatten().collect();
        assert_eq!(mismatches, [""; 0]);
    }
}
