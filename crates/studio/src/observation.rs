//! What the shell saw: how an effect went, or what a webhook hints at.

use selfsame_primitives::ids::GenerationId;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::outcome::{CancelOutcome, PollOutcome, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Prediction, ProviderId};
use selfsame_provider::redact::Cause;
use serde::{Deserialize, Serialize};

use crate::Nonce;

/// How an effect went. The shell logs the causes; the studio acts on what they amount to.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// Of a submit. Without any answer (a time-out, a broken connection) it is `SubmitOutcome::Unknown`.
    Submitted(SubmitOutcome),
    /// Of a reconcile: `Found` holds every prediction whose version and input are the submission's, oldest first,
    /// and is empty when there is none. A hinted prediction that is another's is an empty `Found`, too.
    Reconciled(ReadOutcome<Vec<Prediction>>),
    /// Of a poll.
    Polled(PollOutcome),
    /// Of a cancel.
    CancelAnswered(CancelOutcome),
    /// Of a fetch: the whole object is in the store.
    PictureStored {
        /// Its format, by its bytes.
        format: OutputFormat,
        /// Its size in bytes.
        bytes: u64,
        /// The store's entity tag, without quotes.
        etag: String,
    },
    /// Of a fetch: nothing is stored.
    PictureFailed {
        /// Another try may succeed. Not so for a file that is gone, too large, no picture or on a foreign host.
        retryable: bool,
        /// For the log.
        cause: Cause,
    },
    /// Of a deletion: the object is gone.
    ObjectDeleted,
    /// Of a deletion: it could not be done now.
    ObjectKept {
        /// For the log.
        cause: Cause,
    },
}

/// A verified webhook: only ever a reason to look. One for another generation, with another nonce, or heard before is
/// ignored, and the sender learns no difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// The webhook's own id, the same over its retries.
    pub webhook_id: String,
    /// From the address it came to.
    pub generation: GenerationId,
    /// From the address it came to; a hint with another nonce than the generation's is ignored.
    pub nonce: Nonce,
    /// The prediction it speaks of.
    pub provider_id: ProviderId,
}
