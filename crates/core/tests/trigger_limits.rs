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

/// A text of four times the length takes about four times as long; anything quadratic would take sixteen times.
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
    for piece in pieces {
        for placement in [Placement::BeginningAndMiddle, Placement::Natural] {
            for make in [repeated, closed] {
                let [short, long] =
                    [MAX_CHARACTERS / 4, MAX_CHARACTERS].map(|characters| make(piece, characters));
                let (mut quick, mut slow) = (Duration::MAX, Duration::MAX);
                // A busy machine can be slow several times in a row; an algorithm that is too slow always is.
                for _ in 0..30 {
                    quick = quickest(&short, placement).min(quick);
                    slow = quickest(&long, placement).min(slow);
                    if slow < quick * 8 {
                        break;
                    }
                }
                assert!(slow < quick * 8, "{piece:?}: {quick:?}, then {slow:?}");
            }
        }
    }
}

fn repeated(piece: &str, characters: usize) -> String {
    piece.chars().cycle().take(characters).collect()
}

/// What the first half may open, the second one closes.
fn closed(piece: &str, characters: usize) -> String {
    repeated(piece, characters / 2) + &repeated("])}", characters / 2)
}
