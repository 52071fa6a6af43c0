//! What was said as pieces: known phrases and unknown words, and where a clause ends.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::lexicon::{Kind, LONGEST, Lexicon};
use crate::slots::Slot;
use crate::text::split_once;

/// A known phrase, or an unknown word.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// Line of the lexicon; 255 for none.
    pub(super) line: u8,
    /// As it is written into a prompt.
    pub(super) text: String,
    /// Where it stands in what was said.
    pub(super) at: Range<usize>,
    /// A comma, a stop, or the like stands before it.
    pub(super) breaks: bool,
    /// It was spelled a little differently.
    pub(super) is_slip: bool,
}

/// No line.
pub(super) const NO_LINE: u8 = u8::MAX;

struct Token {
    lower: String,
    /// `lower`, spelled as the lexicon does.
    spelled: String,
    at: Range<usize>,
    breaks: bool,
}

/// Reads `said`.
pub(super) fn pieces(said: &str, lexicon: &Lexicon) -> Vec<Piece> {
    let tokens = tokens(said, lexicon);
    let mut out: Vec<Piece> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (length, mut piece) = longest(tokens.get(at..).unwrap_or_default(), lexicon)
            .unwrap_or_else(|| (1, measure(token, said, lexicon)));
        piece.breaks = token.breaks;
        out.push(piece);
        at += length;
    }
    join_adjectives(&mut out);
    out
}

/// The longest phrase of the lexicon at the start of `tokens`, and its length.
fn longest(tokens: &[Token], lexicon: &Lexicon) -> Option<(usize, Piece)> {
    let mut phrase = String::new();
    let mut ends = Vec::new();
    for (index, token) in tokens.iter().take(LONGEST).enumerate() {
        if index > 0 && token.breaks {
            break;
        }
        if index > 0 {
            phrase.push(' ');
        }
        phrase.push_str(&token.spelled);
        ends.push((phrase.len(), token.at.end));
    }
    let start = tokens.first()?.at.start;
    for (index, (length, end)) in ends.iter().enumerate().rev() {
        let phrase = phrase.get(..*length)?;
        let plural = || lexicon.find_plural(phrase).map(|entry| (entry, true));
        let found = lexicon.find(phrase).map(|entry| (entry, false));
        if let Some((entry, is_plural)) = found.or_else(plural) {
            let kind = lexicon.kind(&entry);
            let text = if kind == Kind::Num {
                phrase
            } else {
                entry.text
            };
            let mut text = text.to_owned();
            if is_plural {
                text.push('s');
            }
            let of = tokens.get(..=index).unwrap_or_default();
            let is_slip = of.iter().any(|token| token.spelled != token.lower);
            let piece = Piece {
                is_slip,
                kind,
                line: entry.line,
                text,
                at: start..*end,
                breaks: false,
            };
            return Some((index + 1, piece));
        }
    }
    None
}

/// Numbers and measures, which no list can hold; any other word is unknown.
fn measure(token: &Token, said: &str, lexicon: &Lexicon) -> Piece {
    let word = token.lower.as_str();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let line = |phrase| lexicon.find(phrase).map_or(NO_LINE, |entry| entry.line);
    let stop = word
        .strip_prefix('f')
        .map(|stop| stop.trim_start_matches('/'));
    let (kind, line) = if is_number(word) && word.len() < 3 {
        (Kind::Num, NO_LINE)
    } else if word.strip_suffix("mm").is_some_and(is_number) {
        (Kind::Head(Slot::Camera), line("lens"))
    } else if stop.is_some_and(|stop| stop.len() < 5 && stop.split('.').all(is_number)) {
        (Kind::Head(Slot::Camera), line("wide open"))
    } else if super::ratio::ratio(word).is_some() {
        (Kind::Aspect, NO_LINE)
    } else {
        (Kind::Word, NO_LINE)
    };
    Piece {
        kind,
        line,
        text: said.get(token.at.clone()).unwrap_or_default().to_owned(),
        at: token.at.clone(),
        breaks: false,
        is_slip: false,
    }
}

/// "purple and teal": one phrase of adjectives.
fn join_adjectives(pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        if let Some([before, and, after]) = pieces.get_mut(at - 1..at + 2)
            && and.kind == Kind::Fill
            && and.text == "and"
            && (before.kind, after.kind) == (Kind::Adj, Kind::Adj)
            && !and.breaks
            && !after.breaks
        {
            and.kind = Kind::Adj;
        }
    }
}

/// Words between white space, without the punctuation at their ends.
fn tokens(said: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::new();
    let mut breaks = false;
    let mut start = 0;
    for (at, c) in said.char_indices().chain([(said.len(), ' ')]) {
        let is_end =
            c.is_whitespace() || matches!(c, ',' | ';' | '，' | '、' | '。' | '→' | '—' | '…');
        if !is_end {
            continue;
        }
        if let Some(token) = token(said, start..at, &mut breaks, lexicon) {
            out.push(token);
        }
        breaks |= !c.is_whitespace() || c == '\n';
        start = at + c.len_utf8();
    }
    out
}

fn token(said: &str, chunk: Range<usize>, breaks: &mut bool, lexicon: &Lexicon) -> Option<Token> {
    let text = said.get(chunk.clone()).unwrap_or_default();
    let is_mark = |c: char| !c.is_alphanumeric();
    let word = match text {
        "&" | "+" => text,
        _ => text
            .trim_start_matches(|c| is_mark(c) && c != '#')
            .trim_end_matches(is_mark),
    };
    let Some((before, after)) = split_once(text, word).filter(|_| !word.is_empty()) else {
        *breaks |= !text.is_empty();
        return None;
    };
    *breaks |= before.contains(['(', '[', '{', '-', '–']);
    let start = chunk.start + before.len();
    // "w/" is "with".
    let end = start + word.len() + usize::from(word == "w" && after.starts_with('/'));
    let lower = word.to_ascii_lowercase().replace('’', "'");
    let token = Token {
        spelled: lexicon.correct(&lower).to_owned(),
        lower,
        at: start..end,
        breaks: *breaks,
    };
    *breaks = after.contains(['.', '!', '?', ':', ')', ']', '}', '-', '–']);
    Some(token)
}
