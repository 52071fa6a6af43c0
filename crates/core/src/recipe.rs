//! What a stored picture keeps so that it can be made again.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::dialect::ProviderInput;

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
