//! The state of a conversation, and what the person sees.

use selfsame_prompt::compose::Composition;
use serde::{Deserialize, Serialize};

/// The state of a conversation. Plain data that the page keeps and hands in again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct PictureDraft {
    /// The picture as it would be composed now: slots, own words, number of pictures, explicit values.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Composition>"))]
    pub composition: Composition,
    /// The picture, from 1, whose seed is kept.
    pub like: Option<u32>,
    /// Earlier states, the latest last; at most 20.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<Composition>>"))]
    pub past: Vec<Composition>,
}

impl Default for PictureDraft {
    fn default() -> Self {
        Self {
            composition: Composition {
                pictures: 1,
                ..Composition::default()
            },
            like: None,
            past: Vec::new(),
        }
    }
}

impl From<PictureDraft> for Composition {
    fn from(draft: PictureDraft) -> Self {
        draft.composition
    }
}

/// What the person can see while they speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The seeds of the last generation's pictures, in order.
    pub shown: Vec<u32>,
}

impl Context {
    /// The seed of a picture, from 1.
    pub(super) fn seed_of(&self, picture: u32) -> Option<u32> {
        let index = usize::try_from(picture).ok()?.checked_sub(1)?;
        self.shown.get(index).copied()
    }
}
