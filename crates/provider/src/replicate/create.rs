//! What the response to a create means. If it leaves any doubt, the outcome is `Unknown`, because a create is never
//! repeated on a guess.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::FailureCode;

use super::errors::ErrorResponse;
use super::{prediction, response};
use crate::error::ProviderError;
use crate::http::{ProviderResult, TransportError};
use crate::outcome::{DEFAULT_RETRY_AFTER, SubmitOutcome};
use crate::redact::Cause;

/// Title or detail of the response if the version does not exist or belongs to somebody else.
static INVALID_VERSION: LazyLock<Regex> = LazyLock::new(|| {
    crate::regex(r"(?i-u)invalid version|specified version does not exist|not permitted")
});

/// Reads the response to [`request::create`](super::request::create).
#[must_use]
pub fn read_create(result: ProviderResult) -> SubmitOutcome {
    let response = match result {
        Ok(response) => response,
        Err(TransportError::NotSent(cause)) => {
            return SubmitOutcome::RetryAfter {
                seconds: DEFAULT_RETRY_AFTER,
                cause,
            };
        }
        Err(error) => {
            return SubmitOutcome::Unknown {
                cause: Cause::new(error.to_string()),
            };
        }
    };
    if (200..300).contains(&response.status) {
        return match response::json(&response.body).and_then(|json| prediction::parse(&json)) {
            Ok(prediction) => SubmitOutcome::Accepted(prediction),
            Err(reason) => SubmitOutcome::Unknown {
                cause: Cause::new(format!("HTTP {}: {reason}", response.status)),
            },
        };
    }
    refusal(&ErrorResponse::read(&response))
}

fn refusal(error: &ErrorResponse) -> SubmitOutcome {
    let cause = error.cause();
    let refused = |code| SubmitOutcome::Refused(ProviderError::new(code, cause.as_str()));
    match error.status {
        401..=403 => refused(FailureCode::ProviderUnavailable),
        404 | 410 => refused(FailureCode::ModelUnavailable),
        422 if INVALID_VERSION.is_match(&error.title)
            || INVALID_VERSION.is_match(&error.detail) =>
        {
            refused(FailureCode::ModelUnavailable)
        }
        422 => error.field_error().map_or_else(
            || refused(FailureCode::InputRefused),
            SubmitOutcome::Refused,
        ),
        413 => refused(FailureCode::InputRefused),
        429 => SubmitOutcome::RetryAfter {
            seconds: error.retry_after_seconds,
            cause,
        },
        // A gateway's timeout does not say how far the request got.
        408 => SubmitOutcome::Unknown { cause },
        400..=499 => refused(FailureCode::ProviderFailed),
        _ => SubmitOutcome::Unknown { cause },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{self, respond};
    use super::*;
    use crate::prediction::Phase;

    #[test]
    fn a_created_prediction_is_accepted() {
        for status in [200, 201, 202, 299] {
            let SubmitOutcome::Accepted(prediction) =
                read_create(respond(status, fixtures::STARTING))
            else {
                panic!("{status}");
            };
            assert_eq!(prediction.id.as_str(), "gm3qorzdhgbfurvjtvhg6dckhu");
            assert_eq!(prediction.phase, Phase::Starting);
            assert_eq!(SubmitOutcome::Accepted(prediction).log_cause(), None);
        }
    }

    #[test]
    fn an_uncertain_response_is_an_unknown_outcome() {
        for result in [
            respond(201, ""),
            respond(201, "{}"),
            respond(201, &fixtures::STARTING[..200]),
            respond(201, r#"{"id":"x y","status":"starting"}"#),
            respond(201, r#"{"id":"abc","status":"queued"}"#),
            respond(302, ""),
            respond(408, ""),
            respond(500, r#"{"detail":"Internal server error"}"#),
            respond(502, "<html>"),
            respond(503, ""),
            respond(504, ""),
            respond(99, ""),
            respond(999, ""),
            Err(TransportError::Unknown(Cause::new("connection reset"))),
            Err(TransportError::TooLarge),
        ] {
            let outcome = read_create(result);
            assert!(
                matches!(outcome, SubmitOutcome::Unknown { .. }),
                "{outcome:?}"
            );
            assert!(outcome.log_cause().is_some_and(|cause| !cause.is_empty()));
        }
    }

    #[test]
    fn a_throttled_or_unsent_create_is_sent_again() {
        for (result, expected) in [
            (respond(429, fixtures::THROTTLED), 30),
            (respond(429, fixtures::THROTTLED_LOW_CREDIT), 10),
            (respond(429, "busy"), DEFAULT_RETRY_AFTER),
            (
                Err(TransportError::NotSent(Cause::new("no route"))),
                DEFAULT_RETRY_AFTER,
            ),
        ] {
            let outcome = read_create(result);
            assert!(
                matches!(outcome, SubmitOutcome::RetryAfter { seconds, .. } if seconds == expected),
                "{outcome:?}"
            );
            assert!(outcome.log_cause().is_some_and(|cause| !cause.is_empty()));
        }
    }

    #[test]
    fn a_refusal_has_the_code_and_field_of_its_cause() {
        use FailureCode::{InputRefused, ModelUnavailable, ProviderFailed, ProviderUnavailable};
        for (status, body, code, field) in [
            (401, fixtures::UNAUTHENTICATED, ProviderUnavailable, None),
            (401, fixtures::NO_TOKEN, ProviderUnavailable, None),
            (402, fixtures::NO_CREDIT, ProviderUnavailable, None),
            (403, "", ProviderUnavailable, None),
            (404, fixtures::NOT_FOUND, ModelUnavailable, None),
            (422, fixtures::INVALID_VERSION, ModelUnavailable, None),
            (
                422,
                r#"{"title":"Invalid version"}"#,
                ModelUnavailable,
                None,
            ),
            (
                422,
                r#"{"detail":"Not permitted."}"#,
                ModelUnavailable,
                None,
            ),
            (422, fixtures::INVALID_INPUT, InputRefused, Some("text")),
            (
                422,
                fixtures::INVALID_ENUM,
                InputRefused,
                Some("overrides.output_format"),
            ),
            (422, fixtures::INVALID_TOP_LEVEL, ProviderUnavailable, None),
            (422, "", InputRefused, None),
            (413, "", InputRefused, None),
            (400, "", ProviderFailed, None),
            (418, "", ProviderFailed, None),
        ] {
            let SubmitOutcome::Refused(error) = read_create(respond(status, body)) else {
                panic!("{status} {body}");
            };
            let failure = error.person_failure();
            assert_eq!(
                (failure.code, failure.field.as_deref()),
                (code, field),
                "{status} {body}"
            );
            assert!(
                error
                    .log_cause()
                    .as_str()
                    .starts_with(&format!("HTTP {status}"))
            );
        }
    }

    #[test]
    fn billing_is_logged_and_never_shown() {
        let outcome = read_create(respond(402, fixtures::NO_CREDIT));
        assert!(outcome.log_cause().unwrap().contains("insufficient credit"));
        let SubmitOutcome::Refused(error) = outcome else {
            panic!("{outcome:?}");
        };
        let message = error.person_failure().message;
        for word in ["credit", "billing", "purchase", "replicate.com"] {
            assert!(!message.contains(word), "{message}");
        }
    }
}
