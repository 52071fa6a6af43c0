//! Changes to what is there: other words for it, and other things instead of it.

use super::desk::{Desk, Found, How, has_word, last_word, push_word};
use super::lexicon::Kind;
use selfsame_primitives::text::find_words;
use selfsame_prompt::slots::Slot;

/// Longest description of what is to be changed, or of what takes its place, in pieces.
pub(super) const LONGEST: usize = 9;

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

    pub(super) fn replace_it(&mut self, from: usize, to: usize) -> bool {
        let Some(found) = self.it() else {
            return false;
        };
        let text = self.described(&self.item(&found), &self.own_words(from, to));
        self.rewrite(&found, text);
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
            push_word(&mut out, std::mem::take(&mut new));
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
