//! A prompt that is longer than T5 reads.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::T5Vocabulary;

/// Longest quotation in a sentence, in characters.
const QUOTED: usize = 60;
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
    pub(super) fn new(t5: &T5Vocabulary, tokens: u32, units: &[String]) -> Self {
        let over = tokens.saturating_sub(T5Vocabulary::LIMIT);
        let mut dropped = 0;
        let mut kept = units.len();
        for unit in units.iter().rev() {
            if dropped >= over {
                break;
            }
            // A unit's own end is not in the prompt; its separator is.
            dropped += t5.count(unit);
            kept -= 1;
        }
        Self {
            tokens,
            units: units.get(kept..).unwrap_or_default().to_vec(),
        }
    }
}

impl Display for TokenOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "FLUX reads {} tokens (pieces of words), and this prompt has {}. Shorten or drop ",
            T5Vocabulary::LIMIT,
            self.tokens
        )?;
        match self.units.as_slice() {
            [first, .., last] if self.units.len() > NAMED => {
                write!(
                    f,
                    "the end of your text, from {} to {}",
                    quoted(first),
                    quoted(last)
                )?;
            }
            [] => f.write_str("a part of your text")?,
            units => {
                for (index, unit) in units.iter().enumerate() {
                    let joint = if index > 0 { ", " } else { "" };
                    write!(f, "{joint}{}", quoted(unit))?;
                }
            }
        }
        f.write_str(".")
    }
}

/// `text` in quotation marks, its middle left out when it is long.
pub(super) fn quoted(text: &str) -> String {
    let characters = text.chars().count();
    let mut out = String::from("“");
    if characters > QUOTED {
        out.extend(text.chars().take(QUOTED / 2));
        out.push('…');
        out.extend(text.chars().skip(characters - QUOTED / 2));
    } else {
        out.push_str(text);
    }
    out.push('”');
    out
}
