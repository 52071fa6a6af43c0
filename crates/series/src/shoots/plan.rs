//! Requests for photoshoots, and their plans.

use std::collections::BTreeMap;

use selfsame_primitives::error::ErrorCode;
use selfsame_primitives::text::plural;
use selfsame_prompt::compose::{ComposeError, Composition};
use selfsame_prompt::parameters::{AspectRatio, Overrides, PresetId};
use serde::{Deserialize, Serialize};

/// A shoot as a menu shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootListing {
    /// The stable id.
    pub id: &'static str,
    /// Raised whenever one of its prompts changes.
    pub version: u32,
    /// The title in the menu.
    pub title: &'static str,
    /// The preset that the parameters start from.
    pub preset: PresetId,
    /// The titles of the looks.
    pub looks: Vec<&'static str>,
    /// The titles of the 8 to 12 shots. The position is the index.
    pub scenes: Vec<&'static str>,
}

/// Which pictures of a photoshoot are wanted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ShootRequest {
    /// The stable id of the shoot.
    pub shoot: String,
    /// The seed of the first shot. The seeds of the others count up from it.
    pub base_seed: u32,
    /// One outfit for every shot. Absent: those of the looks.
    #[serde(default)]
    pub wardrobe: Option<Vec<String>>,
    /// Outfits by the title of the look that wears them, instead of `wardrobe` and the look's own.
    #[serde(default)]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<BTreeMap<String, Vec<String>>>")
    )]
    pub outfits: BTreeMap<String, Vec<String>>,
    /// The title of one look. Absent: all looks.
    #[serde(default)]
    pub look: Option<String>,
    /// The indices of the wanted shots. Absent: all.
    #[serde(default)]
    pub shots: Option<Vec<u32>>,
    /// The preset instead of the shoot's.
    #[serde(default)]
    pub preset: Option<PresetId>,
    /// Explicit values for every shot. Their seed is not used: `base_seed` is.
    #[serde(default)]
    pub overrides: Option<Overrides>,
}

/// The plan of a photoshoot for one model, before anything is sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootPlan {
    /// The stable id of the shoot.
    pub shoot: &'static str,
    /// The version of its data.
    pub version: u32,
    /// The pictures in the order of the shoot.
    pub shots: Vec<PlannedShot>,
    /// The number of pictures.
    pub count: u32,
    /// What the pictures take.
    pub cost: ShootCost,
}

/// One picture of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PlannedShot {
    /// The index in the shoot.
    pub index: u32,
    /// The title of the look.
    pub look: &'static str,
    /// The title of the shot.
    pub scene: &'static str,
    /// The final prompt.
    pub prompt: String,
    /// The seed.
    pub seed: u32,
    /// The aspect ratio.
    pub aspect_ratio: AspectRatio,
    /// The preset that the parameters start from.
    pub preset: PresetId,
    /// The composition that gives this picture.
    pub composition: Composition,
}

/// What a plan takes, in the units that providers bill by. There is no price, because providers change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootCost {
    /// The number of pictures.
    pub pictures: u32,
    /// The denoising steps of all pictures together.
    pub steps: u32,
    /// Estimated GPU seconds for those steps, at about seven steps a second, without queueing and start-up. Source: the
    /// progress lines in the provider's logs; not measured.
    pub gpu_seconds: u32,
}

/// An estimate. Source: the progress lines in the logs of the provider's FLUX LoRA models.
const STEPS_A_SECOND: u32 = 7;

impl ShootCost {
    /// What `pictures` with `steps` in all take.
    #[must_use]
    pub const fn of(pictures: u32, steps: u32) -> Self {
        Self {
            pictures,
            steps,
            gpu_seconds: steps.div_ceil(STEPS_A_SECOND),
        }
    }
}

/// Why a photoshoot cannot be planned.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ShootError {
    /// No shoot has this id.
    #[error("There is no photoshoot of this name.")]
    UnknownShoot,
    /// The shoot has no shot with this index.
    #[error("This photoshoot has {}, counted from 0; there is no shot {index}.", plural(*shots, "shot"))]
    UnknownShot {
        /// The index that was asked for.
        index: u32,
        /// The number of shots.
        shots: u32,
    },
    /// The shoot has no look with this title.
    #[error("This photoshoot has no look called \"{0}\".")]
    UnknownLook(String),
    /// An outfit is for a look that the shoot does not have.
    #[error("This photoshoot has no look called \"{0}\" that could wear the outfit.")]
    UnknownOutfit(String),
    /// No shot is left.
    #[error("Choose at least one shot.")]
    NoShots,
    /// One of the pictures cannot be composed.
    #[error(transparent)]
    Compose(#[from] ComposeError),
}

impl ShootError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Compose(error) => error.code(),
            _ => ErrorCode::InvalidValue,
        }
    }

    /// The request's field at fault.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownShoot => Some("shoot"),
            Self::UnknownLook(_) => Some("look"),
            Self::UnknownOutfit(_) => Some("outfits"),
            Self::UnknownShot { .. } | Self::NoShots => Some("shots"),
            Self::Compose(
                ComposeError::EmptyPrompt
                | ComposeError::Prompt(_)
                | ComposeError::TooManyTokens(_),
            ) => Some("wardrobe"),
            Self::Compose(error) => error.field(),
        }
    }
}
