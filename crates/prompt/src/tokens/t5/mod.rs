//! T5's vocabulary: pieces with scores. A text becomes the sequence of pieces with the best total.
//!
//! The algorithm is `SentencePiece`'s unigram model with the normaliser of T5's own `spiece.model`, to the bit: 32-bit
//! scores, added in the same order ([`path`]). The normaliser's Unicode rules come with the vocabulary
//! ([`normaliser`]), so it needs no tables of the platform.

mod normaliser;
mod path;
mod pieces;

use normaliser::{Rules, normalise};
use path::ends;
use pieces::Pieces;

use super::VocabularyError;
use super::packed::Bytes;

/// T5's vocabulary, unpacked: about 1 MB in memory.
pub struct T5Vocabulary {
    rules: Rules,
    pieces: Pieces,
}

impl T5Vocabulary {
    /// Tokens that T5 reads in FLUX.1 dev, the end-of-text token included.
    pub const LIMIT: u32 = 512;
    /// The first bytes of the packed file: its format and version.
    pub const MAGIC: [u8; 4] = *b"SfT\x01";

    /// Unpacks `t5.vocab`.
    pub fn parse(bytes: &[u8]) -> Result<Self, VocabularyError> {
        let mut bytes = Bytes::behind(Self::MAGIC, bytes)?;
        let rules = Rules::read(&mut bytes);
        let (pieces, is_sound) = Pieces::read(&mut bytes);
        bytes.finish(is_sound)?;
        Ok(Self { rules, pieces })
    }

    /// Counts the tokens of `text`, the end-of-text token included.
    #[must_use]
    pub fn count(&self, text: &str) -> u32 {
        tokens(&self.ends(text))
    }

    /// Returns the byte offset in `text` at which each token ends, without the end-of-text token.
    pub(super) fn ends(&self, text: &str) -> Vec<usize> {
        let normalised = normalise(text, &self.rules);
        let mut ends = ends(&normalised.symbols, &self.pieces);
        for end in &mut ends {
            let last = normalised.ends.get(end.wrapping_sub(1));
            *end = last.copied().unwrap_or_default();
        }
        ends
    }
}

/// Counts the tokens that end at `ends`, and the end-of-text token.
pub(super) fn tokens(ends: &[usize]) -> u32 {
    u32::try_from(ends.len() + 1).unwrap_or(u32::MAX)
}
