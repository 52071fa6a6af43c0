//! What became of a request to a provider, and so what to do next.

use selfsame_api::{Failure, FailureCode};

use crate::error::{ProviderError, default_failure};
use crate::prediction::Prediction;
use crate::redact::Cause;

/// What became of a create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// The provider has it.
    Accepted(Prediction),
    /// The provider will not make it, now or later. Nothing was created.
    Refused(ProviderError),
    /// Nothing was created; it may be sent again after so many seconds.
    RetryAfter {
        /// 1 to [`LONGEST_RETRY_AFTER`].
        seconds: u32,
        /// For the log.
        cause: Cause,
    },
    /// Perhaps it was created. Look for it (`reconcile`); never send it again.
    Unknown {
        /// For the log.
        cause: Cause,
    },
}

impl SubmitOutcome {
    /// What the person is told if this is where it ends; nothing when the prediction is well.
    #[must_use]
    pub fn person_failure(&self) -> Option<Failure> {
        match self {
            Self::Accepted(prediction) => prediction.phase.person_failure(),
            Self::Refused(error) => Some(error.person_failure()),
            Self::RetryAfter { .. } => Some(default_failure(FailureCode::ProviderUnavailable)),
            Self::Unknown { .. } => Some(default_failure(FailureCode::OutcomeUnknown)),
        }
    }

    /// What the operator's log says; nothing when accepted and well.
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
    /// What was asked for.
    Found(T),
    /// The provider knows no such thing (404).
    Gone,
    /// Ask again after so many seconds.
    RetryAfter {
        /// 1 to [`LONGEST_RETRY_AFTER`].
        seconds: u32,
        /// For the log.
        cause: Cause,
    },
    /// No usable answer; ask again later. The cause says whether the operator has to act.
    Unavailable {
        /// For the log.
        cause: Cause,
    },
}

/// A prediction as it is now.
pub type PollOutcome = ReadOutcome<Prediction>;
/// A prediction after a cancel. A prediction that had ended already stays as it ended.
pub type CancelOutcome = ReadOutcome<Prediction>;

impl<T> ReadOutcome<T> {
    /// What the person is told if this is where it ends; nothing when found.
    #[must_use]
    pub fn person_failure(&self) -> Option<Failure> {
        match self {
            Self::Found(_) => None,
            Self::Gone => Some(default_failure(FailureCode::ProviderFailed)),
            Self::RetryAfter { .. } | Self::Unavailable { .. } => {
                Some(default_failure(FailureCode::ProviderUnavailable))
            }
        }
    }

    /// What the operator's log says; nothing when found.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match self {
            Self::Found(_) => None,
            Self::Gone => Some("the provider knows no such thing (404)"),
            Self::RetryAfter { cause, .. } | Self::Unavailable { cause } => Some(cause.as_str()),
        }
    }
}

/// Seconds: no wait that a provider asks for is followed for longer than this.
pub const LONGEST_RETRY_AFTER: u32 = 300;
/// Seconds: the wait when a provider throttles without saying for how long.
pub const USUAL_RETRY_AFTER: u32 = 10;
