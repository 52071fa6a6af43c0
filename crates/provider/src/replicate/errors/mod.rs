//! Replicate's error responses, and the errors of its models.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::FailureCode;
use serde_json::Value;

use self::invalid_fields::InvalidField;
use crate::error::ProviderError;
use crate::http::ProviderResponse;
use crate::outcome::{DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER};
use crate::redact::Cause;

mod invalid_fields;

/// A response whose status is not a success. Its parts are empty where the body does not have the provider's form.
pub(super) struct ErrorResponse {
    pub(super) status: u16,
    pub(super) title: String,
    pub(super) detail: String,
    invalid_fields: Vec<InvalidField>,
    /// From 1 to [`MAX_RETRY_AFTER`].
    pub(super) retry_after_seconds: u32,
}

impl ErrorResponse {
    pub(super) fn read(response: &ProviderResponse) -> Self {
        let json: Option<Value> = serde_json::from_slice(&response.body).ok();
        let text = |name| {
            json.as_ref()
                .and_then(|json| json.get(name))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let detail = text("detail");
        Self {
            status: response.status,
            title: text("title"),
            invalid_fields: InvalidField::read_all(json.as_ref(), &detail),
            detail,
            retry_after_seconds: retry_after_seconds(
                json.as_ref(),
                response.retry_after.as_deref(),
            ),
        }
    }

    /// The error for the inputs that the response lists as invalid; `None` if it lists none.
    pub(super) fn field_error(&self) -> Option<ProviderError> {
        (!self.invalid_fields.is_empty())
            .then(|| invalid_fields::error(&self.invalid_fields, &self.cause()))
    }

    /// One line for the operator's log. A body without the provider's form is not quoted: it may be a gateway's page,
    /// or contain a prompt.
    pub(super) fn cause(&self) -> Cause {
        let mut text = format!("HTTP {}", self.status);
        for part in [&self.title, &self.detail] {
            if !part.is_empty() {
                text.push_str(": ");
                text.push_str(part);
            }
        }
        Cause::new(text)
    }
}

/// The seconds to wait that a 429 asks for, from 1 to 300; `None` for any other response.
#[must_use]
pub fn read_throttle(response: &ProviderResponse) -> Option<u32> {
    (response.status == 429).then(|| ErrorResponse::read(response).retry_after_seconds)
}

/// The body's `retry_after`, else the header's seconds, else the default. A date in the header counts as absent,
/// because this crate has no clock.
fn retry_after_seconds(body: Option<&Value>, header: Option<&str>) -> u32 {
    let in_body = body
        .and_then(|body| body.get("retry_after"))
        .and_then(Value::as_f64);
    let in_header = || header.and_then(|text| text.trim().parse::<f64>().ok());
    in_body
        .or_else(in_header)
        .filter(|seconds| seconds.is_finite())
        .map_or(DEFAULT_RETRY_AFTER, whole_seconds)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=300 before the cast"
)]
fn whole_seconds(seconds: f64) -> u32 {
    seconds.ceil().clamp(1.0, f64::from(MAX_RETRY_AFTER)) as u32
}

/// Patterns in a failed prediction's `error`; the first match decides. Only the safety filter's sentence is known from
/// a model's source. The others are guesses, and any other text is the provider's failure.
static PREDICTION_ERRORS: LazyLock<[(Regex, FailureCode); 3]> = LazyLock::new(|| {
    [
        (r"(?i-u)\bNSFW\b|flagged as sensitive", FailureCode::FilteredBySafety),
        (
            r"(?i-u:(could not|failed to|unable to|cannot) (find|load|download))[^.]{0,60}(?i-u:\b(lora|weights)\b)",
            FailureCode::ModelUnavailable,
        ),
        (r"(?i-u)\btimed out\b|\btimeout\b", FailureCode::TimedOut),
    ]
    .map(|(pattern, code)| (crate::regex(pattern), code))
});

/// What a failed prediction's `error` means. The text itself goes only to the log.
pub(super) fn prediction_error(error: Option<&str>) -> ProviderError {
    let Some(error) = error.filter(|error| !error.trim().is_empty()) else {
        return ProviderError::new(FailureCode::ProviderFailed, "failed without a reason");
    };
    let code = PREDICTION_ERRORS
        .iter()
        .find(|(pattern, _)| pattern.is_match(error))
        .map_or(FailureCode::ProviderFailed, |(_, code)| *code);
    ProviderError::new(code, error)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixtures::NSFW;
    use super::*;

    #[test]
    fn retry_after_comes_from_the_body_then_the_header_then_the_default() {
        for (body, header, expected) in [
            (json!({"retry_after": 30}), Some("5"), 30),
            (json!({"retry_after": 2.2}), None, 3),
            (json!({"retry_after": 0}), None, 1),
            (json!({"retry_after": -7}), None, 1),
            (json!({"retry_after": 1e300}), None, 300),
            (json!({"retry_after": "30"}), Some(" 5 "), 5),
            (json!({}), Some("86400"), 300),
            (json!({}), Some("Wed, 21 Oct 2026 07:28:00 GMT"), 10),
            (json!({}), Some("nan"), 10),
            (json!({}), Some("inf"), 10),
            (json!([]), None, 10),
        ] {
            assert_eq!(
                retry_after_seconds(Some(&body), header),
                expected,
                "{body} {header:?}"
            );
        }
        assert_eq!(retry_after_seconds(None, None), 10);
    }

    #[test]
    fn a_prediction_error_has_a_code_and_stays_in_the_log() {
        for (error, code) in [
            (NSFW, FailureCode::FilteredBySafety),
            (
                "Failed to download weights https://h/x.tar?sig=S: 404",
                FailureCode::ModelUnavailable,
            ),
            ("Prediction timed out", FailureCode::TimedOut),
            ("CUDA out of memory", FailureCode::ProviderFailed),
        ] {
            let known = prediction_error(Some(error));
            assert_eq!(known.person_failure().code, code, "{error}");
            assert!(!known.log_cause().as_str().is_empty());
            assert!(!known.log_cause().as_str().contains("sig=S"));
            assert_ne!(known.person_failure().message, error);
        }
        for error in [None, Some(""), Some(" \n")] {
            assert_eq!(
                prediction_error(error).log_cause().as_str(),
                "failed without a reason"
            );
        }
    }
}
