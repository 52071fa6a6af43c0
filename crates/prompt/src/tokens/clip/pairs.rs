//! The pairs that merge.
//!
//! A token is a number: a byte in a word, 256 + the byte at a word's end, 512 + rank for what a pair merges into.

use crate::tokens::packed::Bytes;

/// A byte at a word's end.
pub(super) const AT_END: u16 = 256;
/// The first token that a pair merges into.
pub(super) const MERGED: u16 = 512;

const SLOTS: usize = 1 << 17;
/// Longest way to a pair. The real vocabulary needs 15; a file that is made to need more is refused.
const FURTHEST: usize = 48;

/// The pairs by rank, and a table to find them in.
pub(super) struct Pairs {
    left: Vec<u16>,
    right: Vec<u16>,
    /// Rank + 1; 0 where nothing is.
    slots: Vec<u16>,
}

impl Pairs {
    /// How many; then all left and all right tokens, in the order of rank. And whether they make sense.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> (Self, bool) {
        let count = bytes.count();
        let mut found = Self {
            left: column(bytes, count),
            right: column(bytes, count),
            slots: vec![0; SLOTS],
        };
        let mut is_sound = count < usize::from(u16::MAX - MERGED);
        for rank in 1..=u16::try_from(count).unwrap_or(0) {
            let pair = found.get(rank - 1).unwrap_or_default();
            // A pair can only be made of what is there already.
            is_sound &= pair.0.max(pair.1) < rank.saturating_add(MERGED - 1);
            let free = places(pair).find(|place| found.slots.get(*place) == Some(&0));
            match free.and_then(|place| found.slots.get_mut(place)) {
                Some(slot) => *slot = rank,
                None => is_sound = false,
            }
        }
        (found, is_sound)
    }

    /// Both tokens of the pair with this rank.
    pub(super) fn get(&self, rank: u16) -> Option<(u16, u16)> {
        let at = usize::from(rank);
        Some((*self.left.get(at)?, *self.right.get(at)?))
    }

    /// The rank of a pair, when it merges.
    pub(super) fn rank(&self, pair: (u16, u16)) -> Option<u16> {
        for place in places(pair) {
            let rank = self.slots.get(place)?.checked_sub(1)?;
            if self.get(rank) == Some(pair) {
                return Some(rank);
            }
        }
        None
    }
}

/// Where a pair may stand, the likeliest place first.
fn places((left, right): (u16, u16)) -> impl Iterator<Item = usize> {
    let key = (u32::from(left) << 16 | u32::from(right)).wrapping_mul(0x9e37_79b1);
    let first = (key >> 15) as usize;
    (first..first + FURTHEST).map(|place| place % SLOTS)
}

/// Numbers of 16 bits: all high bytes, then the low bytes in the order of their high byte, which packs best.
fn column(bytes: &mut Bytes<'_>, count: usize) -> Vec<u16> {
    let high = bytes.take(count);
    let low = bytes.take(count);
    let mut next = [0_usize; 257];
    for byte in high {
        next[usize::from(*byte) + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut numbers = Vec::with_capacity(count);
    for byte in high {
        let at = &mut next[usize::from(*byte)];
        let low = low.get(*at).copied().unwrap_or_default();
        *at += 1;
        numbers.push(u16::from_be_bytes([*byte, low]));
    }
    numbers
}
