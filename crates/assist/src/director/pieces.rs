//! What was said as pieces: known phrases and unknown words, and where a clause ends.
use std::ops::Range;

use super::lexicon::{GroupId, Kind, LONGEST, Lexicon};
use super::ratios::{is_time, ratio, tell_ratios};
use super::tokens::tokens;
use selfsame_prompt::slots::Slot;

/// A known phrase, or an unknown word.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// Its group in the lexicon.
    pub(super) group: Option<GroupId>,
    /// As it is written into a prompt.
    pub(super) text: String,
    /// Where it stands in what was said.
    pub(super) at: Range<usize>,
    /// A comma, a stop, or the like stands before it.
    pub(super) breaks: bool,
    /// It was spelled a little differently.
    pub(super) is_slip: bool,
}

/// A phrase of the group of times of day.
const TIME: &str = "night";

/// Reads `said`.
pub(super) fn pieces(said: &str, lexicon: &Lexicon) -> Vec<Piece> {
    let (spelled, tokens) = tokens(said, lexicon);
    let mut out: Vec<Piece> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some(first) = rest.first() {
        let mut length = 1;
        while length < LONGEST && rest.get(length).is_some_and(|token| !token.breaks) {
            length += 1;
        }
        let (kind, group, text) = loop {
            let last = rest.get(length - 1).unwrap_or(first);
            let phrase = spelled.get(first.spelled.start..last.spelled.end);
            let phrase = phrase.unwrap_or_default();
            if let Some((kind, group, mut text)) = known(phrase, lexicon) {
                let written = said.get(first.at.start..last.at.end).unwrap_or_default();
                let goes_on = rest.get(length).is_some_and(|next| {
                    let next = said.get(next.at.clone()).filter(|_| !next.breaks);
                    next.is_some_and(|next| next.starts_with(char::is_uppercase))
                });
                // "the White House": a capital within a sentence is a name's.
                if (goes_on || !first.breaks && !out.is_empty())
                    && is_named(kind)
                    && !text.contains(char::is_uppercase)
                    && written.eq_ignore_ascii_case(&text)
                    && is_written_as_name(written)
                {
                    written.clone_into(&mut text);
                }
                break (kind, group, text);
            }
            if length == 1 {
                let (kind, like) = measure(phrase);
                let text = said.get(first.at.clone()).unwrap_or_default();
                break (kind, lexicon.group_of(like), text.to_owned());
            }
            length -= 1;
        };
        let (read, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        out.push(Piece {
            kind,
            group,
            text,
            at: first.at.start..read.last().unwrap_or(first).at.end,
            breaks: first.breaks,
            is_slip: kind != Kind::Word && read.iter().any(|token| token.is_slip),
        });
        rest = after;
    }
    join_adjectives(&mut out);
    tell_ratios(&mut out, lexicon, lexicon.group_of(TIME));
    out
}

/// Has a capital, and is not all capitals.
pub(super) fn is_written_as_name(written: &str) -> bool {
    written.contains(char::is_uppercase) && written.contains(char::is_lowercase)
}

/// Pieces of this kind can be part of a name.
const fn is_named(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Adjective
            | Kind::OwnWords
            | Kind::Support
            | Kind::Head(Slot::Wardrobe | Slot::Setting | Slot::Props | Slot::Subject | Slot::Time)
    )
}

/// The kind, group and text of a phrase of the lexicon, or of the plural of one.
fn known(phrase: &str, lexicon: &Lexicon) -> Option<(Kind, Option<GroupId>, String)> {
    let plural = || Some((lexicon.find_plural(phrase)?, "s"));
    let found = lexicon.find(phrase).map(|entry| (entry, ""));
    let (entry, ending) = found.or_else(plural)?;
    let kind = lexicon.kind(entry);
    // "a dozen" is a number when pictures are counted, and a word before anything else.
    let text = if kind == Kind::Number {
        phrase
    } else {
        entry.text
    };
    Some((kind, Some(entry.group), [text, ending].concat()))
}

/// Numbers and measures, which no list can hold, with a phrase of their group; any other word is unknown.
fn measure(word: &str) -> (Kind, &'static str) {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let stop = word
        .strip_prefix("f/")
        .or_else(|| word.strip_prefix('f'))
        .filter(|stop| stop.len() < 5);
    if is_number(word) && word.len() < 3 {
        (Kind::Number, "")
    } else if word.strip_suffix("mm").is_some_and(is_number) {
        (Kind::Head(Slot::Camera), "lens")
    } else if stop.is_some_and(|stop| stop.split('.').all(is_number)) {
        (Kind::Head(Slot::Camera), "wide open")
    } else if ratio(word).is_some() {
        (Kind::Ratio, "")
    } else if is_time(word) {
        (Kind::Head(Slot::Time), TIME)
    } else {
        (Kind::Word, "")
    }
}

/// "purple and teal": one phrase of adjectives.
fn join_adjectives(pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        if let Some([before, and, after]) = pieces.get_mut(at - 1..at + 2)
            && and.kind == Kind::Filler
            && and.text == "and"
            && (before.kind, after.kind) == (Kind::Adjective, Kind::Adjective)
            && !and.breaks
            && !after.breaks
        {
            and.kind = Kind::Adjective;
        }
    }
}
