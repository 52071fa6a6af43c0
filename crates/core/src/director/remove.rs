//! Taking away what is there.

use alloc::string::String;
use alloc::vec::Vec;

use super::desk::{Desk, has_word};
use super::edit::{split_words, substitute};
use super::lexicon::Kind;
use super::pieces::Kept;
use crate::text::{trim_end, trim_start};

impl Desk<'_> {
    /// Takes away what is named from `at` on; the index behind it.
    pub(super) fn remove(&mut self, at: usize, end: usize) -> usize {
        let mut at = at;
        let mut is_first = true;
        loop {
            let start = self.bare(at, end);
            let stop = self.thing(start, end);
            if is_first
                && stop == start
                && (has_word(&self.text(at - 1, at), "it")
                    || has_word(&self.text(at - 1, at), "that"))
                && let Some(found) = self.it()
            {
                self.rewrite(&found, String::new());
                return at;
            }
            if stop == start || (!is_first && self.target(start, stop).is_none()) {
                return if is_first { start.max(at) } else { at };
            }
            self.take_out(start, stop);
            at = stop;
            is_first = false;
        }
    }

    /// The end of the thing that begins at `start`: up to the next article, preposition or "and".
    fn thing(&self, start: usize, end: usize) -> usize {
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

    fn take_out(&mut self, from: usize, to: usize) {
        if let Some(slot) = self.named_slot(from, to) {
            return self.set_items(slot, Vec::new());
        }
        if let Some(found) = self.target(from, to) {
            let item = self.item(&found);
            let text = if found.is_whole {
                String::new()
            } else {
                substitute(&item, &self.words(from, to), "")
            };
            return self.rewrite(&found, text);
        }
        let was = self.written(from, to);
        let Some((before, after)) = split_words(&self.now.text, &was) else {
            return self.note("say-notfound", &[&was]);
        };
        let is_joint = |c| matches!(c, ' ' | ',');
        let (before, after) = (trim_end(before, is_joint), trim_start(after, is_joint));
        let joint = if before.is_empty() || after.is_empty() {
            ""
        } else {
            ", "
        };
        self.now.text = [before, joint, after].concat();
    }

    /// "less moody": not moody. Of what is not there, the words stay.
    pub(super) fn less(&mut self, at: usize, end: usize) -> usize {
        let stop = self.thing(at + 1, end);
        if self.target(at + 1, stop).is_some() {
            self.take_out(at + 1, stop);
        } else {
            self.keep(at, stop, Kept::Unknown);
        }
        stop
    }
}
