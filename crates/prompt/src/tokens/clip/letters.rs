//! Which characters are letters (`\p{L}`) and numbers (`\p{N}`): ranges that come with the vocabulary, so that the
//! browser's module needs no tables and every platform agrees.

use crate::tokens::bytes::Bytes;

/// Ranges of characters beyond ASCII: where each begins, and where it has ended, in turn.
pub(super) struct Ranges(Vec<u32>);

impl Ranges {
    /// How many such places; each as how far it is behind the last one.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Self {
        let mut place = 0x80_u32;
        let mut places = Vec::new();
        for _ in 0..bytes.count() {
            place = place.saturating_add(bytes.number());
            places.push(place);
        }
        Self(places)
    }

    pub(super) fn contain(&self, c: char) -> bool {
        // Behind an odd number of places, one range has begun and not ended.
        self.0.partition_point(|place| *place <= u32::from(c)) % 2 == 1
    }
}
