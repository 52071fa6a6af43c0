//! A text as pieces: known phrases and unknown words, and where a clause ends.

use std::ops::Range;

use selfsame_prompt::slots::Slot;

use super::lexicon::{GroupId, Kind, LONGEST, Lexicon};
use super::ratios::{disambiguate_ratios, is_time, ratio};
use super::tokens::{Token, tokens};

/// A known phrase, or an unknown word.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// Its group in the lexicon.
    pub(super) group: Option<GroupId>,
    /// As it is written into a prompt.
    pub(super) text: String,
    /// Where it stands in the text.
    pub(super) at: Range<usize>,
    /// A comma, a full stop or the like stands before it.
    pub(super) breaks: bool,
    /// A misspelled word was corrected.
    pub(super) is_slip: bool,
}

/// Any phrase of the group of times of day.
const TIME: &str = "night";

/// Reads a text into pieces; the longest known phrase wins.
pub(super) fn pieces(said: &str, lexicon: &Lexicon) -> Vec<Piece> {
    let (spelled, tokens) = tokens(said, lexicon);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((piece, length)) = first_piece(said, &spelled, rest, pieces.is_empty(), lexicon)
    {
        pieces.push(piece);
        rest = rest.get(length..).unwrap_or_default();
    }
    join_adjectives(&mut pieces);
    disambiguate_ratios(&mut pieces, lexicon, lexicon.group_of(TIME));
    pieces
}

/// The piece at the start of `tokens`, and of how many tokens it consists.
fn first_piece(
    said: &str,
    spelled: &str,
    tokens: &[Token],
    is_first: bool,
    lexicon: &Lexicon,
) -> Option<(Piece, usize)> {
    let first = tokens.first()?;
    let piece = |kind, group, text, read: &[Token]| Piece {
        kind,
        group,
        text,
        at: first.at.start..read.last().unwrap_or(first).at.end,
        breaks: first.breaks,
        is_slip: kind != Kind::Word && read.iter().any(|token| token.is_slip),
    };
    let joined = tokens.iter().skip(1).take_while(|token| !token.breaks);
    let longest = 1 + joined.take(LONGEST - 1).count();
    for length in (1..=longest).rev() {
        let (read, rest) = tokens.split_at_checked(length)?;
        let last = read.last()?;
        let phrase = spelled.get(first.spelled.start..last.spelled.end)?;
        let Some((kind, group, text)) = known(phrase, lexicon) else {
            continue;
        };
        let written = said.get(first.at.start..last.at.end)?;
        let next = rest.first().filter(|next| !next.breaks);
        let next = next.and_then(|next| said.get(next.at.clone()));
        let is_within = !first.breaks && !is_first
            || next.is_some_and(|next| next.starts_with(char::is_uppercase));
        // "the White House": a capital within a sentence makes a name.
        let is_name = is_within
            && can_be_named(kind)
            && !text.contains(char::is_uppercase)
            && written.eq_ignore_ascii_case(&text)
            && is_written_as_name(written);
        let text = if is_name { written.to_owned() } else { text };
        return Some((piece(kind, group, text, read), length));
    }
    let (kind, like) = measure(spelled.get(first.spelled.clone())?);
    let text = said.get(first.at.clone())?.to_owned();
    let read = std::slice::from_ref(first);
    Some((piece(kind, lexicon.group_of(like), text, read), 1))
}

/// Has a capital and is not all capitals.
pub(super) fn is_written_as_name(written: &str) -> bool {
    written.contains(char::is_uppercase) && written.contains(char::is_lowercase)
}

/// Pieces of this kind can be part of a name.
const fn can_be_named(kind: Kind) -> bool {
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
