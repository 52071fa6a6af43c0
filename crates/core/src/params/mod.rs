//! Canonical parameters: what a person can set, whatever a model version calls it.
//!
//! A [`Preset`] is a complete starting point; [`Overrides`] are the values a person set explicitly;
//! [`Parameters`] is the two resolved, with every value in its bounds.

mod preset;
mod values;

pub use preset::{PRESETS, Preset, PresetId};
pub use values::{AspectRatio, Megapixels, OutputFormat};

use serde::{Deserialize, Serialize};

/// The canonical parameters, in the order in which an effect report lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Parameter {
    /// Text adherence (embedded guidance), 0-10.
    Guidance,
    /// Denoising steps, 1-50.
    Steps,
    /// Strength of the person's LoRA, -1 to 3.
    LoraScale,
    /// Width to height.
    AspectRatio,
    /// Size: one megapixel or a quarter.
    Megapixels,
    /// Pictures in one request, 1-4.
    Pictures,
    /// The seed, 1 to 4294967295.
    Seed,
    /// File format.
    OutputFormat,
    /// Encoder quality, 0-100.
    OutputQuality,
    /// The provider's fp8 fast path.
    GoFast,
}

/// Explicit values of a request; what is absent comes from the preset. Raw numbers: [`Parameters::resolve`] checks them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// 0-10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<f64>,
    /// 1-50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    /// -1 to 3; 2024 models stop at 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lora_scale: Option<f64>,
    /// One of eleven ratios.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    /// `"1"` or `"0.25"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub megapixels: Option<Megapixels>,
    /// 1 to 4294967295; absent, the edge draws one. 0 is not a seed: a provider replaces it by a random 16-bit number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub seed: Option<u64>,
    /// `webp`, `jpg` or `png`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<OutputFormat>,
    /// 0-100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_quality: Option<u32>,
    /// The provider's fp8 fast path: not repeatable even with a seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub go_fast: Option<bool>,
}

/// A preset with a person's explicit values, every value in its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Parameters {
    /// 0-10.
    pub guidance: f64,
    /// 1-50.
    pub steps: u32,
    /// -1 to 3.
    pub lora_scale: f64,
    /// Width to height.
    pub aspect_ratio: AspectRatio,
    /// Size.
    pub megapixels: Megapixels,
    /// 1-4.
    pub pictures: u32,
    /// 1 to 4294967295; absent until one is drawn.
    pub seed: Option<u32>,
    /// File format.
    pub output_format: OutputFormat,
    /// 0-100.
    pub output_quality: u32,
    /// The provider's fp8 fast path.
    pub go_fast: bool,
}

/// An explicit value that cannot be taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ParameterError {
    /// Which parameter.
    pub parameter: Parameter,
    /// One sentence with the range.
    pub message: alloc::string::String,
}
