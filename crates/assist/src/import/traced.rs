//! A text from which pieces are cut, and which knows where each remaining byte was in what was pasted.

use selfsame_primitives::string_enum;
use serde::Serialize;

/// A piece of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DiffPiece {
    /// What became of the piece.
    pub kind: DiffKind,
    /// The piece.
    pub text: String,
}

string_enum! {
    /// What became of a [`DiffPiece`].
    DiffKind {
        /// In what was pasted and in what it became.
        Kept = "kept",
        /// Only in what was pasted.
        Removed = "removed",
        /// Only in what it became.
        Added = "added",
    }
}

/// How the two sides of a cut are joined. Of cuts that meet, the greater counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// A mark was cut: the words around it stay as they are.
    Mark,
    /// A thing was cut, and the comma and the space that separated it go too.
    Thing,
    /// A break was cut: the sides stay apart.
    Break,
}

/// The origin of a byte that was not pasted.
const ADDED: u32 = u32::MAX;

/// Bytes to take out.
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) join: Join,
}

/// A text and the origin of each of its bytes in what was pasted.
pub(super) struct TracedText {
    text: String,
    origins: Vec<u32>,
}

impl TracedText {
    /// The text as it was pasted.
    pub(super) fn new(pasted: &str) -> Self {
        Self {
            text: pasted.to_owned(),
            origins: (0..ADDED).take(pasted.len()).collect(),
        }
    }

    /// A text that was not pasted, byte by byte.
    pub(super) fn replacement(text: String) -> Self {
        Self {
            origins: vec![ADDED; text.len()],
            text,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Takes out `cuts`, which are then empty, and joins what is left. False when there were none.
    pub(super) fn apply(&mut self, cuts: &mut Vec<Cut>) -> bool {
        if cuts.is_empty() {
            return false;
        }
        let mut out = Self {
            text: String::with_capacity(self.text.len()),
            origins: Vec::with_capacity(self.text.len()),
        };
        let mut at = 0;
        let mut join = None;
        cuts.sort_by_key(|cut| cut.start);
        for cut in cuts.iter() {
            if cut.start > at {
                out.take(self, at, cut.start, &mut join);
            }
            at = at.max(cut.end);
            join = join.max(Some(cut.join));
        }
        out.take(self, at, self.text.len(), &mut join);
        if join > Some(Join::Mark) {
            out.trim_end(|c| c.is_whitespace() || c == ',');
        }
        *self = out;
        cuts.clear();
        true
    }

    /// Appends `from[start..end]`, joined to what is there by `join` when a cut comes between them.
    fn take(&mut self, from: &Self, mut start: usize, end: usize, join: &mut Option<Join>) {
        let mut piece = from.text.get(start..end).unwrap_or_default();
        let Some(how) = *join else {
            self.push(from, piece, start);
            return;
        };
        if how > Join::Mark {
            self.squeeze_end();
            let before = self.text.trim_end();
            let gap = self.text.get(before.len()..).unwrap_or_default();
            let (first, last) = (before.is_empty(), before.chars().next_back());
            let comma = first || last.is_some_and(|c| matches!(c, ',' | ';' | '(' | '{' | '|'));
            let space = first || !gap.is_empty();
            // A comma that goes takes the space after it along.
            let mut rest = piece;
            while let Some(c) = rest.chars().next()
                && (if is_comma(c) {
                    comma
                } else {
                    space && c.is_whitespace()
                })
            {
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
            if comma && rest.trim_start().starts_with(is_comma) {
                rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_comma(c));
            }
            // Where only one side has a line break, that side's space stays.
            let space = piece.len() - piece.trim_start().len();
            let breaks = has_break(piece.get(..space).unwrap_or_default());
            if breaks && !first && !has_break(gap) && rest == piece.trim_start() {
                self.trim_end(char::is_whitespace);
                rest = piece;
            }
            start += piece.len() - rest.len();
            piece = rest;
        }
        let Some(first) = piece.chars().next() else {
            return;
        };
        *join = None;
        let closes = matches!(first, ',' | '.' | ';' | '!' | '?' | ')' | ']' | '}' | '|');
        if how > Join::Mark && closes {
            self.trim_end(|c| c == ' ');
        }
        let last = self.text.chars().next_back();
        let apart = last.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '|'));
        match how {
            Join::Mark => {
                if last.is_some_and(char::is_alphanumeric) && first.is_alphanumeric() {
                    self.add(" ");
                }
            }
            Join::Break if !closes && last != Some('\n') && first != '\n' => {
                self.trim_end(|c| c == ' ');
                let ended = self.text.chars().next_back().is_none_or(ends_clause);
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

    fn trim_end(&mut self, what: fn(char) -> bool) {
        self.text.truncate(self.text.trim_end_matches(what).len());
        self.origins.truncate(self.text.len());
    }

    /// Keeps only the first of the white space characters at the end.
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

    /// What was removed from `pasted` and added to it.
    pub(super) fn diff(&self, pasted: &str) -> Vec<DiffPiece> {
        let mut pieces = Vec::new();
        let mut add = |kind, text: &str| match pieces.last_mut() {
            Some(DiffPiece {
                kind: last,
                text: so_far,
            }) if *last == kind => so_far.push_str(text),
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

fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';')
}

fn ends_clause(c: char) -> bool {
    matches!(c, ',' | ';' | '.' | '!' | '?')
}

fn has_break(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'\n')
}
