//! Fuzz targets: parts of the crates that read what people and providers write, each with what its inputs are made of
//! and the laws that hold for every input.
//!
//! The same targets run on random inputs and on the inputs in `kept/` in the native tests (`tests/laws.rs`), and under
//! libFuzzer (`fuzz_targets/`, `cargo xtask fuzz`).

pub mod condition;
pub mod cookie;
pub mod credential;
pub mod director;
pub mod import;
pub mod lint;
pub mod listing;
pub mod output_url;
pub mod page;
pub mod picture;
pub mod prediction;
pub mod recipe;
pub mod refusal;
pub mod request;
pub mod schema;
pub mod stored_row;
pub mod thumbnail;
pub mod trigger;
pub mod variants;
pub mod webhook;

mod answers;
mod studio;

use std::fmt::Debug;

use serde_json::Value;

/// A part under test.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: the fuzz target's and that of its folder in `kept/`.
    pub name: &'static str,
    /// Pieces that random inputs are put together from.
    pub fragments: fn() -> Vec<Vec<u8>>,
    /// Whole inputs to start from.
    pub known: fn() -> Vec<Vec<u8>>,
    /// Runs the part on an input; the error names the law that is broken. Text is read from the bytes lossily.
    pub check: fn(&[u8]) -> Result<(), String>,
}

impl Target {
    /// Runs the part on an input for libFuzzer.
    ///
    /// # Panics
    /// When the input breaks a law.
    #[expect(clippy::panic, reason = "a panic is how libFuzzer learns of a failure")]
    pub fn run(&self, input: &[u8]) {
        if let Err(broken) = (self.check)(input) {
            panic!("{}: {broken}", self.name);
        }
    }
}

/// Every target.
pub const ALL: [Target; 20] = [
    condition::TARGET,
    cookie::TARGET,
    credential::TARGET,
    director::TARGET,
    import::TARGET,
    lint::TARGET,
    listing::TARGET,
    output_url::TARGET,
    page::TARGET,
    picture::TARGET,
    prediction::TARGET,
    recipe::TARGET,
    refusal::TARGET,
    request::TARGET,
    schema::TARGET,
    stored_row::TARGET,
    thumbnail::TARGET,
    trigger::TARGET,
    variants::TARGET,
    webhook::TARGET,
];

/// Errs unless two results are equal.
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

/// Errs unless a law holds.
fn holds(what: &str, law: bool) -> Result<(), String> {
    if law { Ok(()) } else { Err(what.to_owned()) }
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The texts in a file of `tests/corpus/fragments`.
#[expect(clippy::expect_used, reason = "the files are part of this program")]
fn pieces(json: &str) -> Vec<Vec<u8>> {
    let texts: Vec<String> = serde_json::from_str(json).expect("a list of texts");
    texts.into_iter().map(String::into_bytes).collect()
}

/// The texts under `key` in the cases of a corpus.
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

/// Splits off the first four bytes of an input, which choose the options that the rest is run with.
fn split(input: &[u8]) -> ([usize; 4], String) {
    let (choices, text) = input.split_at_checked(4).unwrap_or((&[0; 4], input));
    let mut chosen = [0; 4];
    for (chosen, byte) in chosen.iter_mut().zip(choices) {
        *chosen = usize::from(*byte);
    }
    (chosen, String::from_utf8_lossy(text).into_owned())
}

/// Puts four bytes before each text that choose the first of every option.
fn with_choices(mut texts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    for text in &mut texts {
        text.splice(0..0, *b"\0\0\0\0");
    }
    texts
}

fn model() -> selfsame_prompt::model::ModelProfile {
    const SCHEMA: &str = include_str!("../../fixtures/schemas/flux-lora-hotswap.json");
    let model = serde_json::json!({
        "trigger": "user42585527",
        "class_word": "woman",
        "dialect": selfsame_prompt::schema::InputSchema::from_openapi(&serde_json::from_str(SCHEMA).unwrap_or_default()).ok(),
        "weights": null,
    });
    #[expect(clippy::expect_used, reason = "a fixture of the tests")]
    serde_json::from_value(model).expect("the fixture is a model")
}
