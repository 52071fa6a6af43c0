//! Replicate's webhooks. A verified one says which prediction to look at, and nothing more.

use selfsame_primitives::time::Timestamp;
use serde_json::Value;

use super::response;
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::prediction::ProviderId;
use crate::secret::Secret;
use crate::webhook::{WebhookError, WebhookHeaders, WebhookId, WebhookKey};

/// A verified webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// Retries repeat it, so it identifies duplicates.
    pub webhook_id: WebhookId,
    /// The prediction that changed. Nothing else of the body is used.
    pub prediction: ProviderId,
}

/// Verifies a webhook and reads which prediction it is about. The body is parsed only after its signature has been
/// verified.
pub fn read_webhook(
    key: &WebhookKey,
    headers: WebhookHeaders<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<WebhookEvent, WebhookError> {
    let webhook_id = key.verify(headers, body, now)?;
    let prediction = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|json| json.get("id")?.as_str()?.parse().ok())
        .ok_or(WebhookError::Body)?;
    Ok(WebhookEvent {
        webhook_id,
        prediction,
    })
}

/// Reads the response to [`request::webhook_secret`](super::request::webhook_secret).
/// [`WebhookKey::parse`] checks whether it is a usable key.
#[must_use]
pub fn read_webhook_secret(result: ProviderResult) -> ReadOutcome<Secret> {
    response::read(result, |json| {
        json.get("key")
            .and_then(Value::as_str)
            .map(Secret::new)
            .ok_or_else(|| "the response has no key".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::respond;
    use super::*;

    #[test]
    fn the_webhook_secret_is_read() {
        let ReadOutcome::Found(secret) =
            read_webhook_secret(respond(200, r#"{"key":"whsec_abc"}"#))
        else {
            panic!();
        };
        assert_eq!(secret.expose(), "whsec_abc");
        for body in ["{}", "[]", r#"{"key":5}"#] {
            assert!(matches!(
                read_webhook_secret(respond(200, body)),
                ReadOutcome::Unavailable { .. }
            ));
        }
    }

    #[test]
    fn a_verified_webhook_names_its_prediction() {
        let key =
            WebhookKey::parse(&Secret::new("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3")).unwrap();
        let now = Timestamp::from_millisecond(1_700_000_000_000);
        let read = |signature, body: &str| {
            let headers = WebhookHeaders {
                id: "msg_2test",
                timestamp: "1700000000",
                signature,
            };
            read_webhook(&key, headers, body.as_bytes(), now)
        };
        let body = r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}"#;
        let event = read("v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=", body).unwrap();
        assert_eq!(event.prediction.as_str(), "gm3qorzdhgbfurvjtvhg6dckhu");
        assert_eq!(event.webhook_id.as_str(), "msg_2test");
        assert_eq!(read("v1,AAAA", body), Err(WebhookError::Signature));
        // Signed with the same key, but without a prediction.
        assert_eq!(
            read("v1,atuawLf/Te9MLRygM7jCABY/syyP1okZ8o08JrvodCg=", "{}"),
            Err(WebhookError::Body)
        );
    }
}
