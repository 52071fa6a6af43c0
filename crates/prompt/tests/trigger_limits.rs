//! The limit on a text's length, and the running time on adversarial texts.

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
fn the_limit_counts_scalar_values() {
    // Two bytes, one UTF-16 unit; four bytes, two UTF-16 units.
    for character in ["é", "🙂"] {
        let longest = character.repeat(MAX_CHARACTERS);
        assert!(built(&longest, Placement::default()).is_ok());
        let characters = MAX_CHARACTERS + 1;
        assert_eq!(
            built(&character.repeat(characters), Placement::default()),
            Err(PromptError::TooLong { characters })
        );
    }
}

#[test]
fn building_takes_nearly_linear_time() {
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

/// Half of the text is `piece`, repeated; the other half is closing brackets.
fn closed(piece: &str, characters: usize) -> String {
    repeated(piece, characters / 2) + &repeated("])}", characters / 2)
}
