//! The corpora, whose expected outputs the native tests check too: the same bytes here and there.

use selfsame_core::prompt::Built;
use selfsame_wasm::{build, direct};
use serde_json::{Map, Value};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{conversation, json, object};

const TRIGGER: &str = include_str!("../../../../tests/corpus/trigger.jsonl");
const CONVERSATIONS: &str = include_str!("../../../../tests/corpus/director.jsonl");
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
fn conversations_come_to_what_they_should() {
    for line in CONVERSATIONS.lines() {
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
