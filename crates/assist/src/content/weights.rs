//! Finds tags that load weights, and addresses of weights.

use std::ops::Range;

use selfsame_prompt::fold::{Folded, fold};

use super::{ContentRule, FILES, HOSTS, SETTINGS, TAGS};

/// A text in ASCII for comparison: folded letters, its own punctuation, and a space for everything else.
struct Plain {
    text: String,
    /// For each byte of it, the bytes of the text that it stands for.
    places: Vec<Range<usize>>,
}

impl Plain {
    fn new(text: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices() {
            let byte = match fold(c) {
                Folded::Nothing => continue,
                Folded::Letter(letter) if letter.is_ascii() => letter,
                Folded::Letter(_) => ' ',
                Folded::Gap => punctuation(c),
            };
            plain.text.push(byte);
            plain.places.push(at..at + c.len_utf8());
        }
        plain
    }

    /// The text's bytes behind the bytes `range` of this one.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).map_or(0, |place| place.start);
        let last = self.places.get(range.end.saturating_sub(1));
        start..last.map_or(start, |place| place.end)
    }
}

/// Punctuation of ASCII, also in its full-width form.
fn punctuation(c: char) -> char {
    let full_width = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32);
    let c = full_width.filter(char::is_ascii).unwrap_or(c);
    if c.is_ascii_graphic() { c } else { ' ' }
}

/// The first tag, or else the first address, and its place.
pub(super) fn find(text: &str) -> Option<(ContentRule, Range<usize>)> {
    if !text.contains(|c: char| !c.is_ascii() || matches!(c, '<' | '.' | '_')) {
        return None;
    }
    let plain = Plain::new(text);
    let tag = tag(&plain.text).map(|range| (ContentRule::WeightsTag, range));
    let found = tag.or_else(|| Some((ContentRule::WeightsAddress, address(&plain.text)?)));
    found.map(|(rule, range)| (rule, plain.place(range)))
}

fn tag(text: &str) -> Option<Range<usize>> {
    for setting in SETTINGS {
        if let Some(at) = text.find(setting) {
            return Some(at..at + setting.len());
        }
    }
    for (at, _) in text.match_indices('<') {
        let inner = text.get(at + 1..)?.trim_start();
        for tag in TAGS {
            let rest = inner.strip_prefix(tag).map(str::trim_start);
            if let Some(rest) = rest.and_then(|rest| rest.strip_prefix(':')) {
                return Some(at..text.len() - rest.len());
            }
        }
    }
    None
}

fn address(text: &str) -> Option<Range<usize>> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    for host in HOSTS {
        for (at, _) in text.match_indices(host) {
            let end = at + host.len();
            let begins = at == 0
                || bytes
                    .get(at - 1)
                    .is_some_and(|byte| !is_name(byte) && *byte != b'-');
            let has_path = bytes.get(end) == Some(&b'/') && bytes.get(end + 1).is_some_and(is_name);
            if begins && has_path {
                return Some(around(text, at, end));
            }
        }
    }
    for file in FILES {
        for (at, _) in text.match_indices(file) {
            let end = at + file.len();
            let named = at > 0 && bytes.get(at - 1).is_some_and(is_name);
            if named && !bytes.get(end).is_some_and(is_name) {
                return Some(around(text, at, end));
            }
        }
    }
    None
}

/// The bytes `at..end` with what touches them on both sides.
fn around(text: &str, at: usize, end: usize) -> Range<usize> {
    let is_end = |c: char| c == ' ' || matches!(c, ',' | ';' | '"' | '(' | ')' | '<' | '>');
    let start = text.get(..at).and_then(|before| before.rfind(is_end));
    let rest = text.get(end..).and_then(|after| after.find(is_end));
    start.map_or(0, |start| start + 1)..rest.map_or(text.len(), |rest| end + rest)
}
