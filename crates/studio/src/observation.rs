//! Observations: the outcomes of effects.

use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::outcome::{CancelOutcome, PollOutcome, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Prediction;
use selfsame_provider::redact::Cause;

/// The outcome of an effect. The shell logs its cause; the studio decides what follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// Of a submit. Without an answer (a timeout, a broken connection) it is `SubmitOutcome::Unknown`.
    Submitted(SubmitOutcome),
    /// Of a reconcile. `Found` has every prediction that matches the submission, oldest first. It is empty if there
    /// is none, or if the hinted prediction does not match.
    Reconciled(ReadOutcome<Vec<Prediction>>),
    /// Of a poll.
    Polled(PollOutcome),
    /// Of a cancel.
    Canceled(CancelOutcome),
    /// Of a fetch: the object store has the whole object.
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
        /// Whether another attempt may succeed. It cannot if the file is gone, too large, not a picture or on a
        /// foreign host.
        retryable: bool,
        /// For the log.
        cause: Cause,
    },
    /// Of a deletion: the object is gone.
    ObjectDeleted,
    /// Of a deletion: the object could not be deleted now.
    ObjectKept {
        /// For the log.
        cause: Cause,
    },
}

impl Observation {
    /// Why the effect failed, for the operator's log.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match self {
            Self::Submitted(outcome) => outcome.log_cause(),
            Self::Reconciled(outcome) => outcome.log_cause(),
            Self::Polled(ReadOutcome::Found(prediction))
            | Self::Canceled(ReadOutcome::Found(prediction)) => prediction.log_cause(),
            Self::Polled(outcome) | Self::Canceled(outcome) => outcome.log_cause(),
            Self::PictureFailed { cause, .. } | Self::ObjectKept { cause } => Some(cause.as_str()),
            Self::PictureStored { .. } | Self::ObjectDeleted => None,
        }
    }
}
