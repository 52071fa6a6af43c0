//! The stored plan of a series: what each frame is, beside the generations that it has.

use selfsame_prompt::parameters::InputValue;
use selfsame_series::comparisons::{Axis, AxisParameter};
use selfsame_series::{Difference, Frame, Place};
use serde::{Deserialize, Serialize};

/// What a comparison varies, and the frames in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPlan {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    axes: Vec<StoredAxis>,
    pub(crate) frames: Vec<StoredFrame>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredAxis {
    parameter: AxisParameter,
    values: Vec<InputValue>,
}

/// A frame. Only a cell has a place and differences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredFrame {
    pub(crate) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<StoredPlace>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    differs: Vec<StoredDifference>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct StoredPlace {
    row: u32,
    column: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredDifference {
    parameter: AxisParameter,
    value: InputValue,
}

impl StoredPlan {
    pub(crate) fn new(axes: &[Axis], frames: &[Frame]) -> Self {
        Self {
            axes: axes.iter().cloned().map(StoredAxis::from).collect(),
            frames: frames.iter().map(StoredFrame::from).collect(),
        }
    }

    pub(crate) fn axes(&self) -> Vec<Axis> {
        let axis = |stored: &StoredAxis| Axis {
            parameter: stored.parameter,
            values: stored.values.clone(),
        };
        self.axes.iter().map(axis).collect()
    }
}

impl From<Axis> for StoredAxis {
    fn from(axis: Axis) -> Self {
        Self {
            parameter: axis.parameter,
            values: axis.values,
        }
    }
}

impl From<&Frame> for StoredFrame {
    fn from(frame: &Frame) -> Self {
        let place = |place: Place| StoredPlace {
            row: place.row,
            column: place.column,
        };
        let differs = |difference: &Difference| StoredDifference {
            parameter: difference.parameter,
            value: difference.value.clone(),
        };
        Self {
            title: frame.title.clone(),
            place: frame.place.map(place),
            differs: frame.differs.iter().map(differs).collect(),
        }
    }
}

impl StoredFrame {
    pub(crate) fn place(&self) -> Option<Place> {
        self.place
            .map(|StoredPlace { row, column }| Place { row, column })
    }

    pub(crate) fn differs(&self) -> Vec<Difference> {
        let difference = |stored: &StoredDifference| Difference {
            parameter: stored.parameter,
            value: stored.value.clone(),
        };
        self.differs.iter().map(difference).collect()
    }
}
