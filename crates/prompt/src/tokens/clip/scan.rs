//! Splits words into the pieces within which pairs merge: `'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`.

use crate::tokens::packed::Bytes;

/// Contractions, each a piece of its own.
const CONTRACTIONS: [&str; 7] = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];
/// The model's own marks, one token each anywhere in a text.
const MARKS: [&str; 2] = ["<|startoftext|>", "<|endoftext|>"];

/// A piece of a word.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The byte offset in the word at which it begins.
    pub(super) start: usize,
    /// Whether it is one of the model's own marks, which are one token.
    pub(super) is_mark: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Number,
    Other,
}

/// Returns the pieces of a folded word without white space.
pub(super) fn pieces<'a>(
    word: &'a str,
    letters: &Ranges,
    numbers: &Ranges,
) -> impl Iterator<Item = Piece<'a>> {
    let kind = |c: char| {
        if c.is_ascii_alphabetic() || (!c.is_ascii() && letters.contain(c)) {
            Kind::Letter
        } else if c.is_ascii_digit() || (!c.is_ascii() && numbers.contain(c)) {
            Kind::Number
        } else {
            Kind::Other
        }
    };
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = word.get(start..)?;
        let first = rest.chars().next()?;
        let mark = starts_with(rest, &MARKS);
        let length = if let Some(length) = mark.or_else(|| starts_with(rest, &CONTRACTIONS)) {
            length
        } else {
            let first_kind = kind(first);
            match first_kind {
                Kind::Number => first.len_utf8(),
                _ => rest
                    .char_indices()
                    .find(|(at, c)| {
                        kind(*c) != first_kind
                            || (*c == '<'
                                && rest
                                    .get(*at..)
                                    .is_some_and(|rest| starts_with(rest, &MARKS).is_some()))
                    })
                    .map_or(rest.len(), |(at, _)| at),
            }
        };
        let piece = Piece {
            text: rest.get(..length)?,
            start,
            is_mark: mark.is_some(),
        };
        start += length;
        Some(piece)
    })
}

fn starts_with(text: &str, words: &[&str]) -> Option<usize> {
    let found = words.iter().find(|word| text.starts_with(**word))?;
    Some(found.len())
}

/// Ranges of characters beyond ASCII, as the sorted bounds at which they begin and end in turn.
///
/// They hold the letters (`\p{L}`) or numbers (`\p{N}`). They come with the vocabulary, so the browser module needs no
/// tables and every platform counts alike.
pub(super) struct Ranges(Vec<u32>);

impl Ranges {
    /// Reads the count of bounds, then each as its distance from the last.
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
        // After an odd number of bounds, one range has begun and not ended.
        self.0.partition_point(|place| *place <= u32::from(c)) % 2 == 1
    }
}
