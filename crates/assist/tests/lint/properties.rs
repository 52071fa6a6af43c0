//! What holds for the findings about any text.

use std::sync::LazyLock;

use crate::fixtures::{cases, model};
use crate::growth::{check_near_linear, repeated};
use proptest::collection::vec;
use proptest::prelude::*;
use selfsame_assist::lint::{Finding, Fix, Linter, MAX_FINDINGS, apply_fix};
use selfsame_prompt::compose::{Composition, compose};
use selfsame_prompt::placement::QualityId;
use selfsame_prompt::slots::{Slot, Slots};

/// Pieces of text that the rules are about.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pieces = include_str!("../../../../tests/corpus/fragments/lint.json");
    serde_json::from_str(pieces).expect("a list of texts")
});

static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::new(&model("woman")));

/// The inputs of `hostile.jsonl`.
static HOSTILE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let corpus = include_str!("../../../../tests/corpus/hostile.jsonl");
    let input = |line| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case is JSON");
        case["input"].as_str().expect("an input").to_owned()
    };
    corpus.lines().map(input).collect()
});

fn text() -> impl Strategy<Value = String> {
    let ours = vec((0..PIECES.len(), any::<bool>()), 0..40).prop_map(|picked| {
        let mut text = String::new();
        for (piece, spaced) in picked {
            text.push_str(&PIECES[piece]);
            text.push_str(if spaced { " " } else { ", " });
        }
        text
    });
    let hostile = (0..HOSTILE.len()).prop_map(|index| HOSTILE[index].clone());
    prop_oneof![3 => ours, 1 => hostile, 1 => ".{0,200}"]
}

/// `text.slice(start, end)` in JavaScript; `None` when it would cut a character in two.
fn slice(text: &str, start: u32, end: u32) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(units.get(start as usize..end as usize)?).ok()
}

fn is_sound(text: &str, finding: &Finding) -> Result<(), TestCaseError> {
    prop_assert!(
        slice(text, finding.start, finding.end).is_some(),
        "{finding:?}"
    );
    prop_assert!(finding.message.ends_with('.'), "{finding:?}");
    if let Some(Fix {
        start,
        end,
        text: new,
    }) = &finding.fix
    {
        let old = slice(text, *start, *end);
        prop_assert!(old.is_some() && old.as_ref() != Some(new), "{finding:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn ranges_are_whole_characters_of_the_text(text in text(), lean in any::<bool>()) {
        let quality = if lean { QualityId::Lean } else { QualityId::Reference };
        let findings = LINTER.lint(&text, quality);
        prop_assert!(findings.len() <= MAX_FINDINGS);
        for finding in &findings {
            is_sound(&text, finding)?;
        }
        prop_assert_eq!(LINTER.lint(&text, quality), findings);
    }

    #[test]
    fn applying_one_fix_after_another_ends(text in text()) {
        let mut text = text;
        let mut rounds = 0;
        while let Some(fix) = LINTER
            .lint(&text, QualityId::Reference)
            .into_iter()
            .find_map(|finding| finding.fix)
        {
            text = apply_fix(&text, &fix);
            rounds += 1;
            prop_assert!(rounds <= 100, "{text:?} still has a fix: {fix:?}");
        }
    }

    #[test]
    fn a_fix_for_another_text_changes_its_range_or_nothing(
        text in ".{0,20}", start in 0..30_u32, end in 0..30_u32, new in ".{0,3}",
    ) {
        let fixed = apply_fix(&text, &Fix { start, end, text: new.clone() });
        let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        match (slice(&text, 0, start), slice(&text, end, length)) {
            (Some(before), Some(after)) if start <= end => prop_assert_eq!(fixed, before + &new + &after),
            _ => prop_assert_eq!(fixed, text),
        }
    }

    #[test]
    fn ranges_are_of_the_free_text_when_there_are_slots(
        text in text(),
        phrases in vec((0..Slot::ALL.len(), 0..PIECES.len()), 0..6),
    ) {
        let mut slots = Slots::default();
        for (slot, piece) in phrases {
            slots.set(Slot::ALL[slot], vec![PIECES[piece].clone()]);
        }
        let composition = Composition { text: text.clone(), slots, pictures: 1, ..Composition::default() };
        let Ok(preview) = compose(&model("woman"), &composition) else { return Ok(()) };
        for finding in &LINTER.inspect(&composition, &preview) {
            is_sound(&text, finding)?;
            prop_assert!(finding.field == "text" || finding.field == "slots");
        }
    }
}

#[test]
fn slots_and_text_are_linted_together() {
    let mut slots = Slots::default();
    slots.set(Slot::Subject, vec!["confident woman".into()]);
    slots.set(Slot::Lighting, vec!["golden hour".into()]);
    slots.set(Slot::Wardrobe, vec!["no hat".into()]);
    let composition = Composition {
        text: "walking at midnight, blue eyes".into(),
        slots,
        pictures: 1,
        ..Composition::default()
    };
    let preview = compose(&model("woman"), &composition).expect("a preview");
    let found: Vec<_> = LINTER
        .inspect(&composition, &preview)
        .iter()
        .map(|finding| {
            let place = slice(&composition.text, finding.start, finding.end);
            (
                finding.code.as_str().to_owned(),
                finding.field,
                place.unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("negative", "slots", ""),
        ("face_description", "text", "blue eyes"),
        ("contradiction", "slots", ""),
    ];
    let expected = expected.map(|(code, field, place)| (code.to_owned(), field, place.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn clean_cases_have_no_finding_with_the_default_quality() {
    for line in cases().iter().filter(|case| case.codes.is_empty()) {
        assert!(line.findings().is_empty(), "{}", line.input);
    }
}

#[test]
fn repeated_pieces_take_linear_time() {
    for piece in [
        "\"",
        "“",
        "<",
        "(",
        "((",
        "(a:1)",
        "no ",
        "man ",
        "posed, candid, ",
        "b&w ",
        "a-",
        "<lora:",
        "with and ",
    ] {
        check_near_linear(
            piece,
            4_000,
            &|characters| repeated(piece, characters),
            &|text| {
                let _ = LINTER.lint(text, QualityId::Reference);
            },
        );
    }
}

#[test]
fn openings_before_closings_take_linear_time() {
    for (opened, closed) in [
        ("(a", ")b"),
        ("(a:", "1)"),
        ("(a ", " )"),
        ("(a:1", ")"),
        ("[a", "]b"),
        ("(a:                    ", ")"),
        ("<lora:", ">"),
        ("“a ", "b”"),
    ] {
        check_near_linear(
            opened,
            4_000,
            &|characters| {
                [opened, closed]
                    .map(|piece| repeated(piece, characters / 2))
                    .concat()
            },
            &|text| {
                let _ = LINTER.lint(text, QualityId::Reference);
            },
        );
    }
    // One number before all the closing brackets.
    for filler in ["1", " "] {
        check_near_linear(
            filler,
            4_000,
            &|characters| {
                let opened = repeated("(", characters / 4);
                let number = repeated(filler, characters / 2);
                let closed = repeated(")", characters / 4);
                [&opened, "a:", &number, &closed].concat()
            },
            &|text| {
                let _ = LINTER.lint(text, QualityId::Reference);
            },
        );
    }
}
