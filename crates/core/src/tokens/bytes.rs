//! Reading packed vocabularies: every read is checked, whatever the bytes.

use super::VocabularyError;

/// What has not been read yet.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// What stands behind `magic`.
    pub(super) fn behind(magic: [u8; 4], bytes: &'a [u8]) -> Result<Self, VocabularyError> {
        match bytes.strip_prefix(&magic) {
            Some(rest) => Ok(Self(rest)),
            None => Err(VocabularyError::OtherFile),
        }
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], VocabularyError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(VocabularyError::CutShort)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, VocabularyError> {
        let (first, rest) = self.0.split_first().ok_or(VocabularyError::CutShort)?;
        self.0 = rest;
        Ok(*first)
    }

    /// The next byte stays where it is.
    pub(super) fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// A number below 2^28: seven bits a byte, the low ones first, the high bit for "more follows".
    pub(super) fn number(&mut self) -> Result<u32, VocabularyError> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(VocabularyError::Malformed)
    }

    /// How many of something follow; each takes a byte at least, so no file makes us reserve more than it is long.
    pub(super) fn count(&mut self) -> Result<usize, VocabularyError> {
        let count = self.number()? as usize;
        if count > self.0.len() {
            return Err(VocabularyError::CutShort);
        }
        Ok(count)
    }

    /// Nothing may follow.
    pub(super) fn finish(self) -> Result<(), VocabularyError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(VocabularyError::Malformed)
        }
    }
}
