//! Counts a prompt's tokens for FLUX's two text encoders, and finds where each stops reading.
//!
//! The vocabularies are data: `cargo xtask vocab` packs them into `crates/prompt/vocab`, and a page loads them when it is
//! idle. Until then the counts are estimates, and no prompt is refused for its tokens.
//!
//! * [`ClipVocabulary`] counts for CLIP-L, which reads 77 tokens and makes one vector of them;
//! * [`T5Vocabulary`] counts for T5 v1.1 XXL, which reads 512 tokens in FLUX.1 dev; the image model attends to each;
//! * [`Counting`] makes [`TokenCounts`] of a text, with the [`Vocabularies`] that have been loaded.

mod clip;
mod counting;
mod overflow;
mod packed;
mod t5;

pub use clip::ClipVocabulary;
pub(crate) use counting::Estimating;
pub use counting::{ClipCut, Counting, TokenCounts, Vocabularies};
pub use overflow::TokenOverflow;
pub use packed::VocabularyError;
pub use t5::T5Vocabulary;

/// Unicode's normalisation form C, then lower case: `text.normalize("NFC").toLowerCase()` in JavaScript.
///
/// Passed in because its tables are large, and the platforms have them already.
pub type Normalise = fn(&str) -> String;
