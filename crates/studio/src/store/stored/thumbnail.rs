//! A stored list of a picture's smaller versions.

use serde::{Deserialize, Serialize};

use crate::thumbnail::{Thumbnail, ThumbnailSize};

/// One smaller version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredThumbnail {
    side: u32,
    bytes: u64,
    etag: String,
}

impl StoredThumbnail {
    /// Those of the sizes that this release knows.
    pub(crate) fn known(stored: Vec<Self>) -> Vec<Thumbnail> {
        let thumbnail = |stored: Self| {
            Some(Thumbnail {
                size: ThumbnailSize::of_side(stored.side)?,
                bytes: stored.bytes,
                etag: stored.etag,
            })
        };
        stored.into_iter().filter_map(thumbnail).collect()
    }
}

impl From<&Thumbnail> for StoredThumbnail {
    fn from(thumbnail: &Thumbnail) -> Self {
        Self {
            side: thumbnail.size.side(),
            bytes: thumbnail.bytes,
            etag: thumbnail.etag.clone(),
        }
    }
}
