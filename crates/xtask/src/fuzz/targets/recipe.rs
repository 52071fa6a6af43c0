//! Recipes.

use selfsame_core::recipe::Recipe;

use crate::corpus::random_recipes as random;

use super::{Target, bytes, equal, holds, texts};

pub const TARGET: Target = Target {
    name: "recipe",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\ude42",
        "\\u0000",
        "\\n",
        " ",
        "\n",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "3.5",
        "0.1",
        "1e21",
        "1e+21",
        "1e-7",
        "5e-324",
        "1.7976931348623157e+308",
        "1e400",
        "9007199254740993",
        "4294967295",
        "4294967296",
        "00",
        ".5",
        "5.",
        "\"builder\":",
        "\"data\":",
        "\"enhancements\":",
        "\"index\":",
        "\"input\":",
        "\"parts\":",
        "\"provider\":",
        "\"seed\":",
        "\"version\":",
        "\"source\":",
        "\"text\":",
        "\"you\"",
        "\"trigger\"",
        "\"prompt\":",
        "\"presets@1\"",
        "\"\"",
        "é",
        "🙂",
        "\u{0}",
        "\u{1f}",
        "\u{7f}",
        "\u{feff}",
        "\u{2028}",
        "{\"builder\":1,\"index\":0,\"input\":{",
        "},\"provider\":\"\",\"seed\":null,\"version\":\"\"}",
    ])
}

fn known() -> Vec<Vec<u8>> {
    let mut known = texts(
        include_str!("../../../../../tests/corpus/recipe.jsonl"),
        "recipe",
    );
    let mut random = random::Random::of(1);
    known.extend((0..200).map(|_| random::recipe(&mut random).canonical_json().into_bytes()));
    known
}

fn check(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let (read, parsed) = (Recipe::read(&text), Recipe::parse(&text));
    let Ok(recipe) = read else {
        equal("two answers to one text", read, parsed.clone())?;
        return holds(
            "an error without words",
            parsed.is_err_and(|error| error.to_string().ends_with('.')),
        );
    };
    let canonical = recipe.canonical_json();
    equal(
        "the canonical text does not read back",
        Recipe::verify(&canonical, &recipe.id()),
        Ok(recipe.clone()),
    )?;
    equal("canonical or not", parsed.is_ok(), canonical == text)?;
    let json: Recipe =
        serde_json::from_str(&canonical).map_err(|error| format!("not JSON: {error}"))?;
    equal("a JSON library reads something else", json, recipe)
}
