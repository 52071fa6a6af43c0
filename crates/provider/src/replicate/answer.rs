//! What an answer to a repeatable request means.

use serde_json::Value;

use super::error_body::ErrorBody;
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::redact::Cause;

/// The body of a success as JSON, or why it is none. The reason quotes no content, which may be a prompt.
pub(super) fn json(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))
}

/// Reads a success with `parse`; everything else is the same for every read.
pub(super) fn read<T>(
    exchange: ProviderResult,
    parse: impl FnOnce(&Value) -> Result<T, String>,
) -> ReadOutcome<T> {
    let response = match exchange {
        Ok(response) => response,
        Err(failure) => {
            return ReadOutcome::Unavailable {
                cause: Cause::new(failure.to_string()),
            };
        }
    };
    if (200..300).contains(&response.status) {
        return match json(&response.body).and_then(|json| parse(&json)) {
            Ok(found) => ReadOutcome::Found(found),
            Err(reason) => ReadOutcome::Unavailable {
                cause: Cause::new(format!("HTTP {}: {reason}", response.status)),
            },
        };
    }
    let error = ErrorBody::read(&response);
    let cause = error.cause();
    match error.status {
        404 | 410 => ReadOutcome::Gone,
        429 => ReadOutcome::RetryAfter {
            seconds: error.retry_after_seconds,
            cause,
        },
        _ => ReadOutcome::Unavailable { cause },
    }
}

#[cfg(test)]
mod tests {
    use super::super::bodies::{self, answer};
    use super::*;
    use crate::http::TransportError;

    fn outcome(exchange: ProviderResult) -> ReadOutcome<bool> {
        read(exchange, |json| {
            json.as_bool().ok_or_else(|| "not a truth".to_owned())
        })
    }

    #[test]
    fn every_answer_to_a_read_has_a_meaning() {
        assert_eq!(outcome(answer(200, "true")), ReadOutcome::Found(true));
        assert_eq!(outcome(answer(404, bodies::NOT_FOUND)), ReadOutcome::Gone);
        assert!(matches!(
            outcome(answer(429, bodies::THROTTLED)),
            ReadOutcome::RetryAfter { seconds: 30, .. }
        ));
        for exchange in [
            answer(200, "1"),
            answer(200, "tru"),
            answer(200, ""),
            answer(302, ""),
            answer(401, bodies::UNAUTHENTICATED),
            answer(402, bodies::NO_CREDIT),
            answer(500, "<html>"),
            Err(TransportError::NotSent(Cause::new("refused"))),
            Err(TransportError::Unknown(Cause::new("cut"))),
            Err(TransportError::TooLarge),
        ] {
            let outcome = outcome(exchange);
            assert!(
                matches!(outcome, ReadOutcome::Unavailable { .. }),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn the_log_says_why_and_quotes_no_foreign_body() {
        let cause = |exchange| outcome(exchange).log_cause().map(ToString::to_string);
        assert_eq!(
            cause(answer(401, bodies::UNAUTHENTICATED)).as_deref(),
            Some("HTTP 401: Unauthenticated: You did not pass a valid authentication token")
        );
        assert_eq!(
            cause(answer(502, "<html>secret prompt</html>")).as_deref(),
            Some("HTTP 502")
        );
        let unreadable = cause(answer(200, "\"secret prompt\"")).unwrap();
        assert!(!unreadable.contains("prompt"), "{unreadable}");
    }
}
