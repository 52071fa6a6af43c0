//! Reads packed vocabularies.
//!
//! Reading beyond the end gives zeros and is remembered, so a reader checks for errors once, at the end.

/// A cursor over a packed vocabulary.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
    is_cut_short: bool,
}

impl<'a> Bytes<'a> {
    /// Begins after `magic`. Fails if `bytes` does not begin with it.
    pub(super) fn behind(magic: [u8; 4], bytes: &'a [u8]) -> Result<Self, VocabularyError> {
        let rest = bytes.strip_prefix(&magic);
        Ok(Self {
            rest: rest.ok_or(VocabularyError::OtherFile)?,
            is_cut_short: false,
        })
    }

    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or_else(|| {
            self.is_cut_short = true;
            Default::default()
        });
        self.rest = rest;
        taken
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// Reads a number below 2^28: seven bits a byte, the low ones first; the high bit says that another byte follows.
    pub(super) fn number(&mut self) -> u32 {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte();
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    /// Reads the count of what follows. Each item takes at least a byte, so a larger count than the bytes that are left is
    /// an error, and no file can make a reader reserve more memory than the file is long.
    pub(super) fn count(&mut self) -> usize {
        let count = self.number() as usize;
        self.is_cut_short |= count > self.rest.len();
        count.min(self.rest.len())
    }

    /// Checks that everything was read, that nothing was missing, and that the content `is_sound`.
    pub(super) fn finish(self, is_sound: bool) -> Result<(), VocabularyError> {
        if self.is_cut_short {
            Err(VocabularyError::CutShort)
        } else if is_sound && self.rest.is_empty() {
            Ok(())
        } else {
            Err(VocabularyError::Malformed)
        }
    }
}

/// Why bytes are not a valid vocabulary. Displays as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// They do not begin with the magic bytes: another file, or another version of the format.
    #[error("These bytes are not this vocabulary, or have another version of its format.")]
    OtherFile,
    /// They end too early.
    #[error("The vocabulary is cut short.")]
    CutShort,
    /// Their content is not a possible vocabulary.
    #[error("The vocabulary is damaged.")]
    Malformed,
}
