//! Signs webhooks as [Standard Webhooks](https://www.standardwebhooks.com) specifies.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The account's signing secret. It is the same on every start and protects nothing.
pub(crate) const SECRET: &str = "whsec_c3RhbmQtaW4gc2VjcmV0IG9mIDMyIGJ5dGVzIQ==";

/// Returns the value of `webhook-signature`: `v1,` and the base64 of the HMAC-SHA256 of `{id}.{timestamp}.{body}`. The key
/// is what follows `whsec_` in `secret`, decoded from base64, or its bytes if it is not base64.
///
/// `timestamp` is in Unix seconds.
#[must_use]
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> String {
    let encoded = secret.strip_prefix("whsec_").unwrap_or(secret);
    let key = STANDARD
        .decode(encoded)
        .unwrap_or_else(|_| encoded.as_bytes().to_vec());
    let mac = Hmac::<Sha256>::new_from_slice(&key).map(|mac| {
        mac.chain_update(id)
            .chain_update(".")
            .chain_update(timestamp.to_string())
            .chain_update(".")
            .chain_update(body)
            .finalize()
            .into_bytes()
    });
    // HMAC takes keys of every length, so the error cannot occur.
    format!(
        "v1,{}",
        mac.map(|mac| STANDARD.encode(mac)).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_official_clients_accept() {
        let body = br#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}"#;
        let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
        let signature = sign(secret, "msg_2test", 1_700_000_000, body);
        assert_eq!(signature, "v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=");
    }

    #[test]
    fn the_secret_has_at_least_24_bytes() {
        let key = STANDARD
            .decode(SECRET.strip_prefix("whsec_").unwrap())
            .unwrap();
        assert!(key.len() >= 24, "{}", key.len());
    }
}
