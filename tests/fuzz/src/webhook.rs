//! A provider's webhooks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::replicate::read_webhook;
use selfsame_provider::secret::Secret;
use selfsame_provider::webhook::{WebhookError, WebhookHeaders, WebhookKey};
use sha2::Sha256;

use super::{Target, bytes, equal, holds};

/// The target. The lines of an input are the three headers; what follows them is the body.
pub const TARGET: Target = Target {
    name: "webhook",
    fragments,
    known,
    check,
};

const KEY: &[u8] = b"0123456789abcdef01234567";
const NOW: Timestamp = Timestamp::from_millisecond(1_700_000_000_000);

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "\n",
        "msg_2test",
        "1700000000",
        "1700000301",
        "+1700000000",
        "-1",
        "99999999999999999999",
        "v1,",
        "v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=",
        "v1a,",
        " ",
        ".",
        "=",
        "{\"id\":\"gm3qorzdhgbfurvjtvhg6dckhu\"",
        ",\"status\":\"succeeded\"}",
        "\"id\":\"../account\"",
        "\"id\":7",
        "}",
        "é",
        "\u{0}",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "msg_2test\n1700000000\nv1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=\n{\"id\":\"gm3qorzdhgbfurvjtvhg6dckhu\",\"status\":\"succeeded\"}",
        "msg_2test\n1700000300\nv1,AAAA v1,BBBB\n{}",
        "m\n1699999700\nx\n{\"id\":\"p\"}",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let mut parts = input.splitn(4, |byte| *byte == b'\n');
    let mut line = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let (id, timestamp, signature) = (line(), line(), line());
    let body = parts.next().unwrap_or_default();
    let key = STANDARD.encode(KEY);
    let key = WebhookKey::parse(&Secret::new(format!("whsec_{key}")))
        .map_err(|error| error.to_string())?;
    let headers = WebhookHeaders {
        id: &id,
        timestamp: &timestamp,
        signature: &signature,
    };
    let genuine = sign(&id, &timestamp, body)?;
    let forged = read_webhook(&key, headers, body, NOW);
    if !signature.contains(&genuine) {
        let refused = matches!(
            forged,
            Err(WebhookError::Header(_) | WebhookError::Stale | WebhookError::Signature)
        );
        holds("a forged webhook is read", refused)?;
    }
    let signature = format!("v0,x v1,{genuine}");
    let headers = WebhookHeaders {
        signature: &signature,
        ..headers
    };
    match read_webhook(&key, headers, body, NOW) {
        Ok(event) => {
            equal("the id is another", event.webhook_id.as_str(), &id)?;
            let seconds: i64 = timestamp.parse().map_err(|_| "a timestamp is no number")?;
            let is_close = seconds.abs_diff(1_700_000_000) <= 300;
            holds("an old webhook is read", is_close)?;
            let body: serde_json::Value =
                serde_json::from_slice(body).map_err(|error| error.to_string())?;
            equal(
                "the prediction is another",
                body["id"].as_str(),
                Some(event.prediction.as_str()),
            )
        }
        Err(WebhookError::Signature) => Err("a genuine signature does not match".to_owned()),
        Err(WebhookError::Header(_) | WebhookError::Stale | WebhookError::Body) => Ok(()),
    }
}

fn sign(id: &str, timestamp: &str, body: &[u8]) -> Result<String, String> {
    let mac = Hmac::<Sha256>::new_from_slice(KEY).map_err(|error| error.to_string())?;
    let mac = mac
        .chain_update(format!("{id}.{timestamp}."))
        .chain_update(body);
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}
