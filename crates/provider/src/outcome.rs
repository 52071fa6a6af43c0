//! What became of a request to a provider, and so what to do next.

use crate::error::ProviderError;
use crate::prediction::Prediction;
use crate::redact::Cause;

/// The longest wait, in seconds, that a provider can ask for.
pub(crate) const MAX_RETRY_AFTER: u32 = 300;
/// The wait, in seconds, if a provider throttles without saying for how long.
pub(crate) const DEFAULT_RETRY_AFTER: u32 = 10;

/// What became of a create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// The provider created the prediction.
    Accepted(Prediction),
    /// The provider will not create it, now or later. Nothing was created.
    Refused(ProviderError),
    /// Nothing was created, and the request may be sent again.
    RetryAfter {
        /// How long to wait: 1 to 300 seconds.
        seconds: u32,
        /// For the log.
        cause: Cause,
    },
    /// It may have been created. Look for it with [`reconcile`](crate::replicate::reconcile); never send it again.
    Unknown {
        /// For the log.
        cause: Cause,
    },
}

impl SubmitOutcome {
    /// What the operator's log says; `None` for a prediction that has not failed.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match self {
            Self::Accepted(prediction) => prediction.log_cause(),
            Self::Refused(error) => Some(error.log_cause().as_str()),
            Self::RetryAfter { cause, .. } | Self::Unknown { cause } => Some(cause.as_str()),
        }
    }
}

/// What became of a request that may safely be repeated: a read, or a cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOutcome<T> {
    /// The requested data.
    Found(T),
    /// The provider responded with 404 or 410.
    Gone,
    /// The provider throttles.
    RetryAfter {
        /// How long to wait: 1 to 300 seconds.
        seconds: u32,
        /// For the log.
        cause: Cause,
    },
    /// No usable response; ask again later. The cause says whether the operator has to act.
    Unavailable {
        /// For the log.
        cause: Cause,
    },
}

/// What became of a deletion, which may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeletionOutcome {
    /// The provider deletes it, or it does not exist.
    Deleted,
    /// The provider will not delete it, now or later.
    Refused {
        /// For the log.
        cause: Cause,
    },
    /// No usable response; ask again later.
    Unavailable {
        /// For the log.
        cause: Cause,
    },
}

/// The predictions that match a submission, as far as the provider's list could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Every match that was found, oldest first.
    pub predictions: Vec<Prediction>,
    /// Whether everything that could match was read. If not, a prediction that is missing here may exist all the same.
    pub complete: bool,
}

/// A prediction in its current state.
pub type PollOutcome = ReadOutcome<Prediction>;
/// A prediction after a cancel. One that had already ended keeps its end.
pub type CancelOutcome = ReadOutcome<Prediction>;

impl<T> ReadOutcome<T> {
    /// What the operator's log says; `None` if found.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match self {
            Self::Found(_) => None,
            Self::Gone => Some("the provider answered that it does not exist"),
            Self::RetryAfter { cause, .. } | Self::Unavailable { cause } => Some(cause.as_str()),
        }
    }
}
