//! Unguessable values, used in sign-in links and in the URLs of webhooks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq;

/// Hexadecimal digits of 128 bits.
const LENGTH: usize = 32;

/// 128 random bits as 32 lower-case hexadecimal digits. `Debug` does not print it, and comparisons take constant time.
#[derive(Clone)]
pub struct Nonce(String);

/// The text is not a nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a nonce (32 lower-case hexadecimal digits)")]
pub struct NonceError;

impl Nonce {
    /// The nonce of 128 bits from a cryptographic random number generator.
    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// The nonce as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Nonce {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Nonce {}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(*****)")
    }
}

impl FromStr for Nonce {
    type Err = NonceError;

    fn from_str(text: &str) -> Result<Self, NonceError> {
        let whole =
            text.len() == LENGTH && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if whole {
            Ok(Self(text.to_owned()))
        } else {
            Err(NonceError)
        }
    }
}

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_round_trips_and_is_not_printed() {
        let nonce = Nonce::from_random(0xabc);
        assert_eq!(nonce.as_str().parse(), Ok(nonce.clone()));
        assert_ne!(nonce, Nonce::from_random(0xabd));
        assert!(!format!("{nonce:?}").contains("abc"));
    }

    #[test]
    fn invalid_text_is_refused() {
        let long = "a".repeat(33);
        let upper = "A".repeat(32);
        for text in ["", "abc", &long, &upper, &"é".repeat(16)] {
            assert_eq!(text.parse::<Nonce>(), Err(NonceError), "{text}");
        }
    }
}
