//! T5's vocabulary: pieces with scores, of which a text takes the best row.
//!
//! The algorithm is `SentencePiece`'s unigram model with the normaliser of T5's own `spiece.model`, to the bit: 32-bit
//! scores, added in the same order ([`path`]). What it knows of Unicode comes with the vocabulary ([`normaliser`]), so it
//! needs nothing of the platform.

mod normaliser;
mod path;
mod pieces;

use normaliser::{Rules, normalise};
use path::ends;
use pieces::Pieces;

use super::packed::Bytes;
use super::{Reading, VocabularyError};

/// T5's vocabulary, unpacked: about 1 MB.
pub struct T5Vocabulary {
    rules: Rules,
    pieces: Pieces,
}

impl T5Vocabulary {
    /// Tokens that T5 reads in FLUX.1 dev, the end included.
    pub const LIMIT: u32 = 512;
    /// What the packed file begins with.
    pub const MAGIC: [u8; 4] = *b"SfT\x01";

    /// Unpacks `t5.vocab`.
    pub fn parse(bytes: &[u8]) -> Result<Self, VocabularyError> {
        let mut bytes = Bytes::behind(Self::MAGIC, bytes)?;
        let rules = Rules::read(&mut bytes);
        let (pieces, is_sound) = Pieces::read(&mut bytes);
        bytes.finish(is_sound)?;
        Ok(Self { rules, pieces })
    }

    /// How many tokens `text` has, the end included.
    #[must_use]
    pub fn count(&self, text: &str) -> u32 {
        self.read(text).tokens
    }

    /// How many tokens `text` has, the end included, and where T5 stops reading it.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let ends = self.ends(text);
        let tokens = u32::try_from(ends.len() + 1).unwrap_or(u32::MAX);
        let last_seen = (tokens > Self::LIMIT).then(|| ends.get(Self::LIMIT as usize - 2));
        Reading {
            tokens,
            end: last_seen.flatten().copied(),
        }
    }

    /// Where each token of `text` ends in it, in bytes, without the end.
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
