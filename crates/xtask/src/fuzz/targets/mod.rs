//! The parts that are tested, one file each: what their inputs are made of, and what must be true of any.

mod director;
mod import;
mod lint;
mod metadata;
mod recipe;
mod trigger;
mod variants;

use std::fmt::Debug;

use serde_json::Value;

/// A part of core.
pub struct Target {
    pub name: &'static str,
    /// What inputs are strung together of.
    pub fragments: fn() -> Vec<Vec<u8>>,
    /// Inputs to change.
    pub known: fn() -> Vec<Vec<u8>>,
    /// What is not true of the result; a panic counts as well. Bytes that are no text are read as one.
    pub check: fn(&[u8]) -> Result<(), String>,
}

pub const ALL: &[Target] = &[
    director::TARGET,
    import::TARGET,
    lint::TARGET,
    metadata::TARGET,
    recipe::TARGET,
    trigger::TARGET,
    variants::TARGET,
];

/// That two results are equal.
fn equal<T: PartialEq + Debug>(what: &str, left: T, right: T) -> Result<(), String> {
    if left == right {
        Ok(())
    } else {
        let shown = |value: T| format!("{value:?}").chars().take(400).collect::<String>();
        Err(format!(
            "{what}:\n    {}\n    {}",
            shown(left),
            shown(right)
        ))
    }
}

/// That a law holds.
fn holds(what: &str, law: bool) -> Result<(), String> {
    if law { Ok(()) } else { Err(what.to_owned()) }
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The texts of a file in `tests/corpus/fragments`.
#[expect(clippy::expect_used, reason = "the files are part of this program")]
fn pieces(json: &str) -> Vec<Vec<u8>> {
    let texts: Vec<String> = serde_json::from_str(json).expect("a list of texts");
    texts.into_iter().map(String::into_bytes).collect()
}

/// The texts that the cases of a corpus have under `key`.
fn texts(corpus: &str, key: &str) -> Vec<Vec<u8>> {
    let text = |line| {
        Some(
            serde_json::from_str::<Value>(line)
                .ok()?
                .get(key)?
                .as_str()?
                .as_bytes()
                .to_vec(),
        )
    };
    corpus.lines().filter_map(text).collect()
}

/// The first bytes of an input choose how the rest is looked at.
fn split(input: &[u8]) -> ([usize; 4], String) {
    let (choices, text) = input.split_at_checked(4).unwrap_or((&[0; 4], input));
    let mut chosen = [0; 4];
    for (chosen, byte) in chosen.iter_mut().zip(choices) {
        *chosen = usize::from(*byte);
    }
    (chosen, String::from_utf8_lossy(text).into_owned())
}

/// A text with the bytes before it that choose the first of everything.
fn with_choices(mut texts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    for text in &mut texts {
        text.splice(0..0, *b"\0\0\0\0");
    }
    texts
}

fn model() -> selfsame_prompt::model::ModelProfile {
    const SCHEMA: &str =
        include_str!("../../../../../tests/fixtures/schemas/flux-lora-hotswap.json");
    let model = serde_json::json!({
        "trigger": "user42585527",
        "class_word": "woman",
        "dialect": selfsame_prompt::schema::InputSchema::from_openapi(&mut serde_json::Deserializer::from_str(SCHEMA)).ok(),
        "weights": null,
    });
    #[expect(clippy::expect_used, reason = "a fixture of the tests")]
    serde_json::from_value(model).expect("the fixture is a model")
}
