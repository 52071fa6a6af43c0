//! Reading packed vocabularies. What is read behind the end is 0 and remembered, so that a reader asks once, when it
//! is done.

use super::VocabularyError;

/// What has not been read yet.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
    is_cut_short: bool,
}

impl<'a> Bytes<'a> {
    /// What stands behind `magic`.
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

    /// A number below 2^28: seven bits a byte, the low ones first, the high bit for "more follows".
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

    /// How many of something follow; each takes a byte at least, so no file makes us reserve more than it is long.
    pub(super) fn count(&mut self) -> usize {
        let count = self.number() as usize;
        self.is_cut_short |= count > self.rest.len();
        count.min(self.rest.len())
    }

    /// Everything was there, and `is_sound`.
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
