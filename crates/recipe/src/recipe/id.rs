//! A recipe's id.

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::sha256;
use selfsame_primitives::InvalidString;

/// The SHA-256 of a recipe's canonical JSON; as text 64 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(as = "std::string::String")
)]
pub struct RecipeId([u8; 32]);

impl RecipeId {
    pub(super) fn of(canonical: &str) -> Self {
        Self(sha256::digest(canonical.as_bytes()))
    }
}

/// Whether `text` is a SHA-256 as this product writes it.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl fmt::Display for RecipeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            for half in [byte >> 4, byte & 15] {
                f.write_char(char::from(if half < 10 { b'0' } else { b'a' - 10 } + half))?;
            }
        }
        Ok(())
    }
}

impl FromStr for RecipeId {
    type Err = InvalidString;

    fn from_str(text: &str) -> Result<Self, InvalidString> {
        let wrong = InvalidString {
            expected: "a recipe id: 64 lower-case hex digits",
        };
        if !is_digest(text) {
            return Err(wrong);
        }
        let mut id = [0; 32];
        for (byte, pair) in id.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = pair.iter().fold(0, |byte, digit| {
                byte << 4
                    | if digit.is_ascii_digit() {
                        digit - b'0'
                    } else {
                        digit - b'a' + 10
                    }
            });
        }
        Ok(Self(id))
    }
}

impl Serialize for RecipeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecipeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::string::String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
