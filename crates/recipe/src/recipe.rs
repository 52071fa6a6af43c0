//! What a stored picture keeps so that it can be made again.
//!
//! A [`Recipe`] has one text, its canonical JSON, and the SHA-256 of that text is its [`RecipeId`]: equal recipes
//! are equal bytes, in the browser and at the edge. [`Recipe::parse`] takes that text and no other,
//! [`Recipe::verify`] also holds it against an id, and [`Recipe::replay`] gives the input that makes the picture
//! again, or says what stands in the way.

mod data;
mod error;
mod id;
mod read;
mod replay;
mod sha256;

pub use data::data_versions;
pub use error::RecipeError;
pub use id::RecipeId;
pub use replay::ReplayError;

use serde::{Deserialize, Serialize};

use crate::canonical;
use selfsame_prompt::placement::Span;
use selfsame_prompt::schema::ProviderInput;

/// The builder's version, raised whenever the same request would give another prompt or input. Version 2 takes a
/// zero-width space for a word boundary.
pub const BUILDER_VERSION: u32 = 2;

/// Longest recipe that is read, in bytes. The longest prompt, of 4,000 characters of four bytes, stands in it
/// twice and leaves 8,000.
pub const MAX_BYTES: usize = 40_000;

/// Everything that made one picture. Fields serialise in this (sorted) order. The three that may be absent are
/// absent in the recipes of the first edges, whose bytes stay what they were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Recipe {
    /// [`BUILDER_VERSION`] of the edge that sent it.
    pub builder: u32,
    /// The data that the prompt and the parameters came from, each set with its version, in ascending order:
    /// `["presets@1","quality/reference@1"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub data: Vec<String>,
    /// The enhancement LoRAs beside the person's own, in the order of `input`: the SHA-256 of each file, in
    /// lower-case hex.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub enhancements: Vec<String>,
    /// Which of the request's pictures this is, from 0. A picture replays only with the same seed, count and index.
    pub index: u32,
    /// The provider's `input` object as sent, final prompt included.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, InputValue>"))]
    pub input: ProviderInput,
    /// The final prompt in pieces by origin: which words are the person's, which the trigger, which the quality
    /// specification's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<Span>>"))]
    pub parts: Vec<Span>,
    /// The provider.
    pub provider: String,
    /// The seed that the provider reported, else the one that was sent.
    pub seed: Option<u32>,
    /// The exact model version.
    pub version: String,
}

impl Recipe {
    /// The recipe as canonical JSON (RFC 8785): sorted keys, no white space, one form for every number and
    /// string, and no field that is empty and may be absent.
    ///
    /// A number that JSON has no form for (not a number, infinite) is written as `null`, which no recipe is read
    /// with.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        // Every key of a recipe is a string, so there is always one.
        canonical::write(self).unwrap_or_default()
    }

    /// The SHA-256 of [`canonical_json`](Self::canonical_json).
    #[must_use]
    pub fn id(&self) -> RecipeId {
        RecipeId::of(&self.canonical_json())
    }

    /// Reads canonical JSON, at most [`MAX_BYTES`] of it, and nothing else.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        let recipe = Self::read(text)?;
        if recipe.canonical_json() == text {
            Ok(recipe)
        } else {
            Err(RecipeError::NotCanonical)
        }
    }

    /// Reads canonical JSON whose id is `id`.
    pub fn verify(text: &str, id: &RecipeId) -> Result<Self, RecipeError> {
        let recipe = Self::parse(text)?;
        if RecipeId::of(text) == *id {
            Ok(recipe)
        } else {
            Err(RecipeError::OtherId)
        }
    }

    /// Reads the JSON of a recipe with white space, escapes and fields in any order, as a person may have left it.
    /// What it says is checked as strictly as by [`parse`](Self::parse), and it says nothing twice.
    pub fn read(text: &str) -> Result<Self, RecipeError> {
        read::recipe(text)
    }
}

#[cfg(test)]
mod tests;
