//! Why a model says it failed.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::FailureCode;

use crate::error::ProviderError;
use crate::pattern;

/// The first pattern that matches decides. The safety filter's sentence is cog-flux's own (providers.md §0.7); the
/// other patterns are careful guesses, and what none of them knows is the provider's failure.
static REASONS: LazyLock<[(Regex, FailureCode); 3]> = LazyLock::new(|| {
    [
        (r"(?i-u)\bNSFW\b|flagged as sensitive", FailureCode::FilteredBySafety),
        (
            r"(?i-u:(could not|failed to|unable to|cannot) (find|load|download))[^.]{0,60}(?i-u:\b(lora|weights)\b)",
            FailureCode::ModelUnavailable,
        ),
        (r"(?i-u)\btimed out\b|\btimeout\b", FailureCode::TimedOut),
    ]
    .map(|(source, code)| (pattern::constant(source), code))
});

/// The failure that a model's `error` text stands for. The text itself goes to the log only.
pub(super) fn problem(error: Option<&str>) -> ProviderError {
    let Some(error) = error.filter(|error| !error.trim().is_empty()) else {
        return ProviderError::new(FailureCode::ProviderFailed, "failed without a reason");
    };
    let code = REASONS
        .iter()
        .find(|(reason, _)| reason.is_match(error))
        .map_or(FailureCode::ProviderFailed, |(_, code)| *code);
    ProviderError::new(code, error)
}

#[cfg(test)]
mod tests {
    use super::super::bodies::NSFW;
    use super::*;

    #[test]
    fn known_reasons_have_a_code_and_stay_in_the_log() {
        for (error, code) in [
            (NSFW, FailureCode::FilteredBySafety),
            (
                "Failed to download weights https://h/x.tar?sig=S: 404",
                FailureCode::ModelUnavailable,
            ),
            ("Prediction timed out", FailureCode::TimedOut),
            ("CUDA out of memory", FailureCode::ProviderFailed),
        ] {
            let problem = problem(Some(error));
            assert_eq!(problem.code(), code, "{error}");
            assert!(!problem.log_cause().as_str().is_empty());
            assert!(!problem.log_cause().as_str().contains("sig=S"));
            assert_ne!(problem.person_failure().message, error);
        }
        for error in [None, Some(""), Some(" \n")] {
            assert_eq!(
                problem(error).log_cause().as_str(),
                "failed without a reason"
            );
        }
    }
}
