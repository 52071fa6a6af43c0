//! The longest text, and texts made to be slow.

#[path = "../../../tests/support/growth.rs"]
mod growth;

use growth::{check_near_linear, repeated};
use selfsame_prompt::placement::{
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
                check_near_linear(
                    piece,
                    MAX_CHARACTERS,
                    &|characters| make(piece, characters),
                    &|text| {
                        let _ = built(text, placement);
                    },
                );
            }
        }
    }
}

/// What the first half may open, the second one closes.
fn closed(piece: &str, characters: usize) -> String {
    repeated(piece, characters / 2) + &repeated("])}", characters / 2)
}
