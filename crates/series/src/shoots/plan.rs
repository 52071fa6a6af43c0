//! What goes into an expansion and what comes out.

use serde::{Deserialize, Serialize};

use selfsame_prompt::compose::{ComposeError, Composition};
use selfsame_prompt::parameters::{AspectRatio, PresetId};

/// A shoot as a menu shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootListing {
    /// Stable name.
    pub id: &'static str,
    /// Raised whenever one of its prompts changes.
    pub version: u32,
    /// Its title.
    pub title: &'static str,
    /// Where its parameters start from.
    pub preset: PresetId,
    /// The titles of its looks.
    pub looks: Vec<&'static str>,
    /// The titles of its shots, 8-12; the position is the index.
    pub scenes: Vec<&'static str>,
}

/// Which pictures are wanted of a shoot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ShootRequest {
    /// The shoot's stable name.
    pub shoot: String,
    /// The seed of the first shot; each further one counts up from it.
    pub base_seed: u32,
    /// One outfit for every shot, instead of the looks' own.
    #[serde(default)]
    pub wardrobe: Option<Vec<String>>,
    /// The indices of the shots that are wanted; absent: all.
    #[serde(default)]
    pub shots: Option<Vec<u32>>,
}

/// A shoot for one model, before anything is sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootPlan {
    /// The shoot's stable name.
    pub shoot: &'static str,
    /// The version of its data.
    pub version: u32,
    /// In the order of the shoot.
    pub shots: Vec<PlannedShot>,
    /// How many they are.
    pub count: u32,
    /// What they take.
    pub cost: ShootCost,
}

/// One picture of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PlannedShot {
    /// Its place in the shoot.
    pub index: u32,
    /// The look's title.
    pub look: &'static str,
    /// The scene's title.
    pub scene: &'static str,
    /// The final prompt.
    pub prompt: String,
    /// Its seed.
    pub seed: u32,
    /// Its shape.
    pub aspect_ratio: AspectRatio,
    /// Where its parameters start from.
    pub preset: PresetId,
    /// What to ask for to get this picture.
    pub composition: Composition,
}

/// What a plan takes. There is no price in it: providers bill by the picture or by the second, and change both, so
/// these are the units that a price can be worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShootCost {
    /// Pictures.
    pub pictures: u32,
    /// Denoising steps of all pictures together.
    pub steps: u32,
    /// An estimate of the GPU's seconds for those steps, without queueing and starting up: about seven steps a second
    /// (source: the progress lines in the provider's logs; never measured here).
    pub gpu_seconds: u32,
}

/// Why a shoot cannot be expanded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ShootError {
    /// No collection has this name.
    #[error("There is no photoshoot of this name.")]
    UnknownShoot,
    /// The collection has no such shot.
    #[error("This photoshoot has {shots} shots, counted from 0; there is no shot {index}.")]
    UnknownShot {
        /// The index that was asked for.
        index: u32,
        /// How many shots there are.
        shots: u32,
    },
    /// An empty list of shots.
    #[error("Choose at least one shot.")]
    NoShots,
    /// One of the pictures cannot be composed.
    #[error(transparent)]
    Compose(#[from] ComposeError),
}

impl ShootError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownShoot => "unknown_shoot",
            Self::UnknownShot { .. } => "unknown_shot",
            Self::NoShots => "no_shots",
            Self::Compose(_) => "compose",
        }
    }

    /// The request's field at fault.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownShoot => Some("shoot"),
            Self::UnknownShot { .. } | Self::NoShots => Some("shots"),
            Self::Compose(_) => Some("wardrobe"),
        }
    }
}
