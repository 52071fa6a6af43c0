//! Leaving a phrase out without leaving its small words behind.
use std::ops::Range;

use super::clauses::{adds, connects, counts, determines, is_of_somebody, needs_more, places};
use super::words::Text;

/// Takes the words `from..to` out; `None` when something before them needs them.
pub(super) fn fix(text: &Text<'_>, from: usize, to: usize) -> Option<(Range<usize>, String)> {
    let mut from = from;
    while determines(text.before(from)) {
        from -= 1;
    }
    if needs_more(text.before(from)) || counts(text.before(from)) {
        return None;
    }
    let mut to = to;
    if connects(text.before(from)) {
        if adds(text.next(to)) && !adds(text.before(from)) {
            // "with A and B" becomes "with B".
            to += 1;
            return Some((
                gap_before(text, from).end..gap_after(text, to),
                String::new(),
            ));
        }
        from -= 1;
        while connects(text.before(from)) {
            from -= 1;
        }
    } else if text.before(from).is_none() && adds(text.next(to)) {
        to += 1;
    }
    let begins = text.before(from).is_none();
    let ends = text.next(to).is_none();
    let before = gap_before(text, from);
    let range = if !begins {
        before.start..text.range(from, to).end
    } else if !ends {
        before.end..gap_after(text, to)
    } else if from == 0 {
        // The first clause goes with the comma behind it, any other with the one before it.
        0..after_comma(text, to)
    } else {
        before.start..text.range(from, to).end
    };
    Some((range, String::new()))
}

/// The same for somebody: where they are and whose they are would be left over.
pub(super) fn fix_person(
    text: &Text<'_>,
    from: usize,
    to: usize,
) -> Option<(Range<usize>, String)> {
    let behind = text.next(to);
    let (range, put) = fix(text, from, to)?;
    let before = text.text.get(..range.start)?.trim_end();
    let begins = before.is_empty() || before.ends_with([',', ';', '.']);
    let is_left_over = is_of_somebody(behind) || (begins && places(behind));
    (!is_left_over).then_some((range, put))
}

/// What stands between the word `at` and the one before it.
fn gap_before(text: &Text<'_>, at: usize) -> Range<usize> {
    let start = text.range(at, at + 1).start;
    let before = at.checked_sub(1).and_then(|at| text.words.get(at));
    before.map_or(0, |word| word.end)..start
}

/// Where the word after `to` begins.
fn gap_after(text: &Text<'_>, to: usize) -> usize {
    gap_before(text, to).end
}

/// Behind the words before `to`, the comma and the space that follow them.
fn after_comma(text: &Text<'_>, to: usize) -> usize {
    let end = text.range(0, to).end;
    let rest = text.text.get(end..).unwrap_or_default();
    let after = rest.trim_start_matches(|c| matches!(c, ',' | ';' | '.' | ' '));
    text.text.len() - after.len()
}
