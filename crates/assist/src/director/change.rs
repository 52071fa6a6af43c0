//! Verbs that change something: `make`, `change`, `swap`, `turn`, and what they are said of.

use super::desk::{Desk, How, Phrase, push_word};
use super::edit::LONGEST;
use super::lexicon::Kind;
use super::pieces::Kept;
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// `make`, `change`, `swap`, `turn` at `at`, and all that follows up to `end`: "make the hat green and the coat
    /// black" is two changes.
    pub(super) fn changes(&mut self, at: usize, end: usize) {
        let verb = self.text(at, at + 1);
        let verb = verb.to_ascii_lowercase();
        if ["words-swap", "words-other"]
            .iter()
            .any(|list| self.lexicon.has(list, &verb))
            && let Some(thing) = self.only_thing(at + 1, end)
        {
            return self.note("say-towhat", &[&thing]);
        }
        if verb.ends_with("er") {
            if !self.grade(&verb, at + 1, end) {
                self.keep(at, end, Kept::Unknown);
            }
            return;
        }
        let is_making = verb.starts_with("make");
        if is_making && self.make_both(at + 1, end) {
            return;
        }
        let mut start = at + 1;
        while start < end {
            let and = (start + 1..end).find(|and| self.joins_changes(start, *and, end, is_making));
            let stop = and.unwrap_or(end);
            self.change(start, stop, is_making);
            start = stop + 1;
        }
    }

    /// "the outfit": a thing, and not what it should be instead.
    pub(super) fn only_thing(&self, from: usize, to: usize) -> Option<String> {
        let bare = self.bare(from, to);
        let is_end = |at: &usize| self.kind(*at) != Some(Kind::Fill);
        let to = (bare..to).rfind(is_end)? + 1;
        let is_named = bare + 1 == to && self.kind(bare) == Some(Kind::Name);
        let is_one = || self.run(bare, to) == to && self.nouns(bare, to).len() == 1;
        let is_known = || self.target(bare, to).is_some() || self.head_slot(to - 1).is_some();
        (is_named || (is_one() && is_known())).then(|| self.written(from, to))
    }

    /// "the hat and the coat black": both of them.
    fn make_both(&mut self, start: usize, end: usize) -> bool {
        let is_whole = |from, to| self.target(from, to).is_some_and(|found| found.is_whole);
        let is_joint = |and: &usize| {
            self.lexicon.has("words-and", &self.text(*and, *and + 1))
                && self.kind(*and + 1) == Some(Kind::Det)
        };
        let both = (start + 1..end.min(start + LONGEST))
            .find(is_joint)
            .and_then(|and| {
                let stop =
                    (and + 3..end.min(and + LONGEST)).find(|stop| is_whole(and + 1, *stop))?;
                (is_whole(start, and) && self.is_state(stop, end)).then_some((and, stop))
            });
        let Some((and, stop)) = both else {
            return false;
        };
        self.replace(start, and, stop, end) && self.replace(and + 1, stop, stop, end)
    }

    /// At `and` one change ends, and another one begins.
    fn joins_changes(&self, start: usize, and: usize, end: usize, is_making: bool) -> bool {
        if self.kind(and + 1) != Some(Kind::Det) || self.text(and, and + 1) != "and" {
            return false;
        }
        let joints = [self.joint(start, and), self.joint(and + 1, end)];
        if let [Some(_), Some(joint)] = joints
            && !is_making
        {
            return self.target(and + 1, joint).is_some();
        }
        // "the hat and the coat black" is said of both.
        let is_first = self.says_how(start, and) || self.target(start, and).is_none();
        is_first && self.says_how(and + 1, end)
    }

    /// Begins with a thing, and all that follows says how it is.
    fn says_how(&self, from: usize, to: usize) -> bool {
        (from + 1..to.min(from + LONGEST)).any(|stop| {
            let is_thing = || {
                let target = self.target(from, stop);
                self.head_slot(stop - 1).is_some() || target.is_some_and(|found| found.is_whole)
            };
            self.is_state(stop, to) && is_thing()
        })
    }

    /// "to" or "with": where what comes instead begins.
    fn joint(&self, from: usize, to: usize) -> Option<usize> {
        (from..to).find(|at| match self.kind(*at) {
            Some(Kind::To) => true,
            Some(Kind::Add) => self.text(*at, *at + 1).starts_with('w'),
            _ => false,
        })
    }

    /// One change.
    fn change(&mut self, start: usize, end: usize, is_making: bool) {
        if let Some(k) = self.joint(start, end).filter(|_| !is_making)
            && self.replace(start, k, k + 1, end)
        {
            return;
        }
        if let Some(stop) = self.first(Kind::Name, start, end).map(|name| name + 1)
            && self.bare(start, end) + 1 == stop
            && let Some(slot) = self.named_slot(start, stop)
            && self.describe_named(slot, stop, end)
        {
            return;
        }
        let is_adjective = self.has(Kind::Adj, start, end);
        if is_adjective && self.is_plain(start, end) && self.replace_it(start, end) {
            return;
        }
        let old = (start + 1..end.min(start + LONGEST)).rfind(|stop| {
            self.target(start, *stop)
                .is_some_and(|found| found.is_whole)
        });
        let known = (start + 1..end).find(|stop| self.head_slot(*stop - 1).is_some());
        match (old, known) {
            (Some(stop), _) => {
                self.replace(start, stop, stop, end);
            }
            (None, Some(stop)) if self.put_as(start, stop, end) => {}
            _ => self.parts(start, end, How::Set),
        }
    }

    /// Only says how something is.
    fn is_plain(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            matches!(
                self.kind(at),
                Some(Kind::Adj | Kind::Word | Kind::Step | Kind::Fill)
            )
        })
    }

    /// Says how something is, or what the weather is.
    fn is_state(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            self.is_plain(at, at + 1)
                || matches!(self.kind(at), Some(Kind::Head(Slot::Time | Slot::Mood)))
        })
    }

    /// "make the sky stormy": a stormy sky. False: `start..stop` is not one thing, or `stop..end` says more than how
    /// it is.
    fn put_as(&mut self, start: usize, stop: usize, end: usize) -> bool {
        let bare = start + 1;
        let is_one = self.kind(start) == Some(Kind::Det)
            && self.nouns(bare, stop).len() == 1
            && self.run(bare, stop) == stop;
        let Some(slot) = self.head_slot(stop - 1).filter(|_| is_one) else {
            return false;
        };
        if !self.is_state(stop, end) || end - start > LONGEST {
            return false;
        }
        let is_adjective = |at| matches!(self.kind(at), Some(Kind::Adj | Kind::Step));
        let are_adjectives = (bare..stop - 1).chain(stop..end).all(is_adjective);
        let thing = self.text(stop - 1, stop);
        let mut text = self.own_words(stop, end);
        push_word(&mut text, &self.text(bare, stop - 1));
        push_word(&mut text, &thing);
        let line = self.line_at(stop - 1);
        let adjectives = are_adjectives.then(|| text.len() - thing.len());
        let phrase = Phrase {
            slot,
            text,
            line,
            adjectives,
        };
        if !self.put(phrase, How::Set) {
            self.keep(start, end, Kept::Unknown);
        }
        true
    }
}
