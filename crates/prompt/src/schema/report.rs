//! The parameter report: what becomes of each canonical parameter, and a sentence that says why.
//!
//! The sentences follow the input descriptions and the code of the provider's FLUX LoRA predictors.

use selfsame_primitives::string_enum;
use serde::{Deserialize, Serialize};

use super::Input;
use crate::parameters::{InputValue, Megapixels, OutputFormat, Parameter, Parameters};

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

/// For an absent seed.
pub(super) const SEED_NOT_DRAWN: &str = "A seed is drawn when you generate, and kept with the picture. Without one the model would pick from only 65,536.";
/// For the quality of a png file.
pub(super) const PNG_QUALITY: &str = "png keeps every pixel, so quality changes nothing.";

/// For a value that a version without such an input uses anyway; `None` for any other value.
pub(super) fn happens_anyway(parameter: Parameter, value: &InputValue) -> Option<&'static str> {
    match (parameter, value) {
        (Parameter::GoFast, InputValue::Bool(false)) => {
            Some("This model has no fast path: it always runs at full precision.")
        }
        (Parameter::Megapixels, InputValue::Text(size)) if size == Megapixels::One.as_str() => {
            Some("This model has no choice of size: its pictures have about one megapixel.")
        }
        (Parameter::Pictures, InputValue::Integer(1)) => {
            Some("This model makes one picture at a time.")
        }
        _ => None,
    }
}

/// For a preset's value without an input in this version.
pub(super) fn not_taken(value: &InputValue) -> String {
    format!("This model has no such input, so the preset's {value} does nothing.")
}

/// For a preset's value outside the version's range.
pub(super) fn clamped(value: &InputValue, nearest: &InputValue, input: &Input) -> String {
    format!(
        "The preset's {value} is outside what this model takes ({}), so {nearest} is sent.",
        input.domain
    )
}

/// For a value that is sent under another name.
pub(super) fn renamed(input: &Input, parameters: &Parameters) -> String {
    format!(
        "This model calls it {}. {}",
        input.name,
        meaning(input, parameters)
    )
}

/// For a value that is sent under its own name.
pub(super) fn sent(input: &Input, parameters: &Parameters) -> String {
    meaning(input, parameters).to_owned()
}

fn meaning(input: &Input, parameters: &Parameters) -> &'static str {
    match input.parameter {
        Parameter::Guidance => {
            "How closely the picture follows your words; lower looks more natural."
        }
        Parameter::Steps if parameters.steps == 50 => "50 is the most that a model takes.",
        Parameter::Steps => "More steps bring out more detail and take longer in proportion.",
        Parameter::LoraScale if parameters.lora_scale == 0.0 => {
            "At 0 your LoRA is switched off: the picture will not look like you."
        }
        Parameter::LoraScale if parameters.go_fast => {
            "The fast path makes your LoRA act 1.5 times as strongly as this says."
        }
        Parameter::LoraScale => "How strongly your LoRA acts; 0.8 to 1.1 is the useful band.",
        Parameter::AspectRatio => "Width to height.",
        Parameter::Megapixels if parameters.megapixels == Megapixels::Quarter => {
            "A quarter of the pixels: each side is half as long."
        }
        Parameter::Megapixels => "About one million pixels.",
        Parameter::Pictures if parameters.pictures == 1 => "One picture.",
        Parameter::Pictures => {
            "The model's safety checker can keep pictures back, so fewer may arrive."
        }
        Parameter::Seed if parameters.go_fast => {
            "With the fast path, not even a seed makes the same picture again."
        }
        Parameter::Seed if parameters.pictures > 1 => {
            "This seed makes the same pictures again, as long as their number stays the same."
        }
        Parameter::Seed => "This seed makes the same picture again.",
        Parameter::OutputFormat if parameters.output_format == OutputFormat::Png => {
            "Keeps every pixel; the largest files."
        }
        Parameter::OutputFormat => "The kind of file you get.",
        Parameter::OutputQuality => {
            "How finely the file is encoded; the model's drawing stays the same."
        }
        Parameter::GoFast if parameters.go_fast => {
            "Quicker and less precise: not repeatable even with a seed, and your LoRA acts 1.5 times as strongly."
        }
        Parameter::GoFast if input.default == Some(InputValue::Bool(true)) => {
            "Said explicitly, because this model would otherwise take its fast path."
        }
        Parameter::GoFast => "Full precision, so that a seed makes the same picture again.",
    }
}
