//! Step 7: single spaces, and no left-over punctuation at the ends of units.

use super::split::Unit;

/// Characters that a unit neither begins nor ends with.
const LEFT_OVER: [char; 6] = [',', ';', ':', '…', ' ', '\n'];
/// Characters that the last unit does not end with.
pub(super) const END_MARKS: [char; 10] = [',', ';', ':', '…', ' ', '\n', '.', '!', '?', '\u{3002}'];

/// Folds spaces and removes left-over punctuation at the ends.
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

/// Removes the end marks from the last unit's text; its separator keeps one of them.
pub(super) fn trim_last(units: &mut [Unit]) {
    if let Some(last) = units.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches(END_MARKS).len());
    }
}
