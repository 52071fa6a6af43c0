//! Which characters make up a word, and where a word ends.

use super::marks::is_mark;

/// A letter, digit, combining mark or `_`.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() || is_mark(c)
    }
}

/// Has at least one letter or digit: punctuation, symbols and emoji alone say nothing to the text encoders.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// `text[start..end]` is a whole word: neither a word character nor `-` and a word character touches it.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    is_free(before.next(), before.next()) && is_free(after.next(), after.next())
}

fn is_free(neighbour: Option<char>, beyond: Option<char>) -> bool {
    match neighbour {
        None => true,
        Some('-') => !beyond.is_some_and(is_word),
        Some(c) => !is_word(c),
    }
}

/// Equal but for case. One lower-case mapping a character: `ß` and `SS` stay different.
pub(super) fn same_letter(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(&b)
    } else {
        a == b || a.to_lowercase().eq(b.to_lowercase())
    }
}

/// Where `prefix` ends in `text`, when `text` begins with it in any case.
pub(super) fn strip_word<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        if !same_letter(rest.next()?, wanted) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Equal but for case.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    strip_word(a, b).is_some_and(str::is_empty)
}

/// `text` begins with the whole word `word`, in any case.
pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    strip_word(text, word).is_some_and(|rest| stands_alone(text, 0, text.len() - rest.len()))
}
