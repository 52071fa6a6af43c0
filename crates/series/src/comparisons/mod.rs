//! Comparisons: one composition and one seed, varied along one or two axes. Each pair of values is a cell of a grid, and a
//! cell differs from the others in its values alone.

mod axis;
mod error;
mod preference;
mod request;

pub use axis::{Axis, AxisParameter};
pub use error::ComparisonError;
pub use preference::{INTERVAL_SOURCE, Interval, wilson_interval};
pub use request::NewComparison;
