//! Changes to what is there: other words for it, and other things instead of it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::desk::{Desk, Found, How, Phrase, has_word, last_word, push_word};
use super::lexicon::Kind;
use super::pieces::Kept;
use crate::slots::Slot;
use crate::text::find_words;

/// Longest description of what is to be changed, or of what takes its place, in pieces.
const LONGEST: usize = 9;

impl Desk<'_> {
    /// Where the words of `from..to` stand.
    pub(super) fn target(&self, from: usize, to: usize) -> Option<Found> {
        let words = self.words(from, to);
        if words.is_empty() && self.has(Kind::It, from, to) {
            return self.it();
        }
        self.find(&words)
    }

    /// "Lisbon instead of Paris", "instead of Paris, Lisbon"; `k` is where "instead of" stands.
    pub(super) fn instead_of(&mut self, at: usize, k: usize, end: usize) -> usize {
        if k > at {
            self.replace_or_read(k + 1, end, at, k);
            return end;
        }
        // Without a comma, the first noun is what goes.
        let old = (k + 2..end.min(k + LONGEST))
            .take_while(|stop| {
                !matches!(self.kind(*stop), Some(Kind::Det | Kind::Prep | Kind::Fill))
            })
            .filter(|stop| {
                self.target(k + 1, *stop)
                    .is_some_and(|found| found.is_whole)
            })
            .last()
            .or_else(|| (k + 2..end).find(|stop| self.kind(*stop) == Some(Kind::Det)));
        if let Some(stop) = old.filter(|stop| *stop < end) {
            self.replace_or_read(k + 1, stop, stop, end);
            return end;
        }
        let is_doing = matches!(
            self.kind(k + 1),
            Some(Kind::Own | Kind::Head(Slot::Pose | Slot::Expression))
        );
        if self.text(k, k + 1) == "not" && (is_doing || end == self.pieces.len()) {
            // "Prague, not Vienna" says all with Prague.
            if is_doing || self.fresh.is_empty() || self.target(k + 1, end).is_some() {
                let rest = self.remove(k + 1, end);
                self.parts(rest, end, How::Set);
            }
            return end;
        }
        let next = if end < self.pieces.len() {
            self.clause_end(end)
        } else {
            end
        };
        self.replace_or_read(k + 1, end, end, next);
        next
    }

    fn replace_or_read(&mut self, old: usize, old_end: usize, new: usize, new_end: usize) {
        if !self.replace(old, old_end, new, new_end) {
            self.parts(new, new_end, How::Set);
        }
    }

    /// `make`, `change`, `swap`, `turn` at `at`, and all that follows up to `end`: "make the hat green and the coat
    /// black" is two changes.
    pub(super) fn changes(&mut self, at: usize, end: usize) {
        let verb = self.text(at, at + 1);
        if self.lexicon.has("words-swap", &verb.to_ascii_lowercase())
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
        let both = (start + 1..end).find_map(|and| {
            let is_joint =
                self.text(and, and + 1) == "and" && self.kind(and + 1) == Some(Kind::Det);
            let stop = (and + 3..end).find(|stop| is_whole(and + 1, *stop))?;
            (is_joint && is_whole(start, and) && self.is_state(stop, end)).then_some((and, stop))
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

    fn replace_it(&mut self, from: usize, to: usize) -> bool {
        let Some(found) = self.it() else {
            return false;
        };
        let text = self.described(&self.item(&found), &self.own_words(from, to));
        self.rewrite(&found, text);
        true
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

    /// Words of a change, steps as they were said.
    pub(super) fn own_words(&self, from: usize, to: usize) -> String {
        let mut words = String::new();
        for at in from..to {
            match self.kind(at) {
                Some(
                    Kind::Fill
                    | Kind::But
                    | Kind::Det
                    | Kind::It
                    | Kind::Instead
                    | Kind::More
                    | Kind::Much,
                ) => {}
                Some(Kind::Step) => push_word(&mut words, &self.written(at, at + 1)),
                _ => push_word(&mut words, &self.text(at, at + 1)),
            }
        }
        words
    }

    /// Puts `new` in the place of `old`. False: nothing was said about what is there.
    pub(super) fn replace(
        &mut self,
        old: usize,
        old_end: usize,
        new: usize,
        new_end: usize,
    ) -> bool {
        if let Some(slot) = self.named_slot(old, old_end) {
            if self.describe_named(slot, new, new_end) {
                return true;
            }
            self.set_items(slot, Vec::new());
            self.parts(new, new_end, How::Set);
            return true;
        }
        let words = self.words(old, old_end);
        let is_it = self.has(Kind::It, old, old_end);
        if words.is_empty() && !is_it {
            return false;
        }
        let new = self.skip(new, new_end);
        let mut text = self.own_words(new, new_end);
        let Some(found) = self.target(old, old_end) else {
            return self.replace_text(old, old_end, new, new_end);
        };
        if new_end - new > LONGEST {
            self.parts(new, new_end, How::Set);
            return true;
        }
        let item = self.item(&found);
        // "a hawaiian one"
        if let Some(kind) = text.strip_suffix(" one") {
            text = [kind, " ", last_word(&item)].concat();
        }
        let is_adjective = |at| {
            matches!(
                self.kind(at),
                Some(
                    Kind::Adj
                        | Kind::Step
                        | Kind::It
                        | Kind::Fill
                        | Kind::Det
                        | Kind::More
                        | Kind::Much
                )
            )
        };
        let is_thing = self.has(Kind::Det, new, new_end) && !self.has(Kind::It, new, new_end);
        let is_word = |at| {
            is_adjective(at)
                || (!is_thing && found.slot == Slot::Wardrobe && self.kind(at) == Some(Kind::Word))
        };
        let (mut last, mut is_known) = (found.slot, true);
        for at in new..new_end {
            if let Some(slot) = self.head_slot(at) {
                last = slot;
                is_known &= slot == found.slot;
            }
        }
        if text.is_empty() {
            return false;
        }
        if !found.is_whole {
            let words = substitute(&item, &words, &text);
            self.rewrite(&found, words);
        } else if (new..new_end).all(is_word)
            && !(new..new_end).all(|at| self.kind(at) == Some(Kind::Word))
        {
            let text = self.described(&item, &text);
            self.rewrite(&found, text);
        } else if self.opens(new) || last != found.slot {
            self.rewrite(&found, String::new());
            self.parts(new, new_end, How::Set);
        } else if is_known {
            if self.kind(new) == Some(Kind::Det) {
                text = [&self.text(new, new + 1), " ", &text].concat();
            }
            let text = self.with_lead(&item, &text);
            self.rewrite(&found, text);
        } else {
            self.parts(new, new_end, How::Set);
        }
        true
    }

    fn opens(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(Kind::Prep | Kind::Wearing | Kind::Holding)
        )
    }

    /// The slot that the words name: "the location", "the outfit".
    pub(super) fn named_slot(&self, from: usize, to: usize) -> Option<Slot> {
        Slot::named(&self.pieces.get(self.first(Kind::Name, from, to)?)?.text)
    }

    /// The same in the person's own words.
    fn replace_text(&mut self, old: usize, old_end: usize, new: usize, new_end: usize) -> bool {
        let was = self.written(self.bare(old, old_end), old_end);
        if let Some((before, after)) = split_words(&self.now.text, &was) {
            let mut text = before.to_owned();
            text.push_str(&self.written(self.bare(new, new_end), new_end));
            text.push_str(after);
            self.now.text = text;
            return true;
        }
        self.note("say-notfound", &[&was]);
        self.parts(new, new_end, How::Set);
        true
    }

    pub(super) fn bare(&self, mut from: usize, to: usize) -> usize {
        while from < to && matches!(self.kind(from), Some(Kind::Det | Kind::Fill)) {
            from += 1;
        }
        from
    }
}

/// `item` with `new` where the first of the words `old` stands, and without the others.
pub(super) fn substitute(item: &str, old: &str, mut new: &str) -> String {
    let mut out = String::new();
    for word in item.split(' ') {
        if has_word(old, word) {
            push_word(&mut out, core::mem::take(&mut new));
        } else {
            push_word(&mut out, word);
        }
    }
    out
}

/// `text` before and after the whole words `words`, in any case.
pub(super) fn split_words<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str)> {
    let at = find_words(&text.to_ascii_lowercase(), &words.to_ascii_lowercase())?;
    Some((text.get(..at)?, text.get(at + words.len()..)?))
}
