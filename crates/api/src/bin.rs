//! The bin: what the person has deleted, until it is gone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Conversation, GenerationSummary};
use selfsame_primitives::ids::{ConversationId, GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;

/// What can lie in the bin, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum BinnedId {
    /// A generation with its pictures, words and recipes.
    Generation(GenerationId),
    /// One picture.
    Picture(PictureId),
    /// A conversation.
    Session(ConversationId),
}

impl BinnedId {
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Generation(id) => id.as_str(),
            Self::Picture(id) => id.as_str(),
            Self::Session(id) => id.as_str(),
        }
    }
}

impl fmt::Display for BinnedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for BinnedId {
    type Err = <ConversationId as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let generation = text.parse().map(Self::Generation);
        let picture = || text.parse().map(Self::Picture);
        let session = |_| text.parse().map(Self::Session);
        generation.or_else(|_| picture()).or_else(session)
    }
}

/// One thing in the bin. Pictures in the bin cannot be seen before they are restored.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BinEntry {
    /// Its id, to restore it or to delete it for good.
    pub id: BinnedId,
    /// When it was deleted.
    pub deleted_at: Timestamp,
    /// When it will be gone: 30 days later.
    pub gone_at: Timestamp,
    /// What it is.
    #[serde(flatten)]
    pub binned: Binned,
}

/// What lies in the bin.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Binned {
    /// The generation, or that of a picture. Its `pictures` are those that a restore brings back.
    Generation(Box<GenerationSummary>),
    /// A conversation.
    Session(Conversation),
}

/// `GET /api/bin`: what was deleted last comes first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BinPage {
    /// At most `limit` (default 20, at most 100).
    pub entries: Vec<BinEntry>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_in_the_bin_is_read_back_as_what_it_names() {
        let at = Timestamp::from_millisecond(1);
        let ids = [
            BinnedId::Generation(GenerationId::mint(at, 1)),
            BinnedId::Picture(PictureId::mint(at, 1)),
            BinnedId::Session(ConversationId::mint(at, 1)),
        ];
        for id in ids {
            assert_eq!(id.to_string().parse(), Ok(id.clone()));
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("\"{id}\""));
            assert_eq!(serde_json::from_str::<BinnedId>(&json).unwrap(), id);
        }
        assert!(
            "mdl_00000000000000000000000000"
                .parse::<BinnedId>()
                .is_err()
        );
    }
}
