//! Which characters are letters (`\p{L}`) and numbers (`\p{N}`): ranges that come with the vocabulary, so that the
//! browser's module needs no tables and every platform agrees.

use alloc::vec::Vec;

use crate::tokens::VocabularyError;
use crate::tokens::bytes::Bytes;

/// Ranges of characters beyond ASCII, ascending.
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// How many; then, of each, how many characters lie before it and how many it has beyond its first.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, VocabularyError> {
        let count = bytes.count()?;
        let mut ranges = Vec::with_capacity(count);
        let mut next = 0x80_u32;
        for _ in 0..count {
            let first = next.saturating_add(bytes.number()?);
            let last = first.saturating_add(bytes.number()?);
            ranges.push((first, last));
            next = last.saturating_add(1);
        }
        Ok(Self(ranges))
    }

    pub(super) fn contain(&self, c: char) -> bool {
        let c = u32::from(c);
        let behind = self.0.partition_point(|(first, _)| *first <= c);
        behind
            .checked_sub(1)
            .and_then(|at| self.0.get(at))
            .is_some_and(|(_, last)| c <= *last)
    }
}
