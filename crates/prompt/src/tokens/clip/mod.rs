//! CLIP's vocabulary: byte-pair encoding.
//!
//! The algorithm is that of Hugging Face's `CLIPTokenizer`. The text is normalised to NFC and lower case, its white space
//! is folded, and it is cut into contractions, runs of letters, single digits and runs of anything else ([`scan`]). In
//! each piece, pairs of tokens merge, the pair of the lowest rank first ([`merge`]).

mod merge;
mod pairs;
mod scan;

use merge::Merger;
use pairs::Pairs;
use scan::{Ranges, pieces};

use super::packed::Bytes;
use super::{Normalise, VocabularyError};

/// Tokens that the tokenizer adds: one at the beginning and one at the end.
const AROUND: u32 = 2;

/// A text as CLIP reads it.
pub(super) struct Reading {
    /// Tokens, beginning and end included.
    pub(super) tokens: u32,
    /// Byte offset at which CLIP stops reading; `None` when it reads everything.
    pub(super) end: Option<usize>,
}

/// CLIP's vocabulary, unpacked: about 0.5 MB in memory.
pub struct ClipVocabulary {
    pairs: Pairs,
    letters: Ranges,
    numbers: Ranges,
}

impl ClipVocabulary {
    /// Tokens that CLIP reads, beginning and end included.
    pub const LIMIT: u32 = 77;
    /// The first bytes of the packed file: its format and version.
    pub const MAGIC: [u8; 4] = *b"SfC\x01";

    /// Unpacks `clip.vocab`.
    pub fn parse(bytes: &[u8]) -> Result<Self, VocabularyError> {
        let mut bytes = Bytes::behind(Self::MAGIC, bytes)?;
        let letters = Ranges::read(&mut bytes);
        let numbers = Ranges::read(&mut bytes);
        let (pairs, is_sound) = Pairs::read(&mut bytes);
        bytes.finish(is_sound)?;
        Ok(Self {
            pairs,
            letters,
            numbers,
        })
    }

    /// Counts the tokens of `text`, beginning and end included.
    #[must_use]
    pub fn count(&self, text: &str, normalise: Normalise) -> u32 {
        self.read(text, normalise).tokens
    }

    /// Counts the tokens of `text`, and finds where CLIP stops reading it.
    ///
    /// `normalise` is called only for text that is not ASCII.
    pub(super) fn read(&self, text: &str, normalise: Normalise) -> Reading {
        let folded = fold(text, normalise);
        let mut merger = Merger::default();
        let mut tokens = 0;
        let mut seen = (0, 0);
        for (word, chunk) in folded.split_whitespace().enumerate() {
            for piece in pieces(chunk, &self.letters, &self.numbers) {
                merger.run(&self.pairs, &piece, |end| {
                    tokens += 1;
                    if tokens <= Self::LIMIT - AROUND {
                        seen = (word, end);
                    }
                });
            }
        }
        let is_cut = tokens > Self::LIMIT - AROUND;
        Reading {
            tokens: tokens + AROUND,
            end: is_cut.then(|| end_in(text, seen.0, seen.1, normalise)),
        }
    }
}

/// Normalises `text` and turns it into lower case. Σ always becomes σ, as in the tokenizer; Unicode's rule would make ς of
/// one at the end of a word.
fn fold(text: &str, normalise: Normalise) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        normalise(&text.replace('Σ', "σ"))
    }
}

/// Returns the byte offset in `text` at which the first `folded` bytes of its folded `word`-th word end. Folding never
/// joins words, so only that word is searched. A character counts as read if any of its folded bytes is.
fn end_in(text: &str, word: usize, folded: usize, normalise: Normalise) -> usize {
    let Some(chunk) = text.split_whitespace().nth(word) else {
        return text.len();
    };
    let start = chunk.as_ptr().addr() - text.as_ptr().addr();
    let is_short = |end: usize| {
        chunk
            .get(..end)
            .is_none_or(|part| fold(part, normalise).len() < folded)
    };
    let (mut low, mut high) = (0, chunk.len());
    while low < high {
        let middle = (low + high).div_euclid(2);
        let boundary = chunk.floor_char_boundary(middle);
        if is_short(boundary) {
            low = chunk.ceil_char_boundary(middle + 1);
        } else {
            high = boundary;
        }
    }
    start + low
}
