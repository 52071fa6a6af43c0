//! Words that mean something else beside others: a step, a number of a picture and a format are only words before a
//! thing.

use super::desk::Desk;
use super::lexicon::Kind;
use super::pieces::{NO_LINE, is_written_as_name};
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// "cooler" alone is a step; "cooler light" and "more flowers" say how a thing is.
    pub(super) fn tell_apart(&mut self) {
        for at in 0..self.pieces.len() {
            let kind = match self.kind(at) {
                Some(Kind::Step | Kind::More) if self.is_before_thing(at) => Kind::Adj,
                // "the second floor" is no picture.
                Some(Kind::Ordinal)
                    if self.is_before_thing(at)
                        || (self.is_beside(at + 1)
                            && self.kind(at + 1) == Some(Kind::Head(Slot::Time))) =>
                {
                    Kind::Adj
                }
                Some(Kind::Aspect) if self.is_of_thing(at) => Kind::Word,
                // "in the Portrait Gallery", "in Times Square"
                Some(Kind::Unit)
                    if self.is_name(at)
                        && (self.is_before_thing(at)
                            || (self.kind(at + 1) == Some(Kind::Aspect)
                                && self.is_name(at + 1))) =>
                {
                    Kind::Word
                }
                Some(Kind::Fill)
                    if self.is_before_thing(at)
                        && self.lexicon.has("words-praise", &self.text(at, at + 1)) =>
                {
                    Kind::Word
                }
                Some(Kind::Remove) if !self.takes_away(at) => Kind::Word,
                // "a different coat" is a change when that is all; "a different angle" is a word.
                Some(Kind::Change)
                    if self.lexicon.has("words-other", &self.text(at, at + 1))
                        && self.only_thing(at + 1, self.clause_end(at)).is_none() =>
                {
                    Kind::Word
                }
                Some(Kind::Word)
                    if (self.kind(at + 1) == Some(Kind::Name)
                        || self.lexicon.has("words-whole", &self.text(at + 1, at + 2)))
                        && self.lexicon.has("words-other", &self.text(at, at + 1))
                        && self.only_thing(at + 1, self.clause_end(at)).is_some() =>
                {
                    Kind::Change
                }
                // "too formal" is less of it; "me too" is not.
                Some(Kind::Fill) if self.is_too(at) && self.is_quality(at + 1) => Kind::Fewer,
                _ => continue,
            };
            let written = self.written(at, at + 1);
            let is_word = match self.kind(at) {
                Some(Kind::Remove) => true,
                Some(Kind::Aspect) => written.chars().all(char::is_alphabetic),
                _ => written.chars().all(char::is_alphanumeric),
            };
            if let Some(piece) = self.pieces.get_mut(at).filter(|_| is_word) {
                piece.kind = kind;
                piece.line = NO_LINE;
                piece.text = written;
            }
        }
    }

    /// Says how something is, and stands beside what is before it.
    fn is_quality(&self, at: usize) -> bool {
        self.is_beside(at)
            && match self.kind(at) {
                Some(Kind::Adj | Kind::Head(Slot::Expression | Slot::Mood)) => true,
                Some(Kind::Word) => self.opposite(&self.text(at, at + 1)).is_some(),
                _ => false,
            }
    }

    /// Nothing stands between the pieces before `at` and at it.
    fn is_beside(&self, at: usize) -> bool {
        at > 0 && at < self.pieces.len() && !self.breaks(at)
    }

    /// A thing, or a word of one, follows at once.
    pub(super) fn is_before_thing(&self, at: usize) -> bool {
        let is_noun = |kind| {
            matches!(
                kind,
                Kind::Word
                    | Kind::Support
                    | Kind::Own
                    | Kind::Head(
                        Slot::Lighting
                            | Slot::Wardrobe
                            | Slot::Setting
                            | Slot::Props
                            | Slot::Camera,
                    )
            )
        };
        self.is_beside(at + 1) && self.kind(at + 1).is_some_and(is_noun)
    }

    /// Written with a capital where no sentence begins.
    fn is_name(&self, at: usize) -> bool {
        self.is_beside(at) && is_written_as_name(&self.written(at, at + 1))
    }

    /// "Times Square", "a vertical wall", "in a landscape": a format's word that is none.
    fn is_of_thing(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.kind(at));
        let is_alone = !self.is_beside(at + 1)
            || !matches!(
                self.kind(at + 1),
                Some(Kind::Unit | Kind::Fill | Kind::Step)
            );
        let written = self.written(at, at + 1).to_ascii_lowercase();
        let is_noun = self.lexicon.has("words-shape", &written);
        let follows = self.is_beside(at)
            && match before(1) {
                Some(Kind::Word | Kind::Adj) => true,
                Some(Kind::Head(Slot::Setting)) => written == "landscape",
                // "make it a square" is a format, "in a square" a place.
                Some(Kind::Det) => at > 1 && matches!(before(2), Some(Kind::Prep | Kind::Add)),
                _ => false,
            };
        let follows = follows && is_alone && is_noun;
        follows || self.is_before_thing(at) || (is_alone && self.is_name(at))
    }

    /// "stop" and "don't" take away what somebody does; anywhere else they are words.
    fn takes_away(&self, at: usize) -> bool {
        let is_doing = matches!(
            self.kind(at + 1),
            Some(Kind::Head(Slot::Pose | Slot::Expression))
        );
        is_doing || !self.lexicon.has("words-stop", &self.text(at, at + 1))
    }
}
