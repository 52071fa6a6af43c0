//! The exact cases of `tests/corpus/trigger.jsonl`.

use selfsame_core::prompt::{Placement, PromptConfig, build};
use serde_json::Value;

#[test]
fn every_case_to_the_byte() {
    let corpus = include_str!("../../../tests/corpus/trigger.jsonl");
    let mut cases = 0;
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = |key: &str| case[key].as_str().expect("a text");
        let config = PromptConfig {
            trigger: text("trigger"),
            class_word: text("class"),
            placement: Placement::default(),
            suffix: text("suffix"),
        };
        let built = build(text("input"), &config).expect("it can be built");
        assert_eq!(built.text, text("output"), "from {:?}", text("input"));
        assert_eq!(
            Some(u64::from(built.counts.triggers)),
            case["count"].as_u64()
        );
        cases += 1;
    }
    assert!(cases >= 20, "only {cases} cases");
}
