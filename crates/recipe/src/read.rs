//! Reads recipes from JSON, more strictly than serde alone: no unknown fields, no duplicates, and only values that the
//! Worker writes.

use std::collections::BTreeMap;

use selfsame_primitives::fields::{self, FieldError, ParseError, Problem};
use selfsame_primitives::string_newtype;
use selfsame_prompt::parameters::whole;
use selfsame_prompt::placement::{Span, SpanSource};
use selfsame_prompt::schema::{InputValue, names};
use serde::{Deserialize, Deserializer, de};

use crate::Recipe;
use crate::id::is_digest;

/// Longest recipe that is read, in bytes. A recipe contains its prompt twice. The longest, 4,000 characters of four bytes,
/// leaves 8,000 bytes for the rest.
pub const MAX_BYTES: usize = 40_000;

/// Most inputs that a recipe names. No model version has half as many.
const MAX_INPUTS: usize = 32;

/// Why a text is not a valid recipe. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// More than [`MAX_BYTES`].
    #[error("This is longer than any recipe.")]
    TooLarge,
    /// Not JSON, cut off, or not an object.
    #[error("This is not a whole recipe: its JSON cannot be read.")]
    NotJson,
    /// A field that no recipe has.
    #[error("A recipe has no field called “{0}”.")]
    UnknownField(String),
    /// A field that every recipe has is missing.
    #[error("The recipe’s “{0}” is missing.")]
    MissingField(String),
    /// A field has a value that it cannot have.
    #[error("The recipe’s “{0}” has a value that no recipe has.")]
    InvalidValue(String),
    /// The parts, joined, are not the prompt.
    #[error("The recipe’s parts are not the words of its prompt: one of the two was changed.")]
    OtherParts,
    /// A recipe, but not in its canonical form: white space, order, escapes, numbers, a field twice or an empty one.
    #[error(
        "The recipe’s text was changed: it means the same, but it is not in the form that its id is made from."
    )]
    NotCanonical,
    /// The text is not the one that the id was made from.
    #[error("The recipe does not match its id: one of the two was changed.")]
    OtherId,
}

impl RecipeError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::UnknownField(_) => "unknown_field",
            Self::MissingField(_) => "missing_field",
            Self::InvalidValue(_) => "invalid_value",
            Self::OtherParts => "other_parts",
            Self::NotCanonical => "not_canonical",
            Self::OtherId => "other_id",
        }
    }

    /// The recipe's field at fault.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::UnknownField(field) | Self::MissingField(field) | Self::InvalidValue(field) => {
                Some(field)
            }
            Self::OtherParts => Some("parts"),
            Self::TooLarge | Self::NotJson | Self::NotCanonical | Self::OtherId => None,
        }
    }
}

impl From<ParseError> for RecipeError {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::Syntax { .. } => Self::NotJson,
            ParseError::DuplicateField { .. } => Self::NotCanonical,
        }
    }
}

impl From<FieldError> for RecipeError {
    /// A missing field is reported as such at the top level only: below it, the field around it is at fault.
    fn from(error: FieldError) -> Self {
        let Some(path) = error.field() else {
            return Self::NotJson;
        };
        let top = path.split(['.', '[']).next().unwrap_or(path);
        let last = path.rsplit('.').next().unwrap_or(path);
        match error.problem() {
            Problem::Unknown { .. } => Self::UnknownField(last.to_owned()),
            Problem::Missing if top == path => Self::MissingField(path.to_owned()),
            _ => Self::InvalidValue(top.to_owned()),
        }
    }
}

/// Reads the JSON of a recipe, canonical or not.
pub(crate) fn recipe(text: &str) -> Result<Recipe, RecipeError> {
    if text.len() > MAX_BYTES {
        return Err(RecipeError::TooLarge);
    }
    let value = fields::parse(text)?;
    let recipe: StrictRecipe = fields::read(&value)?;
    recipe.checked()
}

/// A [`Recipe`] whose fields accept only what the Worker writes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictRecipe {
    builder: Whole,
    #[serde(default)]
    data: Vec<DataVersion>,
    #[serde(default)]
    enhancements: Vec<FileDigest>,
    index: Whole,
    input: BTreeMap<InputName, InputValue>,
    #[serde(default)]
    parts: Vec<StrictSpan>,
    provider: String,
    // Without this attribute, serde would take a missing seed for null.
    #[serde(deserialize_with = "Option::deserialize")]
    seed: Option<Whole>,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictSpan {
    source: SpanSource,
    text: String,
}

string_newtype!(
    /// A data set's name and its version: `quality/reference@1`.
    DataVersion,
    "a data set and its version",
    |text| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte);
        text.split_once('@').is_some_and(|(name, version)| {
            !name.is_empty()
                && name.bytes().all(plain)
                && !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_digit())
        })
    }
);

string_newtype!(
    /// The SHA-256 of a LoRA file, in lower-case hex.
    FileDigest,
    "a SHA-256 in lower-case hex",
    is_digest
);

string_newtype!(
    /// An input's name: with other letters than these, the sort order would depend on the encoding.
    InputName,
    "an input's name",
    |text| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !text.is_empty() && text.bytes().all(plain)
    }
);

/// A whole number, also when it is written with a fraction of zero, as some JSON tools do.
struct Whole(u32);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        whole(f64::deserialize(deserializer)?)
            .and_then(|number| u32::try_from(number).ok())
            .map(Self)
            .ok_or_else(|| de::Error::custom("not a whole number of 32 bits"))
    }
}

impl StrictRecipe {
    fn checked(self) -> Result<Recipe, RecipeError> {
        if !self.data.is_sorted_by(|a, b| a < b) {
            return Err(RecipeError::InvalidValue("data".to_owned()));
        }
        if self.input.len() > MAX_INPUTS {
            return Err(RecipeError::InvalidValue("input".to_owned()));
        }
        let recipe = Recipe {
            builder: self.builder.0,
            data: self.data.iter().map(ToString::to_string).collect(),
            enhancements: self.enhancements.iter().map(ToString::to_string).collect(),
            index: self.index.0,
            input: self
                .input
                .into_iter()
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
            parts: self
                .parts
                .into_iter()
                .map(|part| Span {
                    source: part.source,
                    text: part.text,
                })
                .collect(),
            provider: self.provider,
            seed: self.seed.map(|seed| seed.0),
            version: self.version,
        };
        let parts: String = recipe.parts.iter().map(|part| part.text.as_str()).collect();
        match recipe.input.get(names::PROMPT) {
            _ if recipe.parts.is_empty() => Ok(recipe),
            Some(InputValue::Text(prompt)) if *prompt == parts => Ok(recipe),
            _ => Err(RecipeError::OtherParts),
        }
    }
}
