//! A provider's view of one submission, in no provider's words.

use selfsame_api::{Failure, FailureCode, Progress};
use selfsame_primitives::time::Timestamp;

use crate::error::{ProviderError, default_failure};
use crate::text::checked_text;

checked_text!(
    /// A provider's id of a prediction: 1-64 of `A-Z`, `a-z`, `0-9`, `-` and `_`, so it is safe as a path segment.
    /// Replicate's are 26 of `a-z0-9` today; a longer one of tomorrow is still a paid job, so it is accepted.
    ProviderId,
    "a provider's id (1-64 letters, digits, `-` or `_`)",
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
);

/// One look at a prediction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The provider's id.
    pub id: ProviderId,
    /// Where it is.
    pub phase: Phase,
    /// The provider's own progress, once its log shows any.
    pub progress: Option<Progress>,
    /// The seed that the provider's log says it used.
    pub seed: Option<u32>,
    /// Files so far, by index. At least one when succeeded.
    pub outputs: Vec<OutputFile>,
    /// The provider has removed inputs, files and logs (an hour after the end).
    pub data_removed: bool,
    /// When the provider created it, by its clock.
    pub created_at: Option<Timestamp>,
}

impl Prediction {
    /// For the operator's log: why it ended with nothing to show. Nothing when it has something, when somebody
    /// canceled it, or while it is on the way.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match &self.phase {
            Phase::Failed(error) => Some(error.log_cause().as_str()),
            Phase::Aborted => Some("aborted before it started"),
            Phase::Succeeded if self.data_removed => Some("its files are removed"),
            _ => None,
        }
    }
}

/// Where a prediction is. The first two are on the way, the others are ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Accepted; the model is being started.
    Starting,
    /// At work.
    Processing,
    /// Done, with at least one file.
    Succeeded,
    /// Done, with nothing to show.
    Failed(ProviderError),
    /// Ended by a cancel, or by the deadline after the start.
    Canceled,
    /// Ended by the deadline before the start; not billed.
    Aborted,
}

impl Phase {
    /// Nothing will change any more.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Starting | Self::Processing)
    }

    /// What the person is told of this end; nothing for a success or on the way.
    /// A cancel reads as a time-out here: whoever asked for one knows that no failure is to be shown.
    #[must_use]
    pub fn person_failure(&self) -> Option<Failure> {
        match self {
            Self::Starting | Self::Processing | Self::Succeeded => None,
            Self::Failed(error) => Some(error.person_failure()),
            Self::Canceled | Self::Aborted => Some(default_failure(FailureCode::TimedOut)),
        }
    }
}

/// One file that the provider made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Which of the request's pictures it is, from 0: with the seed, what replays it.
    pub index: u32,
    /// Where the provider says it is. Unchecked: only
    /// [`DeliveryHosts::check`](crate::delivery::DeliveryHosts::check) makes it fetchable.
    pub url: String,
}
