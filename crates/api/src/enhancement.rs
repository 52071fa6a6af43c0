//! The catalogue of enhancement LoRAs.

use serde::{Deserialize, Serialize};

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::{Enhancement, EnhancementPhrase};

/// An enhancement that a request can name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OfferedEnhancement {
    /// What a preview needs to know about it.
    #[serde(flatten)]
    pub enhancement: Enhancement,
    /// Its licence, or `unknown`.
    pub licence: String,
    /// What the licence means for the studio.
    pub licence_note: String,
    /// One sentence: what it does to a picture.
    pub preview: String,
}

/// `GET /api/enhancements?model=`: what a request can name, by title. With a model, only what can be used with it: nothing
/// if its version takes no LoRA beside the person's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnhancementList {
    /// The enhancements.
    pub enhancements: Vec<OfferedEnhancement>,
}

/// An entry of the catalogue, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CatalogueEntry {
    /// What people see of it.
    #[serde(flatten)]
    pub offered: OfferedEnhancement,
    /// When it was retired; absent while it is offered.
    pub retired_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// `GET /api/operator/enhancements`: the whole catalogue, by title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Catalogue {
    /// Every entry, retired ones too.
    pub enhancements: Vec<CatalogueEntry>,
}

/// `PUT /api/operator/enhancements/{id}`: adds an entry or changes it, and offers it again if it was retired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct PutEnhancement {
    /// Its name in a menu.
    pub title: String,
    /// The LoRA, in its full form: `huggingface.co/owner/repository/file.safetensors`. It is never anybody's own.
    pub reference: String,
    /// The words that it was trained on; absent if it acts without any.
    #[serde(default)]
    pub phrase: Option<EnhancementPhrase>,
    /// The scale if a request names none: from 0 to `max_scale`.
    pub default_scale: f64,
    /// The largest scale, at most 3.
    pub max_scale: f64,
    /// Its licence, or `unknown`.
    pub licence: String,
    /// What the licence means for the studio.
    #[serde(default)]
    pub licence_note: String,
    /// One sentence: what it does to a picture.
    #[serde(default)]
    pub preview: String,
}
