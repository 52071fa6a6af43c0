//! A cursor over a file that never reads past its end.

use super::{PictureError, Place};

/// A cursor.
pub(super) struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    pub(super) const fn of(all: &'a [u8], at: usize) -> Self {
        Self { all, at }
    }

    /// How many bytes were read.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What was read from `start` on.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.all.get(start..self.at).unwrap_or_default()
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at >= self.all.len()
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], PictureError> {
        let end = self.at.checked_add(count).ok_or(PictureError::Truncated)?;
        let taken = self.all.get(self.at..end).ok_or(PictureError::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], PictureError> {
        self.take(N)?
            .try_into()
            .map_err(|_| PictureError::Truncated)
    }
}

/// Replaces the bytes at `place` with `new`.
pub(super) fn spliced(file: &[u8], place: &Place<'_>, new: &[u8]) -> Vec<u8> {
    let before = file.get(..place.start).unwrap_or_default();
    let after = file.get(place.end..).unwrap_or_default();
    [before, new, after].concat()
}
