//! How one model version names its inputs, and what that makes of each canonical parameter.
//!
//! A [`Dialect`] is parsed from a version's OpenAPI `Input` schema ([`InputSchema`]) when a model is bound, and
//! stored with the model; mapping never guesses.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::params::{Domain, Parameter};

pub use crate::params::InputValue;

/// The provider's `input` object, keys sorted.
pub type ProviderInput = BTreeMap<String, InputValue>;

/// What became of one canonical parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Effect {
    /// Which parameter.
    pub parameter: Parameter,
    /// What became of it.
    pub status: EffectStatus,
    /// The input's name as sent; absent when nothing is sent.
    pub name: Option<String>,
    /// The value as sent; absent when nothing is sent.
    pub value: Option<InputValue>,
    /// One sentence for the person: why.
    pub reason: String,
}

/// What became of a canonical parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EffectStatus {
    /// Sent under its own name, unchanged.
    Sent,
    /// Sent unchanged under the name that this version uses.
    Renamed,
    /// A preset's value, brought into this version's range and sent.
    Clamped,
    /// Not sent: this version has no such input, or its own default is what is wanted.
    Omitted,
    /// Sent, but it changes nothing in this combination.
    NoEffect,
}

/// The effect report: every canonical parameter once, in [`Parameter`]'s order.
pub type EffectReport = Vec<Effect>;

/// How one model version names its inputs: every known input with its name and domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dialect {
    inputs: Vec<Input>,
    lora: LoraSource,
    names_base: bool,
}

/// An input that takes a canonical parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Input {
    /// Which parameter.
    pub parameter: Parameter,
    /// What this version calls it.
    pub name: String,
    /// What can be sent: what both this version and the product take.
    pub domain: Domain,
    /// What the version takes when nothing is sent, if that is a value of the domain.
    pub default: Option<InputValue>,
}

/// Where the person's LoRA comes from. There is no third case: a version without a LoRA is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LoraSource {
    /// The version carries it: it was trained on the person's face. No reference is ever sent.
    Version,
    /// Every request names it in `lora_weights`; without it the version would run with nobody's face.
    Reference,
}
