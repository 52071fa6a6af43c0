//! Word characters and word boundaries.

use std::slice::SliceIndex;

use super::marks::is_mark;

/// `text[range]`, or an empty string for a range outside `text`. Slicing in brackets would add the code that prints its
/// panic to the browser module, 4 KB.
pub(super) fn cut<R: SliceIndex<str, Output = str>>(text: &str, range: R) -> &str {
    text.get(range).unwrap_or_default()
}

/// Every byte with its offset, like `bytes().enumerate()`, which is not inlined in code that is optimised for size and made
/// the loops over whole texts 50% slower.
pub(super) struct Places<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            next: 0,
        }
    }
}

impl Iterator for Places<'_> {
    type Item = (usize, u8);

    #[expect(clippy::inline_always, reason = "the type exists to be inlined")]
    #[inline(always)]
    fn next(&mut self) -> Option<(usize, u8)> {
        let place = self.next;
        let byte = *self.bytes.get(place)?;
        self.next = place + 1;
        Some((place, byte))
    }
}

/// A letter, digit, combining mark or `_`.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() || is_mark(c)
    }
}

/// Whether `text` has a letter or digit. Punctuation, symbols and emoji alone mean nothing to the text encoders.
pub fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether `text[start..end]` is a whole word: no word character, and no `-` with a word character behind it, touches
/// it.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let mut before = cut(text, ..start).chars().rev();
    let mut after = cut(text, end..).chars();
    is_free(before.next(), before.next()) && is_free(after.next(), after.next())
}

fn is_free(neighbour: Option<char>, beyond: Option<char>) -> bool {
    match neighbour {
        None => true,
        Some('-') => !beyond.is_some_and(is_word),
        Some(c) => !is_word(c),
    }
}

/// Strips `prefix` from `text`, ignoring ASCII case. Registered triggers have no other letters, and Unicode's table of
/// lower-case letters is 11 KB.
pub(super) fn strip_word<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Whether two strings are equal when ASCII case is ignored.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Counts the words of a text whose only white space is single spaces.
pub(super) fn words(text: &str) -> usize {
    1 + text.bytes().filter(|byte| *byte == b' ').count()
}

/// Whether `text` begins with the whole word `word`, ignoring ASCII case.
pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    strip_word(text, word).is_some_and(|rest| stands_alone(text, 0, text.len() - rest.len()))
}
