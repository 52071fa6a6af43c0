//! What an answer to a create means. Whatever leaves a doubt is `Unknown`: a create is never repeated on a guess.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::FailureCode;

use super::error_body::ErrorBody;
use super::{answer, invalid_fields, prediction};
use crate::error::ProviderError;
use crate::http::{ProviderResult, TransportError};
use crate::outcome::{SubmitOutcome, USUAL_RETRY_AFTER};
use crate::pattern;
use crate::redact::Cause;

/// The title and the detail of the two ways in which a version is not ours to run (providers.md §1.4).
static INVALID_VERSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(r"(?i-u)invalid version|specified version does not exist|not permitted")
});

/// Reads the answer to [`request::create`](super::request::create).
#[must_use]
pub fn read_create(exchange: ProviderResult) -> SubmitOutcome {
    let response = match exchange {
        Ok(response) => response,
        Err(TransportError::NotSent(cause)) => {
            return SubmitOutcome::RetryAfter {
                seconds: USUAL_RETRY_AFTER,
                cause,
            };
        }
        Err(failure) => {
            return SubmitOutcome::Unknown {
                cause: Cause::new(failure.to_string()),
            };
        }
    };
    if (200..300).contains(&response.status) {
        return match answer::json(&response.body).and_then(|json| prediction::parse(&json)) {
            Ok(prediction) => SubmitOutcome::Accepted(prediction),
            Err(reason) => SubmitOutcome::Unknown {
                cause: Cause::new(format!("HTTP {}: {reason}", response.status)),
            },
        };
    }
    refusal(&ErrorBody::read(&response))
}

fn refusal(error: &ErrorBody) -> SubmitOutcome {
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
        422 if !error.invalid_fields.is_empty() => {
            SubmitOutcome::Refused(invalid_fields::problem(&error.invalid_fields, &cause))
        }
        413 | 422 => refused(FailureCode::InputRefused),
        429 => SubmitOutcome::RetryAfter {
            seconds: error.retry_after_seconds,
            cause,
        },
        // A gateway's time-out does not say how far the request went.
        408 => SubmitOutcome::Unknown { cause },
        400..=499 => refused(FailureCode::ProviderFailed),
        _ => SubmitOutcome::Unknown { cause },
    }
}

#[cfg(test)]
mod tests {
    use super::super::bodies::{self, answer};
    use super::*;
    use crate::prediction::Phase;

    #[test]
    fn a_created_prediction_is_accepted() {
        for status in [200, 201, 202] {
            let SubmitOutcome::Accepted(prediction) = read_create(answer(status, bodies::STARTING))
            else {
                panic!("{status}");
            };
            assert_eq!(prediction.id.as_str(), "gm3qorzdhgbfurvjtvhg6dckhu");
            assert_eq!(prediction.phase, Phase::Starting);
        }
    }

    #[test]
    fn doubt_is_never_a_refusal() {
        for exchange in [
            answer(201, ""),
            answer(201, "{}"),
            answer(201, &bodies::STARTING[..200]),
            answer(201, r#"{"id":"x y","status":"starting"}"#),
            answer(201, r#"{"id":"abc","status":"queued"}"#),
            answer(302, ""),
            answer(408, ""),
            answer(500, r#"{"detail":"Internal server error"}"#),
            answer(502, "<html>"),
            answer(503, ""),
            answer(504, ""),
            answer(99, ""),
            answer(999, ""),
            Err(TransportError::Unknown(Cause::new("connection reset"))),
            Err(TransportError::TooLarge),
        ] {
            let outcome = read_create(exchange);
            assert!(
                matches!(outcome, SubmitOutcome::Unknown { .. }),
                "{outcome:?}"
            );
            assert_eq!(
                outcome.person_failure().unwrap().code,
                FailureCode::OutcomeUnknown
            );
        }
    }

    #[test]
    fn what_was_never_sent_or_throttled_is_sent_again() {
        for (exchange, expected) in [
            (answer(429, bodies::THROTTLED), 30),
            (answer(429, bodies::THROTTLED_LOW_CREDIT), 10),
            (answer(429, "busy"), USUAL_RETRY_AFTER),
            (
                Err(TransportError::NotSent(Cause::new("no route"))),
                USUAL_RETRY_AFTER,
            ),
        ] {
            let outcome = read_create(exchange);
            assert!(
                matches!(outcome, SubmitOutcome::RetryAfter { seconds, .. } if seconds == expected),
                "{outcome:?}"
            );
            assert!(!outcome.person_failure().unwrap().message.contains("credit"));
        }
    }

    #[test]
    fn every_refusal_has_its_code_and_field() {
        use FailureCode::{InputRefused, ModelUnavailable, ProviderFailed, ProviderUnavailable};
        for (status, body, code, field) in [
            (401, bodies::UNAUTHENTICATED, ProviderUnavailable, None),
            (401, bodies::NO_TOKEN, ProviderUnavailable, None),
            (402, bodies::NO_CREDIT, ProviderUnavailable, None),
            (403, "", ProviderUnavailable, None),
            (404, bodies::NOT_FOUND, ModelUnavailable, None),
            (422, bodies::INVALID_VERSION, ModelUnavailable, None),
            (422, bodies::INVALID_INPUT, InputRefused, Some("text")),
            (
                422,
                bodies::INVALID_ENUM,
                InputRefused,
                Some("overrides.output_format"),
            ),
            (422, bodies::INVALID_TOP_LEVEL, ProviderUnavailable, None),
            (422, "", InputRefused, None),
            (413, "", InputRefused, None),
            (400, "", ProviderFailed, None),
            (418, "", ProviderFailed, None),
        ] {
            let SubmitOutcome::Refused(problem) = read_create(answer(status, body)) else {
                panic!("{status} {body}");
            };
            let failure = problem.person_failure();
            assert_eq!(
                (failure.code, failure.field.as_deref()),
                (code, field),
                "{status} {body}"
            );
            assert!(
                problem
                    .log_cause()
                    .as_str()
                    .starts_with(&format!("HTTP {status}"))
            );
        }
    }

    #[test]
    fn billing_is_the_operators_business() {
        let outcome = read_create(answer(402, bodies::NO_CREDIT));
        let told = outcome.person_failure().unwrap().message;
        for word in ["credit", "billing", "purchase", "replicate.com"] {
            assert!(!told.contains(word), "{told}");
        }
        assert!(outcome.log_cause().unwrap().contains("insufficient credit"));
    }
}
