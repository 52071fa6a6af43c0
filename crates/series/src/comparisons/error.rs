//! Why a comparison cannot be planned.

use selfsame_primitives::error::ErrorCode;

use super::AxisParameter;
use crate::plan::MOST_FRAMES;

/// Why a comparison cannot be planned. Axes and values are counted from 0. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComparisonError {
    /// No axis, or more than two.
    #[error("A comparison has one or two axes; this one has {0}.")]
    Axes(usize),
    /// Both axes vary the same parameter.
    #[error("Both axes vary the same parameter. Put all its values on one of them.")]
    SameParameter,
    /// An axis has fewer than two values.
    #[error("There is nothing to compare on this axis: give it at least two values.")]
    TooFewValues {
        /// The axis.
        axis: usize,
    },
    /// The grid has too many cells.
    #[error(
        "A comparison has at most {MOST_FRAMES} cells; this one has {0}. Leave some values out."
    )]
    TooManyCells(usize),
    /// The parameter does not take such a value.
    #[error("{} takes {}.", parameter.title(), parameter.expected())]
    Value {
        /// The axis.
        axis: usize,
        /// The value's position.
        index: usize,
        /// The parameter.
        parameter: AxisParameter,
    },
    /// The axis has the value before.
    #[error("This axis has the same value twice. Leave one of them out.")]
    Repeated {
        /// The axis.
        axis: usize,
        /// The position of the second one.
        index: usize,
    },
}

impl ComparisonError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Axes(_) | Self::TooFewValues { .. } | Self::TooManyCells(_) => {
                ErrorCode::OutOfRange
            }
            Self::SameParameter | Self::Value { .. } | Self::Repeated { .. } => {
                ErrorCode::InvalidValue
            }
        }
    }

    /// The request's field at fault: `axes[0].values[2]`.
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::Axes(_) | Self::TooManyCells(_) => "axes".to_owned(),
            Self::SameParameter => "axes[1].parameter".to_owned(),
            Self::TooFewValues { axis } => format!("axes[{axis}].values"),
            Self::Value { axis, index, .. } | Self::Repeated { axis, index } => {
                format!("axes[{axis}].values[{index}]")
            }
        }
    }
}
