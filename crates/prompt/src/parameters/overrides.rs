//! Values that a person sets explicitly.

use serde::{Deserialize, Serialize};

use super::{AspectRatio, Megapixels, OutputFormat, Parameter};

/// Explicit values of a request; what is absent comes from the preset. Raw numbers:
/// [`Parameters::resolve`](super::Parameters::resolve) checks them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// 0-10.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "super::number::serialize_option"
    )]
    pub guidance: Option<f64>,
    /// 1-50.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::number::whole_option"
    )]
    pub steps: Option<u32>,
    /// -1 to 3; 2024 models stop at 2.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "super::number::serialize_option"
    )]
    pub lora_scale: Option<f64>,
    /// One of eleven ratios.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// `"1"` or `"0.25"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub megapixels: Option<Megapixels>,
    /// 1 to 4294967295; when absent, the Worker draws one. 0 is not a seed: a provider replaces it by a random 16-bit number.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::number::whole_option"
    )]
    pub seed: Option<u64>,
    /// `webp`, `jpg` or `png`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<OutputFormat>,
    /// 0-100.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::number::whole_option"
    )]
    pub output_quality: Option<u32>,
    /// The provider's fp8 fast path: not repeatable even with a seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub go_fast: Option<bool>,
}

impl Overrides {
    /// Whether the person set `parameter`. The number of pictures has no preset, so it always counts as set.
    #[must_use]
    pub const fn sets(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Guidance => self.guidance.is_some(),
            Parameter::Steps => self.steps.is_some(),
            Parameter::LoraScale => self.lora_scale.is_some(),
            Parameter::AspectRatio => self.aspect_ratio.is_some(),
            Parameter::Megapixels => self.megapixels.is_some(),
            Parameter::Pictures => true,
            Parameter::Seed => self.seed.is_some(),
            Parameter::OutputFormat => self.output_format.is_some(),
            Parameter::OutputQuality => self.output_quality.is_some(),
            Parameter::GoFast => self.go_fast.is_some(),
        }
    }
}
