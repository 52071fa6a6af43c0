//! The pairs of tokens that merge, by rank.
//!
//! A token is a number: a byte within a word, 256 plus the byte at the end of a word, or 512 plus the rank of the pair that
//! it was merged from.

use crate::tokens::packed::Bytes;

/// The token of a byte at the end of a word is this much larger.
pub(super) const AT_END: u16 = 256;
/// The token of the pair of rank 0.
pub(super) const MERGED: u16 = 512;

/// Size of the hash table; a power of two.
const SLOTS: usize = 1 << 17;
/// Most slots that are probed for a pair. The real vocabulary needs 15; a file that needs more than this is refused.
const FURTHEST: usize = 48;

/// The pairs by rank, and a hash table with open addressing to look them up.
pub(super) struct Pairs {
    left: Vec<u16>,
    right: Vec<u16>,
    /// Rank plus one; 0 in an empty slot.
    slots: Vec<u16>,
}

impl Pairs {
    /// Reads the count, then all left and all right tokens in the order of rank. Also returns whether they are valid.
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
            // A pair consists of bytes and of pairs of lower rank.
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

    /// The rank of `pair`; `None` if it does not merge.
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

/// The slots in which a pair may be, in the order of probing.
fn places((left, right): (u16, u16)) -> impl Iterator<Item = usize> {
    let key = (u32::from(left) << 16 | u32::from(right)).wrapping_mul(0x9e37_79b1);
    let first = (key >> 15) as usize;
    (first..first + FURTHEST).map(|place| place % SLOTS)
}

/// Reads numbers of 16 bits: all high bytes, then the low bytes grouped by high byte, the order that compresses best.
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
