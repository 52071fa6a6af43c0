//! What is not the person's own description: quoted text, tags, the and what the builder appends anyway.
use std::ops::Range;

use super::quality::Appended;

/// Those places as ranges of bytes, in order.
pub(super) fn masks(text: &str, appended: Option<&Appended>) -> Vec<Range<usize>> {
    let mut masks = Vec::new();
    let mut start = 0;
    let mut skip_to = 0;
    // An opening mark without a closing one: so are all that follow.
    let mut unclosed = Vec::new();
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let close = match c {
            ',' | ';' | '\n' => {
                mask_unit(text, start..at, appended, &mut masks);
                start = at + 1;
                continue;
            }
            '"' => '"',
            '“' => '”',
            '<' => '>',
            _ => continue,
        };
        if unclosed.contains(&c) {
            continue;
        }
        let inner = at + c.len_utf8();
        match text.get(inner..).and_then(|rest| rest.find(close)) {
            Some(length) => {
                skip_to = inner + length + close.len_utf8();
                masks.push(at..skip_to);
            }
            None => unclosed.push(c),
        }
    }
    mask_unit(text, start..text.len(), appended, &mut masks);
    masks
}

fn mask_unit(
    text: &str,
    unit: Range<usize>,
    appended: Option<&Appended>,
    masks: &mut Vec<Range<usize>>,
) {
    let words = text.get(unit.clone()).unwrap_or_default();
    let is_edge = |c: char| c.is_whitespace() || c == '.';
    let words = words.trim_end_matches(is_edge).trim_start_matches(is_edge);
    if appended.is_some_and(|appended| appended.has_unit(words)) {
        // A quotation within it is masked already, and masks do not overlap.
        while masks.pop_if(|mask| mask.start >= unit.start).is_some() {}
        masks.push(unit);
    }
}
