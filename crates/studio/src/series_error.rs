//! Why a request about a series is refused.

use selfsame_api::ErrorCode;

/// Why a request about a series is refused. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// A generation of the series is under way, so the series cannot be deleted yet.
    #[error(
        "Some of these pictures are still being made. Cancel the rest, or delete the series when they are done."
    )]
    UnderWay,
    /// The frame is under way, so it cannot be made again yet.
    #[error("This picture is still being made. Wait for it, or cancel it first.")]
    FrameUnderWay,
    /// The frame has its pictures, so it can be made again only with a change.
    #[error("This picture has already been made. Change something to make another one.")]
    FrameDone,
    /// A comparison's cells differ along its axes alone.
    #[error(
        "Pictures in a comparison differ only in what it compares. Start a new comparison instead."
    )]
    CellFixed,
    /// The changes of a frame change nothing.
    #[error("Change something, or retry the picture as it is.")]
    NothingChanged,
    /// Two cells of a comparison would send the same.
    #[error(
        "\"{first}\" and \"{second}\" would be the same picture. Leave one of them out, or remove the setting that cancels out the difference."
    )]
    CellsAlike {
        /// The title of one cell.
        first: String,
        /// The title of the other.
        second: String,
    },
    /// The series is a shoot, which is not voted on.
    #[error("Only the pictures of a comparison can be voted on.")]
    NotAComparison,
    /// A picture of a vote is not one of the comparison, or both are of one cell.
    #[error("Choose two pictures from different cells of this comparison.")]
    VoteInvalid {
        /// The vote's field.
        field: &'static str,
    },
}

impl SeriesError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::UnderWay | Self::FrameUnderWay => ErrorCode::GenerationUnderWay,
            Self::FrameDone => ErrorCode::FrameDone,
            Self::CellFixed => ErrorCode::CellFixed,
            Self::NotAComparison => ErrorCode::NotAComparison,
            Self::NothingChanged | Self::CellsAlike { .. } | Self::VoteInvalid { .. } => {
                ErrorCode::InvalidValue
            }
        }
    }

    /// The request's field at fault.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::CellsAlike { .. } => Some("axes"),
            Self::VoteInvalid { field } => Some(field),
            _ => None,
        }
    }
}
