//! Deleting a version of a model.

use super::errors::ErrorResponse;
use crate::http::ProviderResult;
use crate::outcome::DeletionOutcome;
use crate::redact::Cause;

/// Reads the response to [`request::delete_version`](super::request::delete_version). The provider accepts a deletion and
/// carries it out within minutes, so a version that is gone already counts as deleted.
#[must_use]
pub fn read_deletion(result: ProviderResult) -> DeletionOutcome {
    let response = match result {
        Ok(response) => response,
        Err(error) => {
            let cause = Cause::new(error.to_string());
            return DeletionOutcome::Unavailable { cause };
        }
    };
    if matches!(response.status, 200..300 | 404 | 410) {
        return DeletionOutcome::Deleted;
    }
    let error = ErrorResponse::read(&response);
    let cause = error.cause();
    match error.status {
        // The token is refused, or the request came too early: neither is about the version.
        401 | 408 | 429 => DeletionOutcome::Unavailable { cause },
        400..500 => DeletionOutcome::Refused { cause },
        _ => DeletionOutcome::Unavailable { cause },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{self, respond};
    use super::*;
    use crate::http::TransportError;

    #[test]
    fn a_version_that_is_accepted_or_gone_is_deleted() {
        for result in [
            respond(202, ""),
            respond(204, ""),
            respond(404, fixtures::NOT_FOUND),
        ] {
            assert_eq!(read_deletion(result), DeletionOutcome::Deleted);
        }
    }

    #[test]
    fn only_an_answer_about_the_version_is_a_refusal() {
        let refused =
            r#"{"detail": "You can only delete versions from private models that you own."}"#;
        for status in [403, 409, 422] {
            let outcome = read_deletion(respond(status, refused));
            let DeletionOutcome::Refused { cause } = outcome else {
                panic!("{status}: {outcome:?}");
            };
            assert!(cause.as_str().contains("private models"), "{cause}");
        }
        for result in [
            respond(302, ""),
            respond(401, fixtures::UNAUTHENTICATED),
            respond(429, fixtures::THROTTLED),
            respond(500, "<html>"),
            Err(TransportError::Unknown(Cause::new("cut"))),
        ] {
            let outcome = read_deletion(result);
            assert!(
                matches!(outcome, DeletionOutcome::Unavailable { .. }),
                "{outcome:?}"
            );
        }
    }
}
