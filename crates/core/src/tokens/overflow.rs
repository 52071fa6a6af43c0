//! A prompt that is longer than T5 reads.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::T5Vocabulary;

/// Longest quotation in a sentence, in bytes.
const QUOTED: usize = 60;
/// Stands behind a clause.
const SEPARATOR: &str = ", ";
/// More parts than this are named by the first and the last.
const NAMED: usize = 4;

/// T5 would not read the end of a prompt. The display text is a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenOverflow {
    /// How many tokens the prompt has; T5 reads [`T5Vocabulary::LIMIT`].
    pub tokens: u32,
    /// The clauses of the person's text to drop or shorten, in their order. What stands last counts least, so they
    /// are the last ones, as many as it takes.
    pub units: Vec<String>,
}

impl TokenOverflow {
    pub(super) fn new(t5: &T5Vocabulary, tokens: u32, mut units: Vec<String>) -> Self {
        // All of them at once: a text can have thousands, and a count has its own cost.
        let mut text = String::new();
        for unit in &units {
            text.push_str(unit);
            text.push_str(SEPARATOR);
        }
        let ends = t5.ends(&text);
        let over = tokens.saturating_sub(T5Vocabulary::LIMIT) as usize;
        let first = ends.len().checked_sub(over);
        let end = first.and_then(|first| ends.get(first)).copied();
        // The clause in which the first token ends that is too much.
        let (mut kept, mut start) = (0, 0);
        for unit in &units {
            start += unit.len() + SEPARATOR.len();
            if end.is_none_or(|end| start >= end) {
                break;
            }
            kept += 1;
        }
        Self {
            tokens,
            units: units.split_off(kept),
        }
    }
}

impl Display for TokenOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This prompt has ")?;
        self.tokens.fmt(f)?;
        f.write_str(
            " tokens (pieces of words), and FLUX reads only 512. Shorten or drop the end of your text: ",
        )?;
        let last = self.units.len().saturating_sub(1);
        for (index, unit) in self.units.iter().enumerate() {
            // Of many, the first and the last say enough.
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

/// `text` in quotation marks, its middle left out when it is long.
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
