//! What a stored picture keeps so that it can be made again.

mod canonical;

use alloc::borrow::ToOwned;
use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::dialect::{InputValue, ProviderInput, names};

/// The builder's version, raised whenever the same request would give another prompt or input.
pub const BUILDER_VERSION: u32 = 1;

/// Everything that made one picture. Keys serialise in this (sorted) order, so equal recipes are equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Recipe {
    /// [`BUILDER_VERSION`] of the edge that sent it.
    pub builder: u32,
    /// Which of the request's pictures this is, from 0. A picture replays only with the same seed, count and index.
    pub index: u32,
    /// The provider's `input` object as sent, final prompt included.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, InputValue>"))]
    pub input: ProviderInput,
    /// The provider.
    pub provider: String,
    /// The seed that the provider reported, else the one that was sent.
    pub seed: Option<u32>,
    /// The exact model version.
    pub version: String,
}

impl Recipe {
    /// The recipe of picture `index` of a request that was sent as `input` to `version`, by this builder.
    /// `reported_seed` is the seed that the provider says it used.
    #[must_use]
    pub fn of(
        provider: &str,
        version: &str,
        input: ProviderInput,
        index: u32,
        reported_seed: Option<u32>,
    ) -> Self {
        let sent_seed = match input.get(names::SEED) {
            Some(InputValue::Integer(seed)) => u32::try_from(*seed).ok(),
            _ => None,
        };
        Self {
            builder: BUILDER_VERSION,
            index,
            provider: provider.to_owned(),
            seed: reported_seed.or(sent_seed),
            version: version.to_owned(),
            input,
        }
    }

    /// The recipe as canonical JSON (RFC 8785): sorted keys, no white space, one form for every number and
    /// string. Equal recipes are equal bytes, in the browser and at the edge.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        canonical::write(self)
    }
}

#[cfg(test)]
mod tests;
