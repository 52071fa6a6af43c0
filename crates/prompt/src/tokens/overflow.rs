//! A prompt that is longer than T5 reads, and which of its clauses to shorten.

use std::fmt::{self, Display};

use super::{T5Vocabulary, t5};
use crate::placement::{Span, SpanSource};

/// Longest quotation, in bytes; the middle of a longer one is left out.
const QUOTED: usize = 60;
/// Most clauses that are quoted one by one; of more, only the first and the last are.
const NAMED: usize = 4;

/// T5 would not read the end of a prompt. The display text is a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOverflow {
    /// How many tokens the prompt has; T5 reads [`T5Vocabulary::LIMIT`].
    pub tokens: u32,
    /// The clauses of the person's text to drop or shorten, in their order: the last ones, because what comes last counts
    /// least, and as many as are needed.
    pub units: Vec<String>,
}

impl TokenOverflow {
    /// Finds the clauses to shorten in a prompt made of `spans`, whose tokens end at the byte offsets `ends`.
    pub(super) fn new(ends: &[usize], spans: &[Span]) -> Self {
        let tokens = t5::tokens(ends);
        let over = tokens.saturating_sub(T5Vocabulary::LIMIT) as usize;
        let (mut at, mut own) = (0, 0);
        for span in spans {
            at += span.text.len();
            if span.source == SpanSource::You {
                own = at;
            }
        }
        // The byte offset at which the last token of the person's text that can stay ends.
        let read = ends.partition_point(|end| *end <= own);
        let stays = read.checked_sub(over + 1);
        let stays = stays.and_then(|last| ends.get(last)).map_or(0, |end| *end);
        let mut units = Vec::new();
        at = 0;
        for span in spans {
            if span.source == SpanSource::You {
                push_clauses(&mut units, &span.text, stays.saturating_sub(at));
            }
            at += span.text.len();
        }
        Self { tokens, units }
    }
}

/// Appends the clauses of `text` that end after the byte offset `stays`.
fn push_clauses(units: &mut Vec<String>, text: &str, stays: usize) {
    let (mut start, mut before) = (0, ' ');
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if (c == ' ' && is_mark(before)) || at == text.len() {
            let clause = text.get(start..at).unwrap_or_default();
            let clause = clause.trim_matches(|c| c == ' ' || is_mark(c));
            if at > stays && !clause.is_empty() {
                units.push(clause.into());
            }
            start = at;
        }
        before = c;
    }
}

/// Whether `c` ends a clause when a space follows it.
fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | '.' | '!' | '?' | '\u{3002}')
}

impl Display for TokenOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This prompt has ")?;
        self.tokens.fmt(f)?;
        f.write_str(
            " pieces of words, and FLUX reads only 512. Shorten or drop the end of your text: ",
        )?;
        let last = self.units.len().saturating_sub(1);
        for (index, unit) in self.units.iter().enumerate() {
            if last < NAMED || index == 0 || index == last {
                f.write_str(match (index, last < NAMED) {
                    (0, _) => "",
                    (_, true) => ", ",
                    (_, false) => " to ",
                })?;
                f.write_str(&quoted(unit))?;
            }
        }
        f.write_str(".")
    }
}

/// Returns `text` in quotation marks. Of a text longer than [`QUOTED`], only both ends are quoted.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("“");
    if text.len() > QUOTED {
        let end = text.floor_char_boundary(QUOTED / 2);
        let start = text.ceil_char_boundary(text.len() - QUOTED / 2);
        out.push_str(text.get(..end).unwrap_or_default());
        out.push('…');
        out.push_str(text.get(start..).unwrap_or_default());
    } else {
        out.push_str(text);
    }
    out.push('”');
    out
}
