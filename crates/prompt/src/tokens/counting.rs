//! Counts the tokens of a prompt, with the vocabularies that are loaded or by estimate.

use serde::Serialize;

use super::overflow::quoted;
use super::{ClipVocabulary, Normalise, T5Vocabulary, TokenOverflow, t5};
use crate::placement::Span;

/// Letters per token in a long word, on average.
const CLIP_LETTERS: u32 = 8;
const T5_LETTERS: u32 = 5;

/// The tokens of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TokenCounts {
    /// CLIP's tokens, beginning and end included; it reads 77.
    pub clip: u32,
    /// T5's tokens, the end included; it reads 512.
    pub t5: u32,
    /// Whether both were counted with their vocabularies. The number of a missing vocabulary is an estimate.
    pub exact: bool,
    /// Where CLIP stops, when it is known to stop before the end.
    pub clip_cut: Option<ClipCut>,
}

/// Where CLIP stops reading. Not an error: CLIP only sets the overall impression, and T5 reads on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ClipCut {
    /// Offset from which CLIP sees nothing of the prompt, in UTF-16 code units, as JavaScript's `slice` counts.
    pub at: u32,
    /// One sentence for the person that quotes what CLIP does not see.
    pub message: String,
}

/// Counts the tokens of texts.
pub trait Counting {
    /// Counts the tokens of `text`.
    fn count(&self, text: &str) -> TokenCounts;

    /// Counts the tokens of a prompt made of `spans`. Fails when T5 would not read all of it; an estimate never fails.
    fn check(&self, prompt: &str, spans: &[Span]) -> Result<TokenCounts, TokenOverflow>;
}

/// Estimates the counts, without vocabularies.
pub(crate) struct Estimating;

impl Counting for Estimating {
    fn count(&self, text: &str) -> TokenCounts {
        estimate(text)
    }

    fn check(&self, prompt: &str, _: &[Span]) -> Result<TokenCounts, TokenOverflow> {
        Ok(estimate(prompt))
    }
}

/// Estimates the tokens of `text`: within 10% for English prompts, less exactly for other scripts.
fn estimate(text: &str) -> TokenCounts {
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
    /// CLIP's, with the platform's normalisation.
    pub clip: Option<(ClipVocabulary, Normalise)>,
    /// T5's.
    pub t5: Option<T5Vocabulary>,
}

/// Counts with the vocabularies that are loaded, and estimates in place of a missing one.
impl Counting for Vocabularies {
    fn count(&self, text: &str) -> TokenCounts {
        self.counts(text, self.t5.as_ref().map(|t5| t5.count(text)))
    }

    fn check(&self, prompt: &str, spans: &[Span]) -> Result<TokenCounts, TokenOverflow> {
        let ends = self.t5.as_ref().map(|t5| t5.ends(prompt));
        let t5 = ends.as_deref().map(t5::tokens);
        match ends {
            Some(ends) if t5 > Some(T5Vocabulary::LIMIT) => Err(TokenOverflow::new(&ends, spans)),
            _ => Ok(self.counts(prompt, t5)),
        }
    }
}

impl Vocabularies {
    /// Counts the tokens of `text`; `t5` is T5's count where it is known.
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

/// The cut of `text` at the byte offset `end`.
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
