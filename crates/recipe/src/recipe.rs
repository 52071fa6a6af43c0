//! The record of how a picture was made.

use selfsame_primitives::ids::EnhancementId;
use selfsame_prompt::enhancement::EnhancementEffect;
use selfsame_prompt::parameters::PRESETS_VERSION;
use selfsame_prompt::placement::{QUALITY_SPECS, QualityId, Span};
use selfsame_prompt::schema::ProviderInput;
use serde::{Deserialize, Serialize};

use crate::{RecipeError, RecipeId, canonical, read};

/// The builder's version, raised whenever the same request would give another prompt or input. Version 2 takes a
/// zero-width space for a word boundary.
pub const BUILDER_VERSION: u32 = 2;

/// Everything that made one picture. Fields serialise in this (sorted) order. The first releases
/// had no optional fields. These are left out when empty, so early recipes keep their bytes and ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Recipe {
    /// [`BUILDER_VERSION`] of the Worker that sent it.
    pub builder: u32,
    /// The data that the prompt and the parameters came from, each set with its version, in ascending order:
    /// `["presets@1","quality/reference@1"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub data: Vec<String>,
    /// The SHA-256 of each enhancement LoRA's file, in the order of `input` and in lower-case hex. This studio knows no
    /// digests and leaves it empty: `data` has its enhancements, `enhancement/face-realism@1`.
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
    /// The recipe as canonical JSON (RFC 8785): sorted keys, no white space, one form for every number and string,
    /// and no optional field that is empty.
    ///
    /// A number that JSON cannot hold (NaN, infinite) is written as `null`, which [`parse`](Self::parse) refuses.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        // Writing fails only for keys that are not strings; a recipe has none.
        canonical::write(self).unwrap_or_default()
    }

    /// The SHA-256 of [`canonical_json`](Self::canonical_json).
    #[must_use]
    pub fn id(&self) -> RecipeId {
        RecipeId::of(&self.canonical_json())
    }

    /// Reads canonical JSON, at most [`MAX_BYTES`](crate::MAX_BYTES) of it, and nothing else.
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

    /// Reads the JSON of a recipe in any layout: white space, escapes, numbers in any form, fields in any order. The
    /// content is checked as strictly as by [`parse`](Self::parse), and duplicate fields are refused.
    pub fn read(text: &str) -> Result<Self, RecipeError> {
        read::recipe(text)
    }
}

/// The data that a composition uses, each set with its version and in ascending order: its enhancements, the presets, and
/// its quality specification.
#[must_use]
pub fn data_versions(quality: QualityId, enhancements: &[EnhancementEffect]) -> Vec<String> {
    let spec = QUALITY_SPECS.iter().find(|spec| spec.id == quality);
    let version = spec.map_or(0, |spec| spec.version);
    let enhancements = enhancements.iter();
    let mut data: Vec<String> = enhancements
        .map(|effect| enhancement_version(&effect.id, effect.version))
        .collect();
    data.sort();
    data.extend([
        format!("presets@{PRESETS_VERSION}"),
        format!("quality/{}@{version}", quality.as_str()),
    ]);
    data
}

/// An enhancement in the catalogue and its version, as `data` has it.
pub(crate) fn enhancement_version(id: &EnhancementId, version: u32) -> String {
    format!("enhancement/{id}@{version}")
}
