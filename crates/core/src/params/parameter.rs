//! The canonical parameters: their names, and what each can take before any model version narrows it.

use serde::{Deserialize, Serialize};

use super::{AspectRatio, Domain, Megapixels, OutputFormat};

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

impl Parameter {
    /// Every parameter, in order.
    pub const ALL: [Self; 10] = [
        Self::Guidance,
        Self::Steps,
        Self::LoraScale,
        Self::AspectRatio,
        Self::Megapixels,
        Self::Pictures,
        Self::Seed,
        Self::OutputFormat,
        Self::OutputQuality,
        Self::GoFast,
    ];

    /// The request's field, dotted: `overrides.steps`, `pictures`.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Guidance => "overrides.guidance",
            Self::Steps => "overrides.steps",
            Self::LoraScale => "overrides.lora_scale",
            Self::AspectRatio => "overrides.aspect_ratio",
            Self::Megapixels => "overrides.megapixels",
            Self::Pictures => "pictures",
            Self::Seed => "overrides.seed",
            Self::OutputFormat => "overrides.output_format",
            Self::OutputQuality => "overrides.output_quality",
            Self::GoFast => "overrides.go_fast",
        }
    }

    /// The canonical name: `steps`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let field = self.field();
        field.strip_prefix("overrides.").unwrap_or(field)
    }

    /// What a sentence for the person calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Guidance => "Guidance",
            Self::Steps => "Steps",
            Self::LoraScale => "LoRA strength",
            Self::AspectRatio => "The aspect ratio",
            Self::Megapixels => "The size in megapixels",
            Self::Pictures => "The number of pictures",
            Self::Seed => "The seed",
            Self::OutputFormat => "The file format",
            Self::OutputQuality => "Output quality",
            Self::GoFast => "The fast path",
        }
    }

    /// What the product offers, before a model version narrows it.
    #[must_use]
    pub fn domain(self) -> Domain {
        match self {
            Self::Guidance => Domain::Number {
                min: 0.0,
                max: 10.0,
            },
            Self::Steps => Domain::Integer { min: 1, max: 50 },
            Self::LoraScale => Domain::Number {
                min: -1.0,
                max: 3.0,
            },
            Self::AspectRatio => {
                Domain::choice(AspectRatio::ALL.iter().map(|ratio| ratio.as_str()))
            }
            Self::Megapixels => Domain::choice(Megapixels::ALL.iter().map(|size| size.as_str())),
            Self::Pictures => Domain::Integer { min: 1, max: 4 },
            Self::Seed => Domain::Integer {
                min: 1,
                max: u32::MAX,
            },
            Self::OutputFormat => {
                Domain::choice(OutputFormat::ALL.iter().map(|format| format.as_str()))
            }
            Self::OutputQuality => Domain::Integer { min: 0, max: 100 },
            Self::GoFast => Domain::Boolean,
        }
    }
}
