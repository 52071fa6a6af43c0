//! The corpus of templates. The browser module's tests run it in Node and in Chrome, too.

use selfsame_core::variants::{Mode, VariantRequest};
use serde_json::Value;

#[test]
fn every_template_in_order() {
    let corpus = include_str!("../../../tests/corpus/variants.jsonl");
    for line in corpus.lines() {
        let mut case: Value = serde_json::from_str(line).expect("a case is JSON");
        let expected = case["out"].take();
        case.as_object_mut().expect("an object").remove("out");
        let request: VariantRequest = serde_json::from_value(case).expect("a request");
        let made = request.expand().expect(line);
        let texts: Vec<&str> = made.variants.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(Value::from(texts.clone()), expected, "{line}");
        if request.limit.is_none() {
            let total = made.total;
            assert!(total.exact, "{line}");
            let all = request.mode != Mode::Random;
            assert!(!all || total.count == texts.len() as u64, "{line}");
            assert_eq!(request.count().expect(line), total);
        }
    }
    assert!(corpus.lines().count() >= 500);
}
