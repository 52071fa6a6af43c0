//! The corpora of token counts, made with the reference tokenizers. The browser module's tests check the same counts with
//! JavaScript's normalisation.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use selfsame_prompt::compose::{Composition, compose, compose_counting};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::schema::InputSchema;
use selfsame_prompt::tokens::{ClipVocabulary, T5Vocabulary, Vocabularies, VocabularyError};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn normalise(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

fn run(corpus: &str) -> usize {
    let clip =
        ClipVocabulary::parse(include_bytes!("../vocab/clip.vocab")).expect("a valid vocabulary");
    let t5 = T5Vocabulary::parse(include_bytes!("../vocab/t5.vocab")).expect("a valid vocabulary");
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
fn every_string_has_its_recorded_count() {
    assert!(run(include_str!("../../../tests/corpus/tokens.jsonl")) >= 202);
}

#[test]
fn hostile_strings_have_the_counts_of_the_reference() {
    assert!(run(include_str!("../../../tests/corpus/tokens-hostile.jsonl")) >= 500);
}

#[test]
fn damaged_vocabularies_are_refused() {
    for (name, bytes) in [
        ("clip", include_bytes!("../vocab/clip.vocab").as_slice()),
        ("t5", include_bytes!("../vocab/t5.vocab").as_slice()),
    ] {
        let parse = |bytes: &[u8]| match name {
            "clip" => ClipVocabulary::parse(bytes).err(),
            _ => T5Vocabulary::parse(bytes).err(),
        };
        assert_eq!(parse(bytes), None);
        assert_eq!(parse(b"{}"), Some(VocabularyError::OtherFile));
        let mut longer = bytes.to_vec();
        longer.push(0);
        assert_eq!(parse(&longer), Some(VocabularyError::Malformed), "{name}");
        for length in (0..bytes.len()).step_by(9_973) {
            assert!(parse(&bytes[..length]).is_some(), "{name} cut at {length}");
        }
        // A changed byte makes an error, or a vocabulary that counts without a panic.
        for at in (4..bytes.len()).step_by(14_983) {
            for byte in [0x00, 0x7f, 0xf0, 0xff] {
                let mut changed = bytes.to_vec();
                changed[at] = byte;
                let text = "Ünïcode 가각 ℡ words, 漢字";
                if name == "clip" {
                    if let Ok(clip) = ClipVocabulary::parse(&changed) {
                        assert!(clip.count(text, normalise) >= 2);
                    }
                } else if let Ok(t5) = T5Vocabulary::parse(&changed) {
                    assert!(t5.count(text) >= 1);
                }
            }
        }
    }
}

/// Numbered clauses, of which the last do not fit. The sentence names those.
#[test]
fn a_prompt_longer_than_t5_reads_is_refused_with_the_clauses_to_shorten() {
    let schema = include_str!("../../../tests/fixtures/schemas/flux-lora-hotswap.json");
    let document = serde_json::from_str(schema).expect("JSON");
    let model = ModelProfile {
        trigger: "user42585527".parse().expect("a trigger word"),
        class_word: "woman".parse().expect("a class word"),
        schema: InputSchema::from_openapi(&document).expect("the schema can be served"),
        weights: None,
        enhancements: Vec::new(),
    };
    let t5 = T5Vocabulary::parse(include_bytes!("../vocab/t5.vocab")).expect("a valid vocabulary");
    let known = Vocabularies {
        clip: None,
        t5: Some(t5),
    };
    let composition = |clauses: usize| Composition {
        text: (0..clauses)
            .map(|clause| format!("lantern number {clause} on the quay"))
            .collect::<Vec<_>>()
            .join(", "),
        pictures: 1,
        ..Composition::default()
    };
    let refused = |clauses| {
        compose_counting(&model, &composition(clauses), &known)
            .err()
            .map(|error| error.to_string())
    };
    let most = (1..80).rfind(|clauses| refused(*clauses).is_none());
    let most = most.expect("a few clauses fit");
    let beginning = |clauses| {
        let text = composition(clauses);
        let preview = compose(&model, &text).expect("estimates refuse no prompt");
        let tokens = known.t5.as_ref().map_or(0, |t5| t5.count(&preview.prompt));
        assert!(tokens > T5Vocabulary::LIMIT);
        format!(
            "This prompt has {tokens} pieces of words, and FLUX reads only 512. Shorten or drop the end of your text: "
        )
    };
    // One clause too many: one clause to drop.
    assert_eq!(
        refused(most + 1),
        Some(beginning(most + 1) + &format!("“lantern number {most} on the quay”."))
    );
    // Of many clauses, the first and the last are named.
    assert_eq!(
        refused(80),
        Some(
            beginning(80)
                + &format!(
                    "“lantern number {most} on the quay” to “lantern number 79 on the quay”."
                )
        )
    );
}
