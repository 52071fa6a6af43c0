//! Downloading several pictures as one archive.

use serde::{Deserialize, Serialize};

use super::Selection;

/// `POST /api/pictures/archive`: pictures as one ZIP archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ArchiveRequest {
    /// Which, together at most 4 GB. Those that are named come in that order, those that match a query with the last
    /// stored first.
    pub pictures: Selection,
    /// Whether each picture's recipe lies beside it, as a JSON file.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub recipes: bool,
}
