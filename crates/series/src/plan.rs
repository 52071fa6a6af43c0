//! The plan of a series: every picture that is asked for together, before anything is sent.

use selfsame_primitives::error::ErrorCode;
use selfsame_primitives::ids::ModelId;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::parameters::InputValue;
use serde::{Deserialize, Serialize};

use crate::comparisons::{AxisParameter, ComparisonError};
use crate::shoots::ShootError;

/// The most frames of a series.
pub const MOST_FRAMES: usize = 64;
/// The most characters of a series' title.
pub const MOST_TITLE_CHARACTERS: usize = 120;

/// What a series makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the series is called.
    pub title: String,
    /// Its frames in order, 1 to [`MOST_FRAMES`].
    pub frames: Vec<Frame>,
}

/// One entry of a series: a shot of a shoot, or a cell of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// What the frame is called: the shot's title, or the cell's values.
    pub title: String,
    /// The place in the grid of a comparison.
    pub place: Option<Place>,
    /// The values of a comparison's axes: what sets this cell apart from the others.
    pub differs: Vec<Difference>,
    /// The model that makes it.
    pub model: ModelId,
    /// What it shows. Its seed is set.
    pub composition: Composition,
}

/// A place in a grid, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Place {
    /// The value of the second axis; 0 without one.
    pub row: u32,
    /// The value of the first axis.
    pub column: u32,
}

/// A parameter that sets a cell apart, and its value there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Difference {
    /// Which parameter.
    pub parameter: AxisParameter,
    /// Its value, as the axis has it.
    pub value: InputValue,
}

/// Why a series cannot be planned. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// A shoot names neither a collection nor compositions.
    #[error("Name a collection, or give a title and 1 to {MOST_FRAMES} compositions.")]
    Nothing,
    /// A field belongs to the other kind of shoot.
    #[error("`{field}` does not go with `{with}`. Leave one of the two out.")]
    Mixed {
        /// The field that does not belong.
        field: &'static str,
        /// What it does not go with.
        with: &'static str,
    },
    /// Compositions go without a title.
    #[error("Give these compositions a title.")]
    NoTitle,
    /// The title is empty or too long.
    #[error("A title has 1 to {MOST_TITLE_CHARACTERS} characters.")]
    Title,
    /// No composition, or too many.
    #[error("A shoot has 1 to {MOST_FRAMES} compositions; this one has {0}.")]
    Compositions(usize),
    /// The collection cannot be planned.
    #[error(transparent)]
    Shoot(#[from] ShootError),
    /// The comparison cannot be planned.
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
}

impl PlanError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Nothing | Self::NoTitle => ErrorCode::MissingField,
            Self::Mixed { .. } => ErrorCode::InvalidValue,
            Self::Title | Self::Compositions(_) => ErrorCode::OutOfRange,
            Self::Shoot(error) => error.code(),
            Self::Comparison(error) => error.code(),
        }
    }

    /// The request's field at fault, dotted: `axes[0].values[2]`.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        match self {
            Self::Nothing | Self::Shoot(ShootError::UnknownShoot) => Some("collection".to_owned()),
            Self::Mixed { field, .. } => Some((*field).to_owned()),
            Self::NoTitle | Self::Title => Some("title".to_owned()),
            Self::Compositions(_) => Some("compositions".to_owned()),
            // A shoot's words are a collection's and the person's outfits. Only the outfits can be at fault.
            Self::Shoot(error) => Some(match error.field()? {
                "wardrobe" => "outfits".to_owned(),
                field => field.to_owned(),
            }),
            Self::Comparison(error) => Some(error.field()),
        }
    }
}

/// A series' title without spaces around it.
///
/// # Errors
///
/// If nothing is left, or more than [`MOST_TITLE_CHARACTERS`] characters.
pub fn title(text: &str) -> Result<String, PlanError> {
    let title = text.trim();
    if (1..=MOST_TITLE_CHARACTERS).contains(&title.chars().count()) {
        Ok(title.to_owned())
    } else {
        Err(PlanError::Title)
    }
}
