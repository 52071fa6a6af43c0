//! CLIP's vocabulary: byte pairs that merge, in the order of their rank.
//!
//! The algorithm is the one of Hugging Face's `CLIPTokenizer`: NFC, lower case, white space folded; the text is cut
//! into contractions, runs of letters, single digits and runs of anything else ([`scan`]); in each piece pairs of
//! bytes merge, the lowest rank first ([`merge`]).

mod merge;
mod pairs;
mod scan;

use merge::Merger;
use pairs::Pairs;
use scan::{Ranges, pieces};

use super::packed::Bytes;
use super::{Normalise, Reading, VocabularyError};

/// What the tokenizer puts around the text: one token before and one behind.
const AROUND: u32 = 2;

/// CLIP's vocabulary, unpacked: about 0.5 MB.
pub struct ClipVocabulary {
    pairs: Pairs,
    letters: Ranges,
    numbers: Ranges,
}

impl ClipVocabulary {
    /// Tokens that CLIP reads, beginning and end included.
    pub const LIMIT: u32 = 77;
    /// What the packed file begins with.
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

    /// How many tokens `text` has, beginning and end included.
    #[must_use]
    pub fn count(&self, text: &str, normalise: Normalise) -> u32 {
        self.read(text, normalise).tokens
    }

    /// How many tokens `text` has, beginning and end included, and where CLIP stops reading it.
    ///
    /// `normalise` is asked only for text that is not ASCII.
    #[must_use]
    pub fn read(&self, text: &str, normalise: Normalise) -> Reading {
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

/// Normalised and in lower case. Σ becomes σ wherever it stands, as the tokenizer has it; Unicode's rule for whole
/// words makes ς of the last one.
fn fold(text: &str, normalise: Normalise) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        normalise(&text.replace('Σ', "σ"))
    }
}

/// Where in `text` the first `folded` bytes of the folded `word`-th word end. Folding keeps the words apart, so only
/// that one has to be looked at; a character of which a part belongs to those bytes counts as seen.
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
