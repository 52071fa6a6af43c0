//! The corpus of pasted prompts. The browser module's tests run it in Node and in Chrome too.

use selfsame_assist::import::import;
use serde_json::{Value, json};

#[test]
fn every_case_has_its_text_settings_and_dropped_parts() {
    let corpus = include_str!("../../../tests/corpus/import.jsonl");
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let found = import(case["input"].as_str().expect("a text"));
        assert_eq!(Value::from(found.text), case["text"], "{line}");
        assert_eq!(json!(found.moved), case["moved"], "{line}");
        let dropped = found.dropped.iter();
        let dropped: Vec<Value> = dropped
            .map(|one| json!({"code": one.code, "text": one.text}))
            .collect();
        assert_eq!(Value::from(dropped), case["dropped"], "{line}");
    }
    assert!(corpus.lines().count() >= 60);
}
