//! The corpus of templates. The browser module's tests run it in Node and in Chrome too.

use selfsame_series::variants::{Mode, VariantRequest};
use serde_json::{Value, json};

#[test]
fn every_template_has_its_variants_in_order_or_its_error() {
    let corpus = include_str!("../../../tests/corpus/variants.jsonl");
    for line in corpus.lines() {
        let mut case: Value = serde_json::from_str(line).expect("a case is JSON");
        let mut take = |key: &str| case.as_object_mut().and_then(|case| case.remove(key));
        let (out, error, span, count) = (take("out"), take("error"), take("span"), take("count"));
        let request: VariantRequest = serde_json::from_value(case).expect("a request");
        if let Some(count) = count {
            assert_eq!(json!(request.count().expect(line).count), count, "{line}");
        }
        let made = match request.expand() {
            Ok(made) => made,
            Err(refused) => {
                assert_eq!(Some(json!(refused.code)), error, "{line}");
                assert_eq!(json!(refused.code()), json!(refused.code));
                assert_eq!(Some(json!([refused.start, refused.end])), span, "{line}");
                continue;
            }
        };
        let texts: Vec<&str> = made.variants.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(Some(json!(texts)), out, "{line}");
        assert_eq!(request.count(), Ok(made.total), "{line}");
        if request.limit.is_none() && request.mode != Mode::Random {
            assert!(made.total.exact, "{line}");
            assert_eq!(made.total.count, texts.len() as u64, "{line}");
        }
    }
    assert!(corpus.lines().count() >= 700);
}
