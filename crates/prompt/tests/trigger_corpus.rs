//! The corpora of prompts. The browser module's tests check the same bytes in Node and in Chrome.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use selfsame_prompt::placement::{Placement, PromptConfig, build};
use serde_json::Value;

fn run(corpus: &str) -> usize {
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = |key: &str| case[key].as_str().expect("a text");
        let placement = match case.get("placement") {
            Some(word) => serde_json::from_value(word.clone()).expect("a placement"),
            None => Placement::default(),
        };
        let config = PromptConfig {
            trigger: text("trigger"),
            class_word: text("class"),
            placement,
            suffix: text("suffix"),
        };
        let built = build(text("input"), &config).expect("it can be built");
        assert_eq!(built.text, text("output"), "from {:?}", text("input"));
        assert_eq!(
            Some(u64::from(built.counts.triggers)),
            case["count"].as_u64()
        );
    }
    corpus.lines().count()
}

#[test]
fn every_case_gives_the_expected_bytes() {
    assert!(run(include_str!("../../../tests/corpus/trigger.jsonl")) >= 20);
}

#[test]
fn hostile_prompts_give_the_recorded_bytes() {
    assert!(run(include_str!("../../../tests/corpus/hostile.jsonl")) >= 300);
}
