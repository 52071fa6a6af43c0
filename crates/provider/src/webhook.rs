//! Signatures of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`.
//!
//! Source: providers.md §1.5, its vector among the tests. Unlike Replicate's own JavaScript client this checks the
//! timestamp, compares in constant time, and takes the secret apart by its prefix only.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use selfsame_primitives::time::Timestamp;
use sha2::Sha256;

use crate::secret::Secret;

/// Seconds by which a webhook's timestamp may differ from the clock, either way.
pub const TIMESTAMP_TOLERANCE: u64 = 300;
/// Bytes of a decoded key at least. Standard Webhooks asks for 24; the published vector has 24; less than 16 could
/// be guessed, so such a key verifies nothing at all rather than anything.
pub const SHORTEST_KEY: usize = 16;
/// Characters of a header at most.
const LONGEST_HEADER: usize = 4_096;
/// Characters of a webhook id at most; it becomes a database key.
const LONGEST_ID: usize = 255;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key that webhooks are signed with. It cannot print itself.
#[derive(Clone)]
pub struct WebhookKey(Hmac<Sha256>);

impl fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::secret::MASK)
    }
}

/// The secret cannot verify anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookKeyError {
    /// It does not begin with `whsec_`.
    #[error("the webhook secret does not begin with `whsec_`")]
    Prefix,
    /// What follows the prefix is not base64.
    #[error("the webhook secret is not base64")]
    Encoding,
    /// It is empty, or shorter than [`SHORTEST_KEY`].
    #[error("the webhook secret is shorter than {SHORTEST_KEY} bytes")]
    Short,
}

impl WebhookKeyError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prefix => "webhook_key_prefix",
            Self::Encoding => "webhook_key_encoding",
            Self::Short => "webhook_key_short",
        }
    }
}

/// The webhook is not to be believed. None of the texts says anything a forger could use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// A header is missing, or not in its form.
    #[error("the webhook's `{0}` header is missing or malformed")]
    Header(&'static str),
    /// The timestamp is more than [`TIMESTAMP_TOLERANCE`] seconds away.
    #[error("the webhook's timestamp is too far from the clock")]
    Stale,
    /// No signature is ours.
    #[error("the webhook's signature does not match")]
    Signature,
    /// The signature is good, but the body names no prediction.
    #[error("the webhook's body names no prediction")]
    Body,
}

impl WebhookError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Header(_) => "webhook_header",
            Self::Stale => "webhook_stale",
            Self::Signature => "webhook_signature",
            Self::Body => "webhook_body",
        }
    }
}

/// The headers of a webhook as they came; a missing one is the empty text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHeaders<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`.
    pub signature: &'a str,
}

/// A verified webhook's id: the same over retries, so it tells a duplicate.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebhookId(String);

impl WebhookId {
    /// 1-255 visible ASCII characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> WebhookHeaders<'a> {
    /// Whether they are there, in their form and of about `now`: what can be said without the key. Gives the id.
    pub fn check(&self, now: Timestamp) -> Result<&'a str, WebhookError> {
        let id = visible(self.id, LONGEST_ID).ok_or(WebhookError::Header("webhook-id"))?;
        let timestamp = seconds(self.timestamp).ok_or(WebhookError::Header("webhook-timestamp"))?;
        if self.signature.is_empty() || self.signature.len() > LONGEST_HEADER {
            return Err(WebhookError::Header("webhook-signature"));
        }
        if timestamp.abs_diff(now.as_second()) > TIMESTAMP_TOLERANCE {
            return Err(WebhookError::Stale);
        }
        Ok(id)
    }
}

impl WebhookKey {
    /// From the secret as the provider hands it out: `whsec_` and base64.
    pub fn parse(secret: &Secret) -> Result<Self, WebhookKeyError> {
        let encoded = secret
            .expose()
            .strip_prefix("whsec_")
            .ok_or(WebhookKeyError::Prefix)?;
        let bytes = BASE64
            .decode(encoded)
            .map_err(|_| WebhookKeyError::Encoding)?;
        if bytes.len() < SHORTEST_KEY {
            return Err(WebhookKeyError::Short);
        }
        // HMAC takes a key of any length; the error is one of the trait, not of this algorithm.
        Hmac::new_from_slice(&bytes)
            .map(Self)
            .map_err(|_| WebhookKeyError::Short)
    }

    /// Whether `body` came from whoever holds this key, at about `now`.
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
        // Every signature is compared, and each in constant time: how long it takes tells nothing.
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

fn visible(text: &str, longest: usize) -> Option<&str> {
    ((1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()))
        .then_some(text)
}

/// Unix seconds in plain digits: `+1` and ` 1` are signed as other texts, so they are no timestamps.
fn seconds(text: &str) -> Option<i64> {
    (text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests;
