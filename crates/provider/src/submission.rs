//! What a studio wants made.

use selfsame_prompt::schema::ProviderInput;
use serde::{Deserialize, Serialize};

use crate::model_ref::VersionId;

/// One paid request. A studio writes it down before it is sent, and compares it with what the provider lists
/// when it never learns the outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The exact version of the person's own model.
    pub version: VersionId,
    /// The provider's `input` object, exactly as composed; nothing is added to it.
    pub input: ProviderInput,
    /// Where the provider may hint at changes; absent when this studio cannot be reached over HTTPS.
    #[serde(default)]
    pub webhook_url: Option<String>,
    /// Seconds after which the provider gives up. Sent as at least [`SHORTEST_CANCEL_AFTER`].
    pub cancel_after_seconds: u32,
}

/// Seconds: the shortest deadline that Replicate takes (providers.md §1.2).
pub const SHORTEST_CANCEL_AFTER: u32 = 5;
