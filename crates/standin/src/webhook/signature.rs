//! Signing, as Standard Webhooks and Svix do it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The account's signing secret: the same on every start. It guards nothing.
pub(crate) const SECRET: &str = "whsec_c3RhbmQtaW4gc2VjcmV0IG9mIDMyIGJ5dGVzIQ==";

/// The value of `webhook-signature` for this message: `v1,` and the base64 HMAC-SHA256 of `{id}.{timestamp}.{body}` under
/// the base64-decoded part of `secret` after `whsec_`.
///
/// `timestamp` is in Unix seconds. A secret whose second part is not base64 signs with its bytes as they are.
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
    // HMAC takes keys of every length: there is no error to show.
    format!(
        "v1,{}",
        mac.map(|mac| STANDARD.encode(mac)).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_that_official_clients_accept() {
        let body = br#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}"#;
        let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
        let signature = sign(secret, "msg_2test", 1_700_000_000, body);
        assert_eq!(signature, "v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=");
    }

    #[test]
    fn the_account_secret_is_base64_of_enough_bytes() {
        let key = STANDARD
            .decode(SECRET.strip_prefix("whsec_").unwrap())
            .unwrap();
        assert!(key.len() >= 24, "{}", key.len());
    }
}
