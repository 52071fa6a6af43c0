//! What stands directly around a mention: marks that go with it, and the gap that it leaves.

use super::trigger::Trigger;
use super::word::{cut, is_word, strip_word};

/// Pairs that are taken off together with a mention they enclose directly.
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
/// Pairs that are taken off a mention that stays.
pub(super) const SIGILS: &[(char, char)] = &[('<', '>')];

/// The mention with `@`, `#` and the pairs around it; `floor` is where the unit's unread part begins.
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
        // `"` and `'` are their own partners: at the inner side of a word they belong to that word.
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

/// `'s` and the end of the word.
pub(super) fn is_possessive(after: &str) -> bool {
    after
        .strip_prefix(['\'', '’'])
        .and_then(|rest| strip_word(rest, "s"))
        .is_some_and(|rest| !rest.starts_with(is_word))
}

/// Closes the gap of a deleted mention between `out` and `after`; returns how much of `after` is dealt with.
///
/// A comma that would be left over behind an opening bracket, before a closing one or beside another comma goes.
/// A space always stays, so that the mention's neighbours never grow together into a new mention or alias;
/// except that a trigger of word characters cannot come about when a parenthesis or quotation mark moves up.
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

/// The opening bracket or quotation mark that `text` ends with. `"` and `'` open only a word of their own.
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

/// The closing bracket or quotation mark that `text` begins with. Quotation marks close only at a word's end.
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
