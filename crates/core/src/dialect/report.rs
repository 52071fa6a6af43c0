//! What becomes of each canonical parameter, and why.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::params::{InputValue, Parameter};

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
    /// One or two sentences for the person: why.
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
    /// Not sent: this version has no such input, or there is no value yet.
    Omitted,
    /// Sent, but it changes nothing in this combination.
    NoEffect,
}

/// The effect report: every canonical parameter once, in [`Parameter`]'s order.
pub type EffectReport = Vec<Effect>;
