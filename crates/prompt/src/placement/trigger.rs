//! Finds the trigger as a whole word, ignoring ASCII case, whatever characters it consists of.

use std::ops::Range;

use super::word::{Places, cut, is_word, stands_alone};

/// The fewest digits that make `user…` a trigger of the product's own scheme.
pub(super) const SCHEME_DIGITS: usize = 5;

/// A trigger as it is written in a clean text. An empty one is never found.
pub(super) struct Trigger {
    text: String,
    /// The bytes that a mention can begin with: one letter in both cases.
    first: Option<(u8, u8)>,
}

impl Trigger {
    /// `text` is one line of flattened text.
    pub(super) fn new(text: String) -> Self {
        let first = text.bytes().next();
        Self {
            first: first.map(|byte| (byte.to_ascii_lowercase(), byte.to_ascii_uppercase())),
            text,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the trigger has word characters only, as every registered one does.
    pub(super) fn is_plain(&self) -> bool {
        self.text.chars().all(is_word)
    }

    /// The end of a whole-word mention that begins at `start`.
    pub(super) fn at(&self, text: &str, start: usize) -> Option<usize> {
        if self.text.is_empty() {
            return None;
        }
        let end = start + self.text.len();
        let spelled = text.as_bytes().get(start..end)?;
        (spelled.eq_ignore_ascii_case(self.text.as_bytes()) && stands_alone(text, start, end))
            .then_some(end)
    }

    /// Whether a mention can begin with this byte.
    #[inline]
    pub(super) fn may_begin_with(&self, byte: u8) -> bool {
        matches!(self.first, Some((lower, upper)) if byte == lower || byte == upper)
    }

    /// Every whole-word mention, from left to right, without overlaps.
    pub(super) fn mentions(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut resume = 0;
        for (start, byte) in Places::of(text) {
            if self.may_begin_with(byte)
                && start >= resume
                && let Some(end) = self.at(text, start)
            {
                found.push(start..end);
                resume = end;
            }
        }
        found
    }
}

/// The end of a whole word of the product's own trigger scheme, `user` and five digits or more, that begins at
/// `start`. Digits of any script count: T5 normalises full-width ones to ASCII.
pub(super) fn scheme_at(text: &str, start: usize) -> Option<usize> {
    let name = text.as_bytes().get(start..start + 4)?;
    if !name.eq_ignore_ascii_case(b"user") {
        return None;
    }
    let digits = cut(text, start + 4..);
    let rest = digits.trim_start_matches(char::is_numeric);
    let end = text.len() - rest.len();
    let enough = cut(digits, ..digits.len() - rest.len()).chars().count() >= SCHEME_DIGITS;
    (enough && stands_alone(text, start, end)).then_some(end)
}

/// Whether the text mentions a trigger of the product's own scheme.
pub(super) fn mentions_scheme(text: &str) -> bool {
    (0..text.len()).any(|start| scheme_at(text, start).is_some())
}
