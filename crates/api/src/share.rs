//! Links that show one picture to whoever has them.

use selfsame_primitives::ids::{PictureId, ShareLinkId};
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /api/pictures/{id}/share-links`: makes a link that shows the picture to whoever has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CreateShareLink {
    /// After how many days the link ends, 1-90; by default 7.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub days: Option<u32>,
}

/// A link that shows a picture. The file that it shows has no recipe, and keeps the mark of generated pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShareLink {
    /// Its id, for `DELETE /api/share-links/{id}`, which ends it.
    pub id: ShareLinkId,
    /// The picture.
    pub picture: PictureId,
    /// The address to pass on. It does not tell whose picture it is.
    pub url: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// How often the picture was shown.
    pub views: u32,
}

/// `GET /api/share-links`: the links that have not ended, newest first. There are at most 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShareLinkList {
    /// The links.
    pub share_links: Vec<ShareLink>,
}
