//! The parameter report: what becomes of each canonical parameter, and why.

use serde::{Deserialize, Serialize};

use crate::parameters::{InputValue, Parameter};
use selfsame_primitives::string_enum;

/// What became of one canonical parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Effect"))]
pub struct ParameterEffect {
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

string_enum! {
    /// What became of a canonical parameter.
    EffectStatus {
        /// Sent under its own name, unchanged.
        Sent = "sent",
        /// Sent unchanged under the name that this version uses.
        Renamed = "renamed",
        /// A preset's value, brought into this version's range and sent.
        Clamped = "clamped",
        /// Not sent: this version has no such input, or there is no value yet.
        Omitted = "omitted",
        /// Sent, but it changes nothing in this combination.
        NoEffect = "no_effect",
    }
}

/// The parameter report: every canonical parameter once, in [`Parameter`]'s order.
pub type ParameterReport = Vec<ParameterEffect>;
