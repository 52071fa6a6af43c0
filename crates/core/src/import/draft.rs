//! A text that loses pieces, and remembers where each byte that is left came from.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::order;

/// A piece of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DiffPiece {
    /// What became of it.
    pub kind: DiffKind,
    /// The piece.
    pub text: String,
}

/// What became of a [`DiffPiece`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// In both.
    Kept,
    /// Only in what was pasted.
    Removed,
    /// Only in what it became.
    Added,
}

/// Bytes to take out.
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mend: Mend,
}

/// How the two sides of a hole are joined; of holes that meet, the greater counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mend {
    /// A mark went: the words around it stay as they are.
    Mark,
    /// A thing went, with the comma and the space that stood for it.
    Thing,
    /// A break went: the sides stay apart.
    Break,
}

/// The origin of a byte that was not pasted.
const ADDED: u32 = u32::MAX;

pub(super) struct Draft {
    text: String,
    origins: Vec<u32>,
}

impl Draft {
    /// As it was pasted.
    pub(super) fn new(pasted: &str) -> Self {
        Self {
            text: pasted.to_owned(),
            origins: (0..ADDED).take(pasted.len()).collect(),
        }
    }

    /// Another text in its place.
    pub(super) fn instead(text: String) -> Self {
        Self {
            origins: alloc::vec![ADDED; text.len()],
            text,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Takes the pieces out and mends the holes.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        let mut out = Self {
            text: String::with_capacity(self.text.len()),
            origins: Vec::with_capacity(self.text.len()),
        };
        let mut at = 0;
        let mut mend = None;
        for place in order::by(edits, |edit| edit.start) {
            let Some(edit) = edits.get(place) else {
                continue;
            };
            if edit.start > at {
                out.take(self, at, edit.start, &mut mend);
            }
            at = at.max(edit.end);
            mend = mend.max(Some(edit.mend));
        }
        out.take(self, at, self.text.len(), &mut mend);
        if mend > Some(Mend::Mark) {
            out.trim_end(|c| c.is_whitespace() || c == ',');
        }
        *self = out;
    }

    /// Appends `from[start..end]` behind the hole that `mend` tells of.
    fn take(&mut self, from: &Self, mut start: usize, end: usize, mend: &mut Option<Mend>) {
        let mut piece = from.text.get(start..end).unwrap_or_default();
        let Some(how) = *mend else {
            self.push(from, piece, start);
            return;
        };
        if how > Mend::Mark {
            self.squeeze_end();
            let before = self.text.trim_end();
            let gap = self.text.get(before.len()..).unwrap_or_default();
            let space = piece.len() - piece.trim_start().len();
            let breaks = piece.get(..space).is_some_and(|space| space.contains('\n'));
            let is_needless = |c: char| match c {
                ',' | ';' => before.is_empty() || before.ends_with([',', ';', '(', '{', '|']),
                c => c.is_whitespace() && (before.is_empty() || !gap.is_empty()),
            };
            // A comma that goes takes the space behind it along.
            let mut rest = piece.trim_start_matches(is_needless);
            if rest.trim_start().starts_with([',', ';']) && is_needless(',') {
                rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
            }
            // Of the spaces on both sides, one with a line break stays.
            if breaks && !before.is_empty() && !gap.contains('\n') && rest == piece.trim_start() {
                self.trim_end(char::is_whitespace);
                rest = piece;
            }
            start += piece.len() - rest.len();
            piece = rest;
        }
        let Some(first) = piece.chars().next() else {
            return;
        };
        *mend = None;
        let closes = matches!(first, ',' | '.' | ';' | '!' | '?' | ')' | ']' | '}' | '|');
        if how > Mend::Mark && closes {
            self.trim_end(|c| c == ' ');
        }
        let last = self.text.chars().next_back();
        let apart = last.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '|'));
        match how {
            Mend::Mark => {
                if last.is_some_and(char::is_alphanumeric) && first.is_alphanumeric() {
                    self.add(" ");
                }
            }
            Mend::Break if !closes && last != Some('\n') && first != '\n' => {
                self.trim_end(|c| c == ' ');
                let ended = self.text.is_empty() || self.text.ends_with([',', ';', '.', '!', '?']);
                self.add(match (ended, self.text.is_empty() || first == ' ') {
                    (true, true) => "",
                    (true, false) => " ",
                    (false, true) => ",",
                    (false, false) => ", ",
                });
            }
            _ => {
                if !apart && !closes && !first.is_whitespace() {
                    self.add(" ");
                }
            }
        }
        self.push(from, piece, start);
    }

    fn push(&mut self, from: &Self, piece: &str, start: usize) {
        let origins = from.origins.get(start..start + piece.len());
        self.origins.extend_from_slice(origins.unwrap_or_default());
        self.text.push_str(piece);
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.origins.resize(self.text.len(), ADDED);
    }

    fn trim_end(&mut self, what: impl Fn(char) -> bool) {
        self.text.truncate(self.text.trim_end_matches(what).len());
        self.origins.truncate(self.text.len());
    }

    /// Leaves one of the white space characters at the end.
    fn squeeze_end(&mut self) {
        let text = self.text.trim_end();
        let space = self
            .text
            .get(text.len()..)
            .unwrap_or_default()
            .chars()
            .next();
        let end = text.len() + space.map_or(0, char::len_utf8);
        self.text.truncate(end);
        self.origins.truncate(end);
    }

    /// What `pasted` lost and got.
    pub(super) fn diff(&self, pasted: &str) -> Vec<DiffPiece> {
        let mut pieces = Vec::new();
        let mut add = |kind, text: &str| match pieces.last_mut() {
            Some(DiffPiece {
                kind: last,
                text: so,
            }) if *last == kind => so.push_str(text),
            _ if text.is_empty() => {}
            _ => pieces.push(DiffPiece {
                kind,
                text: text.to_owned(),
            }),
        };
        let mut next = 0;
        for (at, c) in self.text.char_indices() {
            let here = self.text.get(at..at + c.len_utf8()).unwrap_or_default();
            match self.origins.get(at) {
                Some(&origin) if origin != ADDED => {
                    let origin = origin as usize;
                    add(
                        DiffKind::Removed,
                        pasted.get(next..origin).unwrap_or_default(),
                    );
                    add(DiffKind::Kept, here);
                    next = origin + here.len();
                }
                _ => add(DiffKind::Added, here),
            }
        }
        add(DiffKind::Removed, pasted.get(next..).unwrap_or_default());
        pieces
    }
}
