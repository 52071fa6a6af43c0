//! Random ids and seeds, which have to be unique but not secret, and pseudo-random numbers that follow from a value.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The characters of ids. There are 32, so that five random bits select one without bias.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A prediction id in Replicate's form: 26 characters of `[a-z0-9]`.
pub(crate) fn prediction_id() -> String {
    letters(26)
}

/// The unguessable part of an output's URL.
pub(crate) fn delivery_token() -> String {
    letters(44)
}

/// The `webhook-id` of one event: `msg_` and random letters.
pub(crate) fn message_id() -> String {
    format!("msg_{}", letters(24))
}

/// The seed that the model chooses if it gets none: 16 bits, never 0.
pub(crate) fn seed() -> u16 {
    let [high, low] = bytes::<2>();
    u16::from_be_bytes([high, low]).max(1)
}

fn letters(count: usize) -> String {
    let mut text = String::with_capacity(count);
    while text.len() < count {
        for byte in bytes::<16>() {
            if text.len() < count {
                text.push(char::from(LETTERS[usize::from(byte & 31)]));
            }
        }
    }
    text
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a source of randomness, the clock still makes ids distinct.
        let nanoseconds = jiff::Timestamp::now().as_nanosecond().to_be_bytes();
        for (byte, filler) in bytes.iter_mut().zip(nanoseconds.iter().rev().cycle()) {
            *byte = *filler;
        }
    }
    bytes
}

/// Pseudo-random numbers that a value determines (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Sequence(u64);

impl Sequence {
    /// The same sequence for equal values, and an unrelated one for any other.
    pub(crate) fn of(subject: &impl Serialize) -> Self {
        // Names and JSON values always serialise.
        let text = serde_json::to_vec(subject).unwrap_or_default();
        let digest = Sha256::digest(text);
        Self(
            digest
                .iter()
                .take(8)
                .fold(0, |seed, byte| seed << 8 | u64::from(*byte)),
        )
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        let part = f32::from(u16::try_from(self.bits() >> 48).unwrap_or_default()) / 65_536.0;
        low + (high - low) * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_length_and_characters_of_replicates() {
        let id = prediction_id();
        assert_eq!(id.len(), 26);
        assert!(
            id.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        );
        assert_ne!(id, prediction_id());
        assert!(message_id().starts_with("msg_"));
    }
}
