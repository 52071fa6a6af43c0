//! Verifies [Standard Webhooks](https://www.standardwebhooks.com) signatures: HMAC-SHA256 over `id.timestamp.body`.
//!
//! Unlike Replicate's JavaScript client, this code checks the timestamp, compares in constant time, and splits the
//! secret only at its prefix (`docs/provider-notes.md`, "Webhooks").

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use selfsame_primitives::time::Timestamp;
use sha2::Sha256;

use crate::secret::Secret;

/// Seconds by which a webhook's timestamp may differ from the clock, in either direction.
const TIMESTAMP_TOLERANCE: u64 = 300;
/// Bytes of a decoded key at least. Standard Webhooks asks for 24; a key of less than 16 could be guessed.
const MIN_KEY_BYTES: usize = 16;
/// Bytes of the signature header at most.
const MAX_SIGNATURE_BYTES: usize = 4_096;
/// Characters of a webhook id at most. It becomes a database key.
const MAX_ID_CHARS: usize = 255;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key that webhooks are signed with. `Debug` writes `*****`.
#[derive(Clone)]
pub struct WebhookKey(Hmac<Sha256>);

impl fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::secret::MASK)
    }
}

/// The secret is not a usable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookKeyError {
    /// It does not begin with `whsec_`.
    #[error("the webhook secret does not begin with `whsec_`")]
    Prefix,
    /// What follows the prefix is not base64.
    #[error("the webhook secret is not base64")]
    Encoding,
    /// It has fewer than 16 bytes.
    #[error("the webhook secret is shorter than {MIN_KEY_BYTES} bytes")]
    Short,
}

/// The webhook is not genuine or not usable. No message helps a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// A header is missing or malformed.
    #[error("the webhook's `{0}` header is missing or malformed")]
    Header(&'static str),
    /// The timestamp differs from the clock by more than five minutes.
    #[error("the webhook's timestamp is too far from the clock")]
    Stale,
    /// No signature was made with the key.
    #[error("the webhook's signature does not match")]
    Signature,
    /// The signature matches, but the body names no prediction.
    #[error("the webhook's body names no prediction")]
    Body,
}

/// The headers of a webhook, unparsed. A missing one is the empty string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHeaders<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`.
    pub signature: &'a str,
}

/// A verified webhook's id. Retries repeat it, so it identifies duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebhookId(String);

impl WebhookId {
    /// 1 to 255 visible ASCII characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> WebhookHeaders<'a> {
    /// Checks everything that needs no key: presence, form, and that the timestamp is close to `now`. Returns the id.
    pub fn check(&self, now: Timestamp) -> Result<&'a str, WebhookError> {
        let id = visible_ascii(self.id, MAX_ID_CHARS).ok_or(WebhookError::Header("webhook-id"))?;
        let timestamp =
            unix_seconds(self.timestamp).ok_or(WebhookError::Header("webhook-timestamp"))?;
        if self.signature.is_empty() || self.signature.len() > MAX_SIGNATURE_BYTES {
            return Err(WebhookError::Header("webhook-signature"));
        }
        if timestamp.abs_diff(now.as_second()) > TIMESTAMP_TOLERANCE {
            return Err(WebhookError::Stale);
        }
        Ok(id)
    }
}

impl WebhookKey {
    /// Parses the secret as the provider hands it out: `whsec_` and base64.
    pub fn parse(secret: &Secret) -> Result<Self, WebhookKeyError> {
        let encoded = secret
            .expose()
            .strip_prefix("whsec_")
            .ok_or(WebhookKeyError::Prefix)?;
        let bytes = BASE64
            .decode(encoded)
            .map_err(|_| WebhookKeyError::Encoding)?;
        if bytes.len() < MIN_KEY_BYTES {
            return Err(WebhookKeyError::Short);
        }
        // HMAC takes a key of any length; the error belongs to the trait, not to this algorithm.
        Hmac::new_from_slice(&bytes)
            .map(Self)
            .map_err(|_| WebhookKeyError::Short)
    }

    /// Verifies that `body` was signed with this key at about `now`.
    pub fn verify(
        &self,
        headers: WebhookHeaders<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<WebhookId, WebhookError> {
        let id = headers.check(now)?;
        let mut mac = self.0.clone();
        for part in [
            id.as_bytes(),
            b".",
            headers.timestamp.as_bytes(),
            b".",
            body,
        ] {
            mac.update(part);
        }
        // Every signature is compared, each in constant time, so the duration reveals nothing.
        let mut matches = false;
        for signature in headers.signature.split(' ') {
            let Some(encoded) = signature.strip_prefix("v1,") else {
                continue;
            };
            if let Ok(bytes) = BASE64.decode(encoded) {
                matches |= mac.clone().verify_slice(&bytes).is_ok();
            }
        }
        if matches {
            Ok(WebhookId(id.to_owned()))
        } else {
            Err(WebhookError::Signature)
        }
    }
}

fn visible_ascii(text: &str, max: usize) -> Option<&str> {
    ((1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())).then_some(text)
}

/// Parses Unix seconds in plain digits. `+1` is refused, because it would be signed as another text than `1`.
fn unix_seconds(text: &str) -> Option<i64> {
    (text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests;
