//! How a phrase hangs in its sentence, and how to take it out without leaving its function words behind.

use std::ops::Range;

use super::words::Text;
use crate::text;

/// Whether the word belongs to the phrase after it and is left over without it: `with`, `and`.
pub(super) fn connects(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "with",
            "and",
            "or",
            "but",
            "has",
            "having",
            "plus",
            "featuring",
            "&",
        ],
    )
}

/// Whether the word joins the phrases on both sides.
fn adds(word: Option<&str>) -> bool {
    is_one_of(word, &["and", "or", "but"])
}

/// Whether the word belongs to the phrase after it: an article, a possessive.
pub(super) fn determines(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "a", "an", "the", "her", "his", "my", "their", "some", "other", "very",
        ],
    )
}

/// Whether the word is a number or a quantity of the phrase after it.
fn counts(word: Option<&str>) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    word.is_some_and(is_number)
        || is_one_of(
            word,
            &[
                "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several",
                "many", "few", "both", "all",
            ],
        )
}

/// Whether the word is a form of "to be".
pub(super) fn is_verb(word: Option<&str>) -> bool {
    is_one_of(word, &["is", "are", "was", "were", "am", "be", "being"])
}

/// Whether the word ties what follows to the phrase before it: "a friend of mine", "a crowd behind me".
fn is_of_somebody(word: Option<&str>) -> bool {
    is_one_of(word, &["of", "behind", "around", "beside", "next"])
}

/// Whether the word begins a place.
fn places(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "in", "on", "at", "by", "near", "between", "from", "under", "over", "to",
        ],
    )
}

/// Whether the word needs the phrase after it.
pub(super) fn needs_more(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "in", "of", "on", "at", "by", "through", "near", "among", "between", "for", "from",
            "to", "into", "behind", "under", "over", "as", "like", "against", "is", "are", "was",
            "wearing", "towards", "beside", "past", "amid", "be", "looking", "using", "shot",
            "were", "being", "holding", "hugging", "kissing", "carrying", "showing", "meeting",
            "watching", "teaching", "feeding", "greeting", "visiting", "see", "meet",
        ],
    )
}

/// Whether the word says whose the next one is, or that it comes along: "my wife", "with family".
pub(super) fn possesses(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &["my", "her", "his", "their", "our", "with", "and", "your"],
    )
}

fn is_one_of(word: Option<&str>, list: &[&str]) -> bool {
    word.is_some_and(|word| text::is_one_of(word, list))
}

/// The edit that removes the words `from..to`. `None` when a word before them needs them.
pub(super) fn removal(text: &Text<'_>, from: usize, to: usize) -> Option<(Range<usize>, String)> {
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
        // The first clause goes with the comma after it, any other with the comma before it.
        0..after_comma(text, to)
    } else {
        before.start..text.range(from, to).end
    };
    Some((range, String::new()))
}

/// The edit that removes a person. `None` when words about them would be left over, such as where they are.
pub(super) fn removal_of_person(
    text: &Text<'_>,
    from: usize,
    to: usize,
) -> Option<(Range<usize>, String)> {
    let after = text.next(to);
    let (range, put) = removal(text, from, to)?;
    let before = text.text.get(..range.start)?.trim_end();
    let begins = before.is_empty() || before.ends_with([',', ';', '.']);
    let is_left_over = is_of_somebody(after) || (begins && places(after));
    (!is_left_over).then_some((range, put))
}

/// The bytes between the word `at` and the one before it.
fn gap_before(text: &Text<'_>, at: usize) -> Range<usize> {
    let start = text.range(at, at + 1).start;
    let before = at.checked_sub(1).and_then(|at| text.words.get(at));
    before.map_or(0, |word| word.end)..start
}

/// The byte at which the word `to` begins.
fn gap_after(text: &Text<'_>, to: usize) -> usize {
    gap_before(text, to).end
}

/// The byte after the words before `to` and the comma and spaces that follow them.
fn after_comma(text: &Text<'_>, to: usize) -> usize {
    let end = text.range(0, to).end;
    let rest = text.text.get(end..).unwrap_or_default();
    let after = rest.trim_start_matches([',', ';', '.', ' ']);
    text.text.len() - after.len()
}
