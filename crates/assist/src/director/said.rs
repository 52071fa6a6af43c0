//! What was said, piece by piece.

use super::desk::{Desk, push_word};
use super::lexicon::Kind;
use super::pieces::{Kept, NO_LINE};
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    #[inline(never)]
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.breaks)
    }

    pub(super) fn head_slot(&self, at: usize) -> Option<Slot> {
        match self.kind(at)? {
            Kind::Head(slot) => Some(slot),
            _ => None,
        }
    }

    pub(super) fn line_at(&self, at: usize) -> u8 {
        self.pieces.get(at).map_or(NO_LINE, |piece| piece.line)
    }

    /// The pieces as they are written into a prompt.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let pieces = self.pieces.get(from..to).unwrap_or_default();
        let mut text = String::new();
        for piece in pieces {
            push_word(&mut text, &piece.text);
        }
        text
    }

    /// What the person wrote, from one piece to another.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        let start = self.pieces.get(from).map_or(0, |piece| piece.at.start);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.pieces.get(last))
            .map_or(start, |piece| piece.at.end);
        self.said.get(start..end).unwrap_or_default().to_owned()
    }

    /// Leaves pieces in the person's own words.
    pub(super) fn keep(&mut self, from: usize, to: usize, kept: Kept) {
        for piece in self.pieces.get_mut(from..to).unwrap_or_default() {
            piece.kept = kept;
        }
    }

    pub(super) fn kept(&self, at: usize) -> Kept {
        self.pieces.get(at).map_or(Kept::No, |piece| piece.kept)
    }
}
