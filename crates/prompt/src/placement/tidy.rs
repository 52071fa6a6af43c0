//! Step 7: single spaces, and no punctuation left over at the ends of units.

use super::split::Unit;

/// What a unit neither begins nor ends with.
const LEFT_OVER: [char; 6] = [',', ';', ':', '…', ' ', '\n'];
/// What the last unit does not end with, besides.
pub(super) const END_MARKS: [char; 10] = [',', ';', ':', '…', ' ', '\n', '.', '!', '?', '\u{3002}'];

/// `text` with single spaces and without left-over punctuation at its ends.
pub(super) fn tidy(text: String) -> String {
    let trimmed = text.trim_matches(LEFT_OVER);
    if !has_blanks_to_fold(trimmed) {
        return if trimmed.len() == text.len() {
            text
        } else {
            trimmed.to_owned()
        };
    }
    let mut out = String::with_capacity(trimmed.len());
    for word in trimmed.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn has_blanks_to_fold(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| pair == b"  " || pair[0] == b'\n')
}

/// Takes the end marks off the last unit's text; its separator remembers one of them.
pub(super) fn trim_last(units: &mut [Unit]) {
    if let Some(last) = units.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches(END_MARKS).len());
    }
}
