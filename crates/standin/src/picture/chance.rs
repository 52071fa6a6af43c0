//! Numbers that look random and follow from a seed.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// A sequence that a value determines (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Sequence(u64);

impl Sequence {
    /// The sequence of `subject`: the same for equal values, unrelated for others.
    pub(super) fn of(subject: &impl Serialize) -> Self {
        // These are names and JSON values; they can always be written down.
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
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from `low` to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        let part = f32::from(u16::try_from(self.bits() >> 48).unwrap_or_default()) / 65_536.0;
        low + (high - low) * part
    }
}
