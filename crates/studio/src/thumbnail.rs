//! The smaller versions of a picture that are kept beside it.

use serde::{Deserialize, Serialize};

/// How large a smaller version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThumbnailSize {
    /// 256 pixels on the long side.
    Small,
    /// 512 pixels on the long side.
    Medium,
    /// 1024 pixels on the long side.
    Large,
}

impl ThumbnailSize {
    /// Every size, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Pixels on the long side.
    #[must_use]
    pub const fn side(self) -> u32 {
        match self {
            Self::Small => 256,
            Self::Medium => 512,
            Self::Large => 1024,
        }
    }

    /// The size with so many pixels on the long side.
    #[must_use]
    pub fn of_side(side: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.side() == side)
    }
}

/// A smaller version that is in the object store. It is a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// How large it is.
    pub size: ThumbnailSize,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// The store's entity tag, without quotes.
    pub etag: String,
}
