//! What a studio submits, and the prediction that it becomes, independent of the provider.

use selfsame_api::Progress;
use selfsame_primitives::string_newtype;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::ProviderInput;
use serde::{Deserialize, Serialize};

use crate::error::ProviderError;
use crate::model_ref::VersionId;

/// One paid request. A studio stores it before it is sent, and compares it with what the provider lists if it never
/// learns the outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The exact version of the person's own model.
    pub version: VersionId,
    /// The provider's `input` object, exactly as composed; nothing is added to it.
    pub input: ProviderInput,
    /// Where the provider announces changes; absent if this studio cannot be reached over HTTPS.
    #[serde(default)]
    pub webhook_url: Option<String>,
    /// Seconds after which the provider cancels the prediction. The adapter raises it to the provider's minimum.
    pub cancel_after_seconds: u32,
}

string_newtype!(
    /// A provider's id of a prediction: 1 to 64 of `A-Z`, `a-z`, `0-9`, `-` and `_`, so it is safe as a path segment.
    /// Replicate's ids have 26 of `a-z0-9` today. Longer ones are accepted too, since each stands for a paid job.
    ProviderId,
    "a provider's id (1-64 letters, digits, `-` or `_`)",
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
);

/// The state of a prediction at one point in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The provider's id.
    pub id: ProviderId,
    /// How far it has come.
    pub phase: Phase,
    /// The model has run, for however short a time, so the prediction is billed.
    pub started: bool,
    /// The provider's own progress, once its log shows any.
    pub progress: Option<Progress>,
    /// The seed that was used, according to the provider's log.
    pub seed: Option<u32>,
    /// Files so far, by index. At least one if succeeded.
    pub outputs: Vec<OutputFile>,
    /// The provider has removed inputs, files and logs, which it does an hour after the end.
    pub data_removed: bool,
    /// When the provider created it, by its clock.
    pub created_at: Option<Timestamp>,
}

impl Prediction {
    /// Why it ended without pictures, for the operator's log. `None` for a success with files, for a cancel, and
    /// before the end.
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

/// How far a prediction has come. `Starting` and `Processing` are under way; the others are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Accepted; the model is being started.
    Starting,
    /// The model is running.
    Processing,
    /// Ended with at least one file.
    Succeeded,
    /// Ended without a file.
    Failed(ProviderError),
    /// Ended by a cancel, or by the deadline after the start.
    Canceled,
    /// Ended by the deadline before the start; not billed.
    Aborted,
}

impl Phase {
    /// Whether the prediction has ended.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Starting | Self::Processing)
    }
}

/// One file that the provider made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Which of the request's pictures it is, from 0. Together with the seed it replays the picture.
    pub index: u32,
    /// Where the provider says it is. Unchecked: only
    /// [`DeliveryHosts::check`](crate::delivery::DeliveryHosts::check) makes it fetchable.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use selfsame_api::FailureCode;

    use super::*;

    #[test]
    fn starting_and_processing_are_not_final() {
        let failed = Phase::Failed(ProviderError::new(FailureCode::ProviderFailed, "x"));
        assert!(!Phase::Starting.is_final() && !Phase::Processing.is_final());
        for phase in [Phase::Succeeded, failed, Phase::Canceled, Phase::Aborted] {
            assert!(phase.is_final(), "{phase:?}");
        }
    }

    #[test]
    fn the_log_gives_the_cause_of_an_end_without_pictures() {
        let failed = Phase::Failed(ProviderError::new(FailureCode::ProviderFailed, "no memory"));
        for (phase, data_removed, cause) in [
            (failed, false, Some("no memory")),
            (Phase::Aborted, false, Some("aborted before it started")),
            (Phase::Succeeded, true, Some("its files are removed")),
            (Phase::Succeeded, false, None),
            (Phase::Canceled, true, None),
            (Phase::Starting, false, None),
            (Phase::Processing, false, None),
        ] {
            let prediction = Prediction {
                id: "p1".parse().unwrap(),
                phase,
                started: true,
                progress: None,
                seed: None,
                outputs: Vec::new(),
                data_removed,
                created_at: None,
            };
            assert_eq!(prediction.log_cause(), cause, "{prediction:?}");
        }
    }

    #[test]
    fn a_provider_id_is_one_safe_path_segment() {
        let longest = "a".repeat(64);
        for text in ["gm3qorzdhgbfurvjtvhg6dckhu", "A-b_9", &longest] {
            assert!(text.parse::<ProviderId>().is_ok(), "{text}");
        }
        let too_long = "a".repeat(65);
        for text in ["", "..", "a/b", "a b", "a\n", "é", "a?b", &too_long] {
            assert!(text.parse::<ProviderId>().is_err(), "{text:?}");
        }
    }
}
