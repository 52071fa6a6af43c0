//! The key that signs links and sessions.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use selfsame_primitives::text::plural;
use sha2::Sha256;

/// The fewest bytes of text that a signing key may have: as many as the hash's output has.
pub const MIN_KEY_BYTES: usize = 32;

/// The signing key. It cannot be printed.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

/// The text is too short to be a signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signing key has {}; it needs at least {MIN_KEY_BYTES}", plural(*bytes, "byte"))]
pub struct WeakKey {
    /// The bytes that it has.
    pub bytes: usize,
}

impl SigningKey {
    /// The key made of `text`, taken byte for byte.
    pub fn new(text: &str) -> Result<Self, WeakKey> {
        let weak = WeakKey { bytes: text.len() };
        if text.len() < MIN_KEY_BYTES {
            return Err(weak);
        }
        // HMAC takes a key of any length, although its constructor can fail.
        Hmac::new_from_slice(text.as_bytes())
            .map(Self)
            .map_err(|_| weak)
    }

    fn over(&self, kind: &str, payload: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(b".");
        mac.update(payload.as_bytes());
        mac
    }

    pub(super) fn sign(&self, kind: &str, payload: &str) -> Vec<u8> {
        self.over(kind, payload).finalize().into_bytes().to_vec()
    }

    /// Whether `signature` is this key's, compared in constant time.
    pub(super) fn signed(&self, kind: &str, payload: &str, signature: &[u8]) -> bool {
        self.over(kind, payload).verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(*****)")
    }
}
