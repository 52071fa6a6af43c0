//! A message as pieces, and how it is looked at: kinds, texts and ranges of pieces.

use std::ops::Range;

use selfsame_prompt::slots::Slot;

use super::lexicon::{GroupId, Kind, Lexicon};
use super::pieces::{Piece, pieces};

/// What a person said.
pub(super) struct Message<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) said: &'a str,
    pub(super) pieces: Vec<Piece>,
}

impl<'a> Message<'a> {
    pub(super) fn new(said: &'a str, lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            said,
            pieces: pieces(said, lexicon),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    /// A comma, a full stop or the like stands before the piece.
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.breaks)
    }

    /// The slot that the piece belongs to by itself.
    pub(super) fn head_slot(&self, at: usize) -> Option<Slot> {
        match self.kind(at)? {
            Kind::Head(slot) => Some(slot),
            _ => None,
        }
    }

    pub(super) fn group_at(&self, at: usize) -> Option<GroupId> {
        self.pieces.get(at).and_then(|piece| piece.group)
    }

    /// One piece as it is written into a prompt.
    pub(super) fn word(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| &piece.text)
    }

    /// Pieces as they are written into a prompt.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for piece in self.pieces.get(range).unwrap_or_default() {
            push_word(&mut text, &piece.text);
        }
        text
    }

    /// Pieces as the person wrote them, with everything between them.
    pub(super) fn written(&self, range: Range<usize>) -> &'a str {
        let pieces = self.pieces.get(range).unwrap_or_default();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return "";
        };
        let written = self.said.get(first.at.start..last.at.end);
        written.unwrap_or_default()
    }

    pub(super) fn first(&self, kind: Kind, mut range: Range<usize>) -> Option<usize> {
        range.find(|at| self.kind(*at) == Some(kind))
    }

    pub(super) fn has(&self, kind: Kind, range: Range<usize>) -> bool {
        self.first(kind, range).is_some()
    }

    /// The end of the clause that begins at `at`.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let ends = |index: usize| self.breaks(index) || self.kind(index) == Some(Kind::But);
        (at + 1..self.len())
            .find(|index| ends(*index))
            .unwrap_or(self.len())
    }

    /// The first piece from `at` on that is not a filler.
    pub(super) fn skip_fillers(&self, mut at: usize, end: usize) -> usize {
        while at < end && matches!(self.kind(at), Some(Kind::Filler | Kind::But)) {
            at += 1;
        }
        at
    }

    /// The first piece from `at` on that is neither an article nor a filler.
    pub(super) fn skip_articles(&self, mut at: usize, end: usize) -> usize {
        while at < end && matches!(self.kind(at), Some(Kind::Article | Kind::Filler)) {
            at += 1;
        }
        at
    }

    /// `end` without the fillers before it, but not below `from`.
    pub(super) fn trim_fillers(&self, from: usize, end: usize) -> usize {
        let last = (from..end).rfind(|at| self.kind(*at) != Some(Kind::Filler));
        last.map_or(from, |last| last + 1)
    }

    /// The words that name a thing, without articles, prepositions and the like.
    pub(super) fn content(&self, range: Range<usize>) -> String {
        let mut words = String::new();
        for piece in self.pieces.get(range).unwrap_or_default() {
            let says_nothing = matches!(
                piece.kind,
                Kind::Article
                    | Kind::Filler
                    | Kind::Of
                    | Kind::To
                    | Kind::Back
                    | Kind::Change
                    | Kind::Preposition
                    | Kind::Pronoun
            );
            if !says_nothing {
                push_word(&mut words, &piece.text);
            }
        }
        words
    }

    /// The words that say how a thing should be. Steps stay as they were written.
    pub(super) fn description(&self, range: Range<usize>) -> String {
        let mut words = String::new();
        for at in range {
            match self.kind(at) {
                Some(
                    Kind::Filler
                    | Kind::But
                    | Kind::Article
                    | Kind::Pronoun
                    | Kind::Instead
                    | Kind::More
                    | Kind::Much,
                ) => {}
                Some(Kind::Step(_)) => push_word(&mut words, self.written(at..at + 1)),
                _ => push_word(&mut words, self.word(at)),
            }
        }
        words
    }

    /// The slot that the words name: "the location", "the outfit".
    pub(super) fn named_slot(&self, range: Range<usize>) -> Option<Slot> {
        Slot::named(self.word(self.first(Kind::SlotName, range)?))
    }
}

/// Appends `word`, or several, behind a space if `out` is not empty.
pub(super) fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() && !word.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

pub(super) fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}
