//! The four shipped presets (source: the reference recipe's two parameter sets, and the provider's advice that
//! 2 to 3.5 are good guidance values).

use serde::Serialize;

use selfsame_primitives::string_enum;

use super::{AspectRatio, Megapixels, OutputFormat};

string_enum! {
    /// A preset's stable name.
    #[derive(Default)]
    PresetId {
        /// 3.5 / 50 / 100.
        #[default]
        Likeness = "likeness",
        /// 2.8 / 35 / 95.
        Classic = "classic",
        /// 2.5 / 28 / 95.
        Natural = "natural",
        /// 3.0 / 35 / 95.
        Balanced = "balanced",
    }
}

impl PresetId {
    /// The preset with this id.
    #[must_use]
    pub const fn get(self) -> &'static Preset {
        match self {
            Self::Likeness => &PRESETS[0],
            Self::Classic => &PRESETS[1],
            Self::Natural => &PRESETS[2],
            Self::Balanced => &PRESETS[3],
        }
    }
}

/// A complete set of starting values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preset {
    /// Stable name.
    pub id: PresetId,
    /// What a menu shows.
    pub title: &'static str,
    /// One sentence on when to start from it.
    pub description: &'static str,
    /// One or two sentences on what is known about it, and who says so.
    pub evidence: &'static str,
    /// 0-10.
    #[serde(serialize_with = "super::number::serialize")]
    pub guidance: f64,
    /// 1-50.
    pub steps: u32,
    /// -1 to 3.
    #[serde(serialize_with = "super::number::serialize")]
    pub lora_scale: f64,
    /// Width to height.
    pub aspect_ratio: AspectRatio,
    /// Size.
    pub megapixels: Megapixels,
    /// File format.
    pub output_format: OutputFormat,
    /// 0-100.
    pub output_quality: u32,
    /// The provider's fp8 fast path.
    pub go_fast: bool,
}

const fn preset(
    id: PresetId,
    title: &'static str,
    description: &'static str,
    evidence: &'static str,
    guidance: f64,
    steps: u32,
    output_quality: u32,
) -> Preset {
    Preset {
        id,
        title,
        description,
        evidence,
        guidance,
        steps,
        lora_scale: 1.0,
        aspect_ratio: AspectRatio::Portrait4x5,
        megapixels: Megapixels::One,
        output_format: OutputFormat::Webp,
        output_quality,
        go_fast: false,
    }
}

/// Raised whenever a value of a preset changes.
pub const PRESETS_VERSION: u32 = 1;

/// Every preset, the default first.
pub static PRESETS: [Preset; 4] = [
    preset(
        PresetId::Likeness,
        "Likeness",
        "A starting point that puts your features first: the most steps, close to your words.",
        "The recipe that these values come from says that they keep a face better than its earlier ones. That is its claim; nobody has measured it here.",
        3.5,
        50,
        100,
    ),
    preset(
        PresetId::Classic,
        "Classic",
        "A starting point with a softer hand: the earlier recipe, about a third quicker.",
        "The earlier values of the same recipe, which it calls good quality. Nobody has measured them here.",
        2.8,
        35,
        95,
    ),
    preset(
        PresetId::Natural,
        "Natural",
        "A starting point for candid light and skin: the lowest guidance, the quickest.",
        "The provider names 2.5 among the guidance values worth trying, and lower ones tend to look more natural. The rest is our choice.",
        2.5,
        28,
        95,
    ),
    preset(
        PresetId::Balanced,
        "Balanced",
        "A starting point between the two: follows your words without insisting.",
        "The provider's own default for guidance, with the other values of Classic. Nothing else is known about it.",
        3.0,
        35,
        95,
    ),
];
