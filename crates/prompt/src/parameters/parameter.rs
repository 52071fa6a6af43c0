//! The canonical parameters, with their names and the values that the product accepts.

use selfsame_primitives::string_enum;

use super::{AspectRatio, Domain, Megapixels, OutputFormat};

string_enum! {
    /// The canonical parameters, in the order of a parameter report.
    #[derive(PartialOrd, Ord)]
    Parameter {
        /// Text adherence (embedded guidance), 0-10.
        Guidance = "guidance",
        /// Denoising steps, 1-50.
        Steps = "steps",
        /// Strength of the person's LoRA, -1 to 3.
        LoraScale = "lora_scale",
        /// Width to height.
        AspectRatio = "aspect_ratio",
        /// Size: one megapixel or a quarter.
        Megapixels = "megapixels",
        /// Pictures in one request, 1-4.
        Pictures = "pictures",
        /// The seed, 1 to 4294967295.
        Seed = "seed",
        /// File format.
        OutputFormat = "output_format",
        /// Encoder quality, 0-100.
        OutputQuality = "output_quality",
        /// The provider's fp8 fast path.
        GoFast = "go_fast",
    }
}

impl Parameter {
    /// The largest scale of any LoRA.
    pub const LORA_SCALE_MAX: f64 = 3.0;

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

    /// Its name in a sentence for the person.
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

    /// The values that the product accepts; a model version can narrow them.
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
                max: Self::LORA_SCALE_MAX,
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
