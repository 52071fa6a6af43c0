//! How many tokens a prompt has for FLUX's two text encoders, exactly, and where each stops reading.
//!
//! The vocabularies are no code: `crates/prompt/vocab` holds them packed, `cargo xtask vocab` makes them, a page loads
//! them when it has time. Until they are there, [`estimate()`] says about how many, and nothing is refused.
//!
//! * [`ClipVocabulary`] counts for CLIP-L, which reads 77 tokens and passes on one vector of the whole;
//! * [`T5Vocabulary`] counts for T5 v1.1 XXL, whose tokens the picture attends to, 512 in FLUX.1 dev;
//! * [`Counting`] makes [`TokenCounts`] of a text: [`Vocabularies`], what has been loaded, or [`Estimating`].

mod clip;
mod counting;
mod overflow;
mod packed;
mod t5;

pub use clip::ClipVocabulary;
pub use counting::{ClipCut, Counting, Estimating, TokenCounts, Vocabularies, estimate};
pub use overflow::TokenOverflow;
pub use packed::VocabularyError;
pub use t5::T5Vocabulary;

/// Unicode's normalisation form C, then lower case: `text.normalize("NFC").toLowerCase()` in JavaScript.
///
/// An argument, because the tables behind it are large and every platform that we run on has them.
pub type Normalise = fn(&str) -> String;

/// What one encoder makes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Tokens, the encoder's own marks included.
    pub tokens: u32,
    /// Bytes of the text that the encoder reads, when it does not read all of it.
    pub end: Option<usize>,
}
