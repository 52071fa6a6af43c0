//! Recipes.

use selfsame_recipe::Recipe;

use super::{Target, equal, holds, pieces, texts};

#[path = "../../../crates/recipe/tests/recipe/random.rs"]
#[allow(
    dead_code,
    missing_docs,
    reason = "shared with the crate's tests, which use all of it"
)]
mod random;

/// The target.
pub const TARGET: Target = Target {
    name: "recipe",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    pieces(include_str!("../../corpus/fragments/recipe.json"))
}

fn known() -> Vec<Vec<u8>> {
    let mut known = texts(include_str!("../../corpus/recipe.jsonl"), "recipe");
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
