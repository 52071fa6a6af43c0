//! Taking away what is there.

use super::desk::{Desk, Found, has_word, last_word};
use super::edit::{split_words, substitute};
use super::lexicon::Kind;
use super::pieces::Kept;
use crate::import::rewrite;
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// Takes away what is named from `at` on; the index behind it.
    pub(super) fn remove(&mut self, at: usize, end: usize) -> usize {
        let (begin, mut at) = (at, at);
        let verb = self.text(begin - 1, begin);
        let is_negation = self.lexicon.has("words-not", &verb);
        let mut is_first = true;
        loop {
            let start = self.bare(at, end);
            let stop = self.thing(start, end);
            if is_first
                && stop == start
                && (has_word(&verb, "it") || has_word(&verb, "that"))
                && let Some(found) = self.it()
            {
                self.rewrite(&found, String::new());
                return at;
            }
            if stop == start
                || (!is_first
                    && self.going(start, stop).is_none()
                    && !self.goes_too(at, start, stop))
            {
                return if is_first { start.max(at) } else { at };
            }
            if is_negation && self.is_first() && self.going(start, stop).is_none() {
                // "no makeup", when nothing is there yet, says how it should be; without "no tie" there is none either.
                let head = self.head_slot(stop - 1);
                if verb != "no" || !matches!(head, Some(Slot::Wardrobe | Slot::Props)) {
                    self.keep(begin - 1, stop, Kept::Own);
                }
            } else {
                self.take_out(start, stop);
            }
            at = stop;
            is_first = false;
        }
    }

    /// What is to go; what somebody does in another form of the word, too: "smile" for "smiling".
    fn going(&self, from: usize, to: usize) -> Option<Found> {
        const ROOT: usize = 4;
        let doing = || {
            let slot = self.head_slot(to.checked_sub(1)?)?;
            let word = self.words(from, to);
            let root = word.get(..ROOT)?;
            let is_form = |other: &str| {
                other.get(..ROOT) == Some(root) && (word.ends_with("ing") || other.ends_with("ing"))
            };
            let items = self.items(slot);
            let index = items.iter().position(|item| item.split(' ').any(is_form))?;
            matches!(slot, Slot::Pose | Slot::Expression).then_some(Found {
                slot,
                index,
                is_whole: true,
            })
        };
        self.target(from, to).or_else(doing)
    }

    /// "the tie and the jacket", "the tie and glasses": both should go, but "no hat and red shoes" asks for shoes.
    fn goes_too(&self, at: usize, start: usize, stop: usize) -> bool {
        let article = self.text(start - 1, start);
        let is_the = self.kind(start - 1) == Some(Kind::Det);
        let is_new = is_the && self.lexicon.has("words-new", &article);
        self.kind(at) == Some(Kind::Fill)
            && self.lexicon.has("words-and", &self.text(at, at + 1))
            && start - at == 1 + usize::from(is_the)
            && !is_new
            && (is_the || stop == start + 1)
    }

    /// "take the hat off", "coat off": where the thing stands.
    pub(super) fn off(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let take = self.text(at, at + 1);
        let from = self.bare(at + usize::from(take.eq_ignore_ascii_case("take")), end);
        let is_off = |at: &usize| self.lexicon.has("words-off", &self.text(*at, *at + 1));
        let to = (from..end).find(is_off)?;
        let is_worn =
            to > from && matches!(self.head_slot(to - 1), Some(Slot::Wardrobe | Slot::Props));
        (is_worn && self.thing(from, to) == to && !self.is_first()).then_some((from, to))
    }

    /// The end of the thing that begins at `start`: up to the next article, preposition or "and".
    pub(super) fn thing(&self, start: usize, end: usize) -> usize {
        let mut stop = start;
        while stop < end && (stop == start || !self.breaks(stop)) {
            match self.kind(stop) {
                Some(
                    Kind::Head(_)
                    | Kind::Word
                    | Kind::Adj
                    | Kind::Own
                    | Kind::Support
                    | Kind::Of
                    | Kind::Name,
                ) => {}
                Some(Kind::It | Kind::Num) if stop == start => {}
                _ => break,
            }
            stop += 1;
        }
        stop
    }

    pub(super) fn take_out(&mut self, from: usize, to: usize) {
        if let Some(slot) = self.named_slot(from, to) {
            return self.set_items(slot, Vec::new());
        }
        // "the tie" is not the one of a black tie gala.
        let is_worn = self.head_slot(to - 1) == Some(Slot::Wardrobe);
        let is_going = |found: &Found| found.is_whole || found.slot != Slot::Setting || !is_worn;
        if let Some(found) = self.going(from, to).filter(is_going) {
            let item = self.item(&found);
            let text = if found.is_whole {
                String::new()
            } else {
                let rest = substitute(&item, &self.words(from, to), "");
                let says_nothing = !rest.contains(' ')
                    && matches!(found.slot, Slot::Lighting | Slot::Expression | Slot::Mood);
                // "dramatic lighting" that is not dramatic says nothing.
                if says_nothing { String::new() } else { rest }
            };
            return self.rewrite(&found, text);
        }
        let was = self.written(from, to);
        let Some((before, after)) = split_words(&self.now.text, &was) else {
            return self.say_otherwise(&was);
        };
        let is_joint = |c| matches!(c, ' ' | ',');
        let (before, after) = (
            before.trim_end_matches(is_joint),
            after.trim_start_matches(is_joint),
        );
        if self.lexicon.has("words-not", last_word(before)) {
            return;
        }
        let joint = if before.is_empty() || after.is_empty() {
            ""
        } else {
            ", "
        };
        self.now.text = [before, joint, after].concat();
    }

    /// What is to go was never asked for. When there are pictures it is seen in one: what to show instead.
    fn say_otherwise(&mut self, unwanted: &str) {
        match rewrite(unwanted).filter(|better| !self.now.text.contains(better)) {
            Some(better) if !self.context.shown.is_empty() => {
                if !self.now.text.is_empty() {
                    self.now.text.push_str(", ");
                }
                self.now.text.push_str(better);
                self.note("say-positive", &[better]);
            }
            _ => self.note("say-notfound", &[unwanted]),
        }
    }
}
