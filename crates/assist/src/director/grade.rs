//! How a thing should be: "darken the background", "make the light warmer".

use super::desk::{Desk, How, Phrase};
use super::lexicon::Kind;
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// "darken the background": a darker background; "darken it": the picture. False: something else is meant.
    pub(super) fn grade(&mut self, how: &str, from: usize, to: usize) -> bool {
        let from = self.bare(from, to);
        let is_end = |at: &usize| self.kind(*at) != Some(Kind::Fill);
        let to = (from..to).rfind(is_end).map_or(from, |last| last + 1);
        if (from..to).all(|at| matches!(self.kind(at), Some(Kind::It | Kind::Unit))) {
            if let Some(entry) = self.lexicon.find(how) {
                self.step(entry.text, 1);
            }
            return true;
        }
        if let Some(slot) = self.named_slot(from, to) {
            return self.describe_slot(slot, how);
        }
        let Some(slot) = self
            .head_slot(to - 1)
            .filter(|_| self.nouns(from, to).len() == 1)
        else {
            return false;
        };
        let phrase = Phrase {
            slot,
            text: [how, " ", &self.text(from, to)].concat(),
            line: self.line_at(to - 1),
            adjectives: (from + 1 == to).then_some(how.len()),
        };
        self.put(phrase, How::Set)
    }

    /// "make the light warmer": what stands in `slot` with these adjectives. False: they are more than that.
    pub(super) fn describe_named(&mut self, slot: Slot, from: usize, to: usize) -> bool {
        let is_adjective = |at| {
            matches!(
                self.kind(at),
                Some(Kind::Adj | Kind::Step | Kind::Fill | Kind::More | Kind::Much)
            )
        };
        let text = self.own_words(from, to);
        !text.is_empty() && (from..to).all(is_adjective) && self.describe_slot(slot, &text)
    }

    /// What stands in `slot`, with `text` before it.
    fn describe_slot(&mut self, slot: Slot, text: &str) -> bool {
        let mut items = self.items(slot);
        match (slot, items.last_mut()) {
            (Slot::Lighting | Slot::Wardrobe, Some(item)) => *item = self.described(item, text),
            (Slot::Lighting, None) => items.push([text, " light"].concat()),
            _ => return false,
        }
        self.set_items(slot, items);
        true
    }
}
