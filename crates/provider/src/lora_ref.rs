//! The grammar of LoRA references: what `lora_weights` of a FLUX version takes (providers.md §3.2).
//!
//! Only an operator ever writes one, when a model without weights of its own is bound; a client never does. Every
//! spelling of the same weights is brought into one form, because a claim on them has to be unique.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model_ref::ModelName;

mod grammar;

/// Characters at most: a signed URL is about 1,500.
const LONGEST: usize = 2_048;

/// The text is no LoRA reference that a version could load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a LoRA reference: write `owner/name` (a model at Replicate), `huggingface.co/owner/repository/file.safetensors`, `civitai.com/models/1234` or `https://host/file.safetensors`"
)]
pub struct LoraRefError;

impl LoraRefError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "lora_reference"
    }
}

/// A well-formed LoRA reference in its one normal form.
#[derive(Clone, PartialEq, Eq)]
pub struct LoraRef {
    normal: String,
    claim_key: String,
    model: Option<ModelName>,
}

impl LoraRef {
    /// What is sent as `lora_weights`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.normal
    }

    /// What exactly one person may claim: `replicate:owner/name` for a model at Replicate, whatever its version,
    /// else `weights:` and the reference without a signature. Lower case, so another spelling is no second claim.
    #[must_use]
    pub fn claim_key(&self) -> &str {
        &self.claim_key
    }

    /// The model at Replicate whose weights these are, when they are one's.
    #[must_use]
    pub const fn replicate_model(&self) -> Option<&ModelName> {
        self.model.as_ref()
    }

    /// Weights at `normal`, which are what `identity` says, whatever signature or version comes with it.
    fn weights(normal: String, identity: &str) -> Self {
        Self {
            claim_key: format!("weights:{}", identity.to_ascii_lowercase()),
            normal,
            model: None,
        }
    }

    /// The weights that a model at Replicate carries; `version` is empty or begins with a slash.
    fn model(model: ModelName, version: &str) -> Self {
        Self {
            normal: format!("{model}{version}"),
            claim_key: model.claim_key(),
            model: Some(model),
        }
    }
}

impl FromStr for LoraRef {
    type Err = LoraRefError;

    fn from_str(text: &str) -> Result<Self, LoraRefError> {
        // No loader resolves dots in a path the way a claim would have to.
        if text.len() > LONGEST || text.contains("..") || text.contains("/./") {
            return Err(LoraRefError);
        }
        grammar::read(text).ok_or(LoraRefError)
    }
}

impl fmt::Debug for LoraRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoraRef({})", crate::redact::redact(&self.normal))
    }
}

impl Serialize for LoraRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.normal)
    }
}

impl<'de> Deserialize<'de> for LoraRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
