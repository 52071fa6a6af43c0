//! How one model version names its inputs, and what that makes of each canonical parameter.
//!
//! A [`Dialect`] is parsed from a version's OpenAPI `Input` schema ([`InputSchema`]) when a model is bound, and
//! stored with the model; mapping never guesses.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::params::Parameter;

/// A value as the provider receives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum InputValue {
    /// A JSON boolean.
    Bool(bool),
    /// A JSON integer.
    Integer(#[cfg_attr(feature = "typescript", ts(type = "number"))] i64),
    /// A JSON number with a fraction.
    Number(f64),
    /// A JSON string.
    Text(String),
}

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

/// How one model version names its inputs: every known input with its name and range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dialect {}
