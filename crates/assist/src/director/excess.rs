//! Too much of something, or less of it: what to be instead.

use super::desk::{Desk, How, Phrase};
use super::edit::split_words;
use super::lexicon::Kind;
use super::pieces::{Kept, pieces};

impl Desk<'_> {
    /// "the blazer is too dark": a lighter blazer. The index behind it; None: it is not said of one thing that is
    /// there.
    pub(super) fn thing_in_excess(&mut self, at: usize, end: usize) -> Option<usize> {
        let too = (at + 1..end).find(|too| self.is_too(*too))?;
        let is_fill = |at: &usize| self.kind(*at) == Some(Kind::Fill);
        let thing = (at..too).rfind(|at| !is_fill(at))? + 1;
        if self.bare(at, thing) == thing || !self.target(at, thing)?.is_whole {
            return None;
        }
        // "too dark" is one piece, "too formal" are two.
        let behind = too + 1 + usize::from(self.kind(too) == Some(Kind::Fewer));
        let said = self.written(too, behind);
        let opposite = self.opposite(said.split_once(" ")?.1)?;
        self.grade(opposite, at, thing).then_some(behind)
    }

    /// "too": more of what follows than is wanted.
    pub(super) fn is_too(&self, at: usize) -> bool {
        let said = self.written(at, at + 1).to_ascii_lowercase();
        let first = said.split_once(" ").map_or(said.as_str(), |words| words.0);
        self.lexicon.has("words-too", first)
    }

    /// "less moody": not moody. Of what is not there: its opposite, or the words stay.
    pub(super) fn less(&mut self, at: usize, end: usize) -> usize {
        let stop = self.thing(at + 1, end);
        let is_too = self.is_too(at);
        let said = self.written(at + 1, stop);
        let is_there =
            self.target(at + 1, stop).is_some() || split_words(&self.now.text, &said).is_some();
        let opposite = self.opposite_of(&self.words(at + 1, stop));
        if is_there && !self.make_fewer(at, stop) {
            self.take_out(at + 1, stop);
        }
        let is_said = opposite.is_some_and(|text| (is_too || !is_there) && self.put_known(&text));
        if !is_there && !is_said {
            self.keep(at, stop, Kept::Unknown);
        }
        stop
    }

    /// "fewer lights": a few. False: something else was said.
    fn make_fewer(&mut self, at: usize, stop: usize) -> bool {
        let few = self.opposite(&self.text(at, at + 1));
        let (Some(few), Some(found)) = (few, self.target(at + 1, stop)) else {
            return false;
        };
        let text = [few, " ", &self.item(&found)].concat();
        self.rewrite(&found, text);
        true
    }

    /// "formal": casual; "harsh light": softer light.
    fn opposite_of(&self, words: &str) -> Option<String> {
        if let Some(opposite) = self.opposite(words) {
            return Some(opposite.into());
        }
        let (how, thing) = words.split_once(" ")?;
        Some([self.opposite(how)?, " ", thing].concat())
    }

    pub(super) fn opposite(&self, word: &str) -> Option<&'static str> {
        let list = self.lexicon.lists("opposite").next()?;
        let mut pairs = list.split(", ").filter_map(|pair| pair.split_once(">"));
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(word))?;
        Some(found.1)
    }

    /// Puts a phrase of the lexicon where it belongs. False: it belongs nowhere.
    fn put_known(&mut self, text: &str) -> bool {
        let read = pieces(text, self.lexicon);
        let Some((Kind::Head(slot), line)) = read.last().map(|piece| (piece.kind, piece.line))
        else {
            return false;
        };
        let phrase = Phrase {
            slot,
            text: text.into(),
            line,
            adjectives: None,
        };
        self.put(phrase, How::Set)
    }
}
