//! Replicate's webhooks: a verified hint at which prediction to look, and nothing more.

use selfsame_primitives::time::Timestamp;
use serde_json::Value;

use crate::prediction::ProviderId;
use crate::webhook::{WebhookError, WebhookHeaders, WebhookId, WebhookKey};

/// Something changed about a prediction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// The same over retries: a duplicate has it, too.
    pub webhook_id: WebhookId,
    /// At which prediction to look. Nothing else of the body is believed.
    pub prediction: ProviderId,
}

/// Verifies a webhook and reads which prediction it is about. The body is parsed only after its signature is good.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn the_hint_is_the_predictions_id() {
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
        let hint = read("v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=", body).unwrap();
        assert_eq!(hint.prediction.as_str(), "gm3qorzdhgbfurvjtvhg6dckhu");
        assert_eq!(hint.webhook_id.as_str(), "msg_2test");
        assert_eq!(read("v1,AAAA", body), Err(WebhookError::Signature));
        // Signed by the same key, but about nothing.
        assert_eq!(
            read("v1,atuawLf/Te9MLRygM7jCABY/syyP1okZ8o08JrvodCg=", "{}"),
            Err(WebhookError::Body)
        );
    }
}
