//! The longest text, and texts made to be slow.

use std::time::{Duration, Instant};

use selfsame_core::prompt::{
    Built, MAX_CHARACTERS, Placement, PromptConfig, PromptError, QUALITY_SPECS, build,
};

const TRIGGER: &str = "user42585527";

fn built(text: &str, placement: Placement) -> Result<Built, PromptError> {
    build(
        text,
        &PromptConfig {
            trigger: TRIGGER,
            class_word: "woman",
            placement,
            suffix: QUALITY_SPECS[0].text,
        },
    )
}

#[test]
fn characters_are_counted_not_bytes() {
    let longest = "é".repeat(MAX_CHARACTERS);
    assert!(built(&longest, Placement::default()).is_ok());
    let characters = MAX_CHARACTERS + 1;
    assert_eq!(
        built(&"é".repeat(characters), Placement::default()),
        Err(PromptError::TooLong { characters })
    );
}

/// The quickest of a few runs: what the code takes, not what else the machine was doing.
#[expect(
    clippy::disallowed_methods,
    reason = "a test on the native target measures time"
)]
fn quickest(text: &str, placement: Placement) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let _ = built(text, placement);
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// None takes more than a few times what an ordinary text of its length takes; anything quadratic in the length
/// would take hundreds of times as long.
#[test]
fn four_thousand_hostile_characters_are_quick() {
    let pieces = [
        "(",
        ")",
        "([{",
        "\"",
        "\"(",
        "[]",
        "a, ",
        ", ",
        ",",
        ".",
        ". ",
        "! a",
        "\n",
        "…",
        "-",
        "'s ",
        "user",
        "user1",
        "user99999 ",
        "user42585527",
        "user42585527 ",
        "user42585527, ",
        "@user42585527 ",
        "(user42585527)",
        "((((user42585527, ",
        "[trigger",
        "[trigger] ",
        "[[trigger]trigger]",
        "{trigger}-",
        "raw photo.. ",
        "a. user42585527 raw photo.. ",
        "of user42585527 and ",
        "🙂",
        "\u{301}",
        "\u{200b}",
    ];
    let ordinary: String = "a woman in a garden at dusk, "
        .chars()
        .cycle()
        .take(MAX_CHARACTERS)
        .collect();
    // A quadratic step would take hundreds of times as long; an ordinary text has nothing to repair.
    let limit = quickest(&ordinary, Placement::default()) * 100;
    for piece in pieces {
        for placement in [Placement::BeginningAndMiddle, Placement::Natural] {
            let count = MAX_CHARACTERS / piece.chars().count();
            let half = piece.repeat(count / 2) + &"])}".repeat(count / 6);
            for text in [
                piece.repeat(count),
                half.chars().take(MAX_CHARACTERS).collect(),
            ] {
                // A busy machine can be slow several times in a row; an algorithm that is too slow always is.
                let mut taken = limit;
                for _ in 0..30 {
                    taken = quickest(&text, placement).min(taken);
                    if taken < limit {
                        break;
                    }
                }
                assert!(taken < limit, "{piece:?}: {taken:?} of at most {limit:?}");
            }
        }
    }
}
