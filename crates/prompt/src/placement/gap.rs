//! The surroundings of a mention: marks that are removed with it, and the gap that it leaves.

use super::trigger::Trigger;
use super::word::{cut, is_word, strip_word};

/// Pairs that are removed together with a mention that they enclose directly.
pub(super) const WRAPPERS: &[(char, char)] = &[
    ('<', '>'),
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('“', '”'),
    ('‘', '’'),
    ('«', '»'),
];
/// Pairs that are removed around a mention that stays.
pub(super) const SIGILS: &[(char, char)] = &[('<', '>')];

/// Widens a mention by `@`, `#` and the pairs around it, but not beyond `floor`, where the unread part of the unit begins.
pub(super) fn unwrap(
    unit: &str,
    floor: usize,
    mut start: usize,
    mut end: usize,
    pairs: &[(char, char)],
) -> (usize, usize) {
    loop {
        let mut before = cut(unit, floor..start).chars().rev();
        let mut after = cut(unit, end..).chars();
        let (Some(left), right) = (before.next(), after.next()) else {
            return (start, end);
        };
        // `"` and `'` open and close alike; next to a word they belong to that word.
        let outside = !before.next().is_some_and(is_word) && !after.next().is_some_and(is_word);
        if matches!(left, '@' | '#') {
            start -= 1;
        } else if let Some(right) = right
            && pairs.contains(&(left, right))
            && (left != right || outside)
        {
            start -= left.len_utf8();
            end += right.len_utf8();
        } else {
            return (start, end);
        }
    }
}

/// Whether `after` begins with `'s` and the word ends there.
pub(super) fn is_possessive(after: &str) -> bool {
    after
        .strip_prefix(['\'', '’'])
        .and_then(|rest| strip_word(rest, "s"))
        .is_some_and(|rest| !rest.starts_with(is_word))
}

/// Closes the gap that a deleted mention leaves between `out` and `after`; returns how many bytes of `after` are done.
///
/// A comma that would be left after an opening bracket, before a closing one or next to another comma is removed. A
/// space stays, so that the neighbours never join into a new mention or alias. The exception is a parenthesis or
/// quotation mark, which can move up to its neighbour because a trigger of word characters does not contain one.
pub(super) fn close_gap(out: &mut String, after: &str, trigger: &Trigger) -> usize {
    let mut done = 0;
    if is_possessive(after) {
        done = after.chars().take(2).map(char::len_utf8).sum();
    }
    let mut next = done + blanks(cut(after, done..));
    let mut end = out.trim_end().len();
    let mut opened = opens(cut(out, ..end));
    if cut(after, next..).starts_with(',') && (opened.is_some() || cut(out, ..end).ends_with(',')) {
        done = next + 1;
        next = done + blanks(cut(after, done..));
    } else if closes(cut(after, next..)).is_some() && cut(out, ..end).ends_with(',') {
        end = cut(out, ..end - 1).trim_end().len();
        out.truncate(end);
        opened = opens(out);
    }
    let moves_up =
        |mark: Option<char>| mark.is_some_and(|mark| !matches!(mark, '[' | ']' | '{' | '}'));
    let closed = closes(cut(after, next..));
    if trigger.is_plain() && (moves_up(opened) || moves_up(closed)) {
        out.truncate(end);
        if let (Some(left), Some(right)) = (opened, closed)
            && WRAPPERS.contains(&(left, right))
        {
            out.truncate(end - left.len_utf8());
            out.push(' ');
            return next + right.len_utf8();
        }
        return next;
    }
    out.push(' ');
    done
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The opening bracket or quotation mark at the end of `text`. `"` and `'` open only after white space.
fn opens(text: &str) -> Option<char> {
    let mut before = text.chars().rev();
    let mark = before.next()?;
    let is_free = before.next().is_none_or(char::is_whitespace);
    let does = match mark {
        '(' | '[' | '{' | '“' | '‘' | '«' => true,
        '"' | '\'' => is_free,
        _ => false,
    };
    does.then_some(mark)
}

/// The closing bracket or quotation mark at the start of `text`. Quotation marks close only at the end of a word.
fn closes(text: &str) -> Option<char> {
    let mut after = text.chars();
    let mark = after.next()?;
    let is_free = !after.next().is_some_and(is_word);
    let does = match mark {
        ')' | ']' | '}' | '”' | '»' => true,
        '"' | '\'' | '’' => is_free,
        _ => false,
    };
    does.then_some(mark)
}
