//! Counts the tokens of a prompt, with the vocabularies that are loaded or by estimate.

use serde::Serialize;

use super::overflow::quoted;
use super::{ClipVocabulary, Normalise, T5Vocabulary, TokenOverflow};
use crate::placement::Span;

/// Letters that share a token, on average, behind the first few of a word.
const CLIP_LETTERS: u32 = 8;
const T5_LETTERS: u32 = 5;

/// The tokens of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TokenCounts {
    /// For CLIP, beginning and end included; it reads 77.
    pub clip: u32,
    /// For T5, the end included; it reads 512.
    pub t5: u32,
    /// Counted with both vocabularies. Without one of them its number is an estimate.
    pub exact: bool,
    /// Where CLIP stops, when it is known not to read everything.
    pub clip_cut: Option<ClipCut>,
}

/// Where CLIP stops reading. No fault: CLIP only sets the overall impression, and T5 reads on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ClipCut {
    /// CLIP sees nothing of the prompt from here to its end. In UTF-16 code units, as JavaScript's `slice` counts.
    pub at: u32,
    /// What it does not see, in one sentence.
    pub message: String,
}

/// Counts the tokens of prompts.
pub trait Counting {
    /// The tokens of `text`.
    fn count(&self, text: &str) -> TokenCounts;

    /// The tokens of a prompt, which is made of `spans`, or what to shorten when T5 would not read all of it. Nothing
    /// is refused on an estimate.
    fn check(&self, prompt: &str, spans: &[Span]) -> Result<TokenCounts, TokenOverflow>;
}

/// Counts without vocabularies.
pub struct Estimating;

impl Counting for Estimating {
    fn count(&self, text: &str) -> TokenCounts {
        estimate(text)
    }

    fn check(&self, prompt: &str, _: &[Span]) -> Result<TokenCounts, TokenOverflow> {
        Ok(estimate(prompt))
    }
}

/// About how many tokens `text` has: within a tenth for English prompts, further off for other scripts.
#[must_use]
pub fn estimate(text: &str) -> TokenCounts {
    let (mut clip, mut t5) = (2, 1);
    let mut letters = 0;
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphabetic() {
            letters += 1;
            continue;
        }
        if letters > 0 {
            clip += 1 + (letters - 1) / CLIP_LETTERS;
            t5 += 1 + (letters - 1) / T5_LETTERS;
            letters = 0;
        }
        if !c.is_whitespace() {
            clip += if c.is_ascii() { 1 } else { 2 };
            t5 += 1;
        }
    }
    TokenCounts {
        clip,
        t5,
        exact: false,
        clip_cut: None,
    }
}

/// The vocabularies that have been loaded.
#[derive(Default)]
pub struct Vocabularies {
    /// CLIP's, and what it needs of the platform.
    pub clip: Option<(ClipVocabulary, Normalise)>,
    /// T5's.
    pub t5: Option<T5Vocabulary>,
}

/// An estimate where a vocabulary is missing.
impl Counting for Vocabularies {
    fn count(&self, text: &str) -> TokenCounts {
        self.counts(text, self.t5.as_ref().map(|t5| t5.count(text)))
    }

    fn check(&self, prompt: &str, spans: &[Span]) -> Result<TokenCounts, TokenOverflow> {
        let ends = self.t5.as_ref().map(|t5| t5.ends(prompt));
        // The end is a token, too.
        let t5 = ends
            .as_ref()
            .map(|ends| u32::try_from(ends.len() + 1).unwrap_or(u32::MAX));
        match ends {
            Some(ends) if t5 > Some(T5Vocabulary::LIMIT) => Err(TokenOverflow::new(&ends, spans)),
            _ => Ok(self.counts(prompt, t5)),
        }
    }
}

impl Vocabularies {
    /// With `t5` tokens for T5, if that is known.
    fn counts(&self, text: &str, t5: Option<u32>) -> TokenCounts {
        let mut counts = estimate(text);
        if let Some(t5) = t5 {
            counts.t5 = t5;
        }
        if let Some((clip, normalise)) = &self.clip {
            let reading = clip.read(text, *normalise);
            counts.clip = reading.tokens;
            counts.clip_cut = reading.end.and_then(|end| cut(text, end));
        }
        counts.exact = self.t5.is_some() && self.clip.is_some();
        counts
    }
}

fn cut(text: &str, end: usize) -> Option<ClipCut> {
    let (seen, unseen) = text.split_at_checked(end)?;
    let mut message =
        String::from("CLIP, one of FLUX's two readers, stops after 77 tokens and does not see ");
    message.push_str(&quoted(unseen.trim_start_matches([' ', ',', '.', ';'])));
    message.push_str(". It only sets the overall impression; the other reader, T5, reads on.");
    Some(ClipCut {
        at: u32::try_from(seen.encode_utf16().count()).unwrap_or(u32::MAX),
        message,
    })
}
