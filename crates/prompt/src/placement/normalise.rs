//! Steps 4 to 8: splits the person's words into units and removes from them what the builder adds by itself.

use super::Placement;
use super::repair::{Opening, repair};
use super::units::{END_MARKS, Unit, join, split, tidy, trim_last};
use super::vocabulary::{Own, Vocabulary};
use super::word::{same_words, says_something};

/// Upper bound of rounds. Usually two change the text and the third finds it unchanged.
const MAX_ROUNDS: usize = 8;

/// The body of a prompt.
pub(super) struct Body {
    pub(super) units: Vec<Unit>,
    /// Whether mentions were removed from where the person wrote them.
    pub(super) moved: bool,
}

/// Normalises a clean text: repeats [`round`] until nothing changes.
pub(super) fn normalise(
    text: &str,
    placement: Placement,
    phrases: &[&str],
    vocabulary: &Vocabulary,
) -> Body {
    let mut body = round(text, placement, phrases, vocabulary);
    let mut joined = join(&body.units);
    if joined == text {
        return body;
    }
    for _ in 1..MAX_ROUNDS {
        let Body { units, moved } = round(&joined, placement, phrases, vocabulary);
        body = Body {
            units,
            moved: body.moved | moved,
        };
        let next = join(&body.units);
        if next == joined {
            break;
        }
        joined = next;
    }
    body
}

fn round(text: &str, placement: Placement, phrases: &[&str], vocabulary: &Vocabulary) -> Body {
    let mut units: Vec<Unit> = Vec::new();
    let (mut moved, mut kept) = (false, false);
    let split = split(strip_tail(text, vocabulary), &vocabulary.trigger);
    for (index, unit) in split.units.into_iter().enumerate() {
        let keep = placement == Placement::Natural && !kept;
        let plain = unit.text.trim_matches(END_MARKS);
        if phrases.iter().any(|phrase| same_words(plain, phrase)) {
            continue;
        }
        match own(&unit.text, vocabulary) {
            Some(Own::Trigger) if !keep => {
                moved |= index > 0;
                continue;
            }
            Some(Own::MidPhrase) if !keep => continue,
            Some(Own::Quality) => continue,
            _ => {}
        }
        let opening = match units.last() {
            Some(before) if before.separator.ends_sentence() => Opening::Sentence,
            _ => Opening::Clause,
        };
        let mut text = unit.text;
        let mut keeps = false;
        if split.mentioned {
            let repaired = repair(&text, opening, keep, vocabulary);
            moved |= repaired.taken > 0;
            keeps = repaired.kept;
            kept |= keeps;
            text = repaired.text;
        }
        text = tidy(text);
        if keeps || says_something(&text) {
            units.push(Unit {
                text,
                separator: unit.separator,
            });
        }
    }
    trim_last(&mut units);
    Body { units, moved }
}

/// Classifies a unit, with or without the punctuation at its ends.
fn own(text: &str, vocabulary: &Vocabulary) -> Option<Own> {
    let trimmed = text.trim_matches(END_MARKS);
    vocabulary.own(text).or_else(|| {
        (trimmed.len() < text.len())
            .then(|| vocabulary.own(trimmed))
            .flatten()
    })
}

/// Removes the suffixes that earlier builds appended.
fn strip_tail<'a>(mut text: &'a str, vocabulary: &Vocabulary) -> &'a str {
    if vocabulary.suffix.is_empty() {
        return text;
    }
    while let Some(rest) = text.strip_suffix(vocabulary.tail.as_str()) {
        text = rest;
    }
    if text == vocabulary.suffix { "" } else { text }
}
