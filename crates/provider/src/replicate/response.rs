//! What the response to a repeatable request means.

use serde_json::Value;

use super::errors::ErrorResponse;
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::redact::Cause;

/// Parses the body of a success. The error quotes no content, which may be a prompt.
pub(super) fn json(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))
}

/// Reads a success with `parse`, and anything else as every read does.
pub(super) fn read<T>(
    result: ProviderResult,
    parse: impl FnOnce(&Value) -> Result<T, String>,
) -> ReadOutcome<T> {
    let response = match result {
        Ok(response) => response,
        Err(error) => {
            return ReadOutcome::Unavailable {
                cause: Cause::new(error.to_string()),
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
    let error = ErrorResponse::read(&response);
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
    use super::super::fixtures::{self, respond};
    use super::*;
    use crate::http::TransportError;

    fn outcome(result: ProviderResult) -> ReadOutcome<bool> {
        read(result, |json| {
            json.as_bool().ok_or_else(|| "not a boolean".to_owned())
        })
    }

    #[test]
    fn every_response_to_a_read_has_an_outcome() {
        for status in [200, 299] {
            assert_eq!(outcome(respond(status, "true")), ReadOutcome::Found(true));
        }
        for status in [404, 410] {
            assert_eq!(
                outcome(respond(status, fixtures::NOT_FOUND)),
                ReadOutcome::Gone
            );
        }
        assert!(matches!(
            outcome(respond(429, fixtures::THROTTLED)),
            ReadOutcome::RetryAfter { seconds: 30, .. }
        ));
        for result in [
            respond(199, "true"),
            respond(200, "1"),
            respond(200, "tru"),
            respond(200, ""),
            respond(302, ""),
            respond(401, fixtures::UNAUTHENTICATED),
            respond(402, fixtures::NO_CREDIT),
            respond(500, "<html>"),
            Err(TransportError::NotSent(Cause::new("refused"))),
            Err(TransportError::Unknown(Cause::new("cut"))),
            Err(TransportError::TooLarge),
        ] {
            let outcome = outcome(result);
            assert!(
                matches!(outcome, ReadOutcome::Unavailable { .. }),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn the_log_gives_the_reason_and_quotes_no_foreign_body() {
        let cause = |result| outcome(result).log_cause().map(ToString::to_string);
        assert_eq!(
            cause(respond(401, fixtures::UNAUTHENTICATED)).as_deref(),
            Some("HTTP 401: Unauthenticated: You did not pass a valid authentication token")
        );
        assert_eq!(cause(respond(200, "true")), None);
        assert_eq!(
            cause(respond(404, "secret prompt")).as_deref(),
            Some("the provider answered that it does not exist")
        );
        assert_eq!(
            cause(respond(502, "<html>secret prompt</html>")).as_deref(),
            Some("HTTP 502")
        );
        let unreadable = cause(respond(200, "\"secret prompt\"")).unwrap();
        assert!(unreadable.contains("not a boolean"), "{unreadable}");
        assert!(!unreadable.contains("prompt"), "{unreadable}");
    }
}
