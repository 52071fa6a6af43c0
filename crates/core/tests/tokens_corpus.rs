//! The corpora of token counts, whose numbers are the reference tokenizers'. The browser module's tests check the
//! same ones with JavaScript's own normalisation.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use selfsame_core::tokens::{ClipVocabulary, T5Vocabulary};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn normalise(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

fn run(corpus: &str) -> usize {
    let clip = ClipVocabulary::parse(include_bytes!("../vocab/clip.vocab")).expect("it is whole");
    let t5 = T5Vocabulary::parse(include_bytes!("../vocab/t5.vocab")).expect("it is whole");
    let mut wrong = Vec::new();
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = case["text"].as_str().expect("a text");
        let counted = (
            Some(u64::from(t5.count(text))),
            Some(u64::from(clip.count(text, normalise))),
        );
        let expected = (case["t5"].as_u64(), case["clip"].as_u64());
        if counted != expected {
            wrong.push(format!("{text:?}: {counted:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    corpus.lines().count()
}

#[test]
fn every_string_to_the_token() {
    assert!(run(include_str!("../../../tests/corpus/tokens.jsonl")) >= 202);
}
