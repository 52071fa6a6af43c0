//! What Maya answers: which part of the picture changed, in a few short sentences.

use super::desk::{Desk, push_word};
use super::lexicon::Lexicon;
use selfsame_primitives::text;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::placement::says_something;
use selfsame_prompt::slots::{Slot, named, prose};

/// Most suggestions.
const MOST: usize = 3;

/// A sentence of the lexicon with `words` in it.
pub(super) fn fill(lexicon: &Lexicon, name: &str, words: &[&str]) -> String {
    text::fill(lexicon.lists(name).next().unwrap_or_default(), words)
}

pub(super) fn digits(number: u32) -> String {
    number.to_string()
}

/// Whether a picture can be made of it.
pub(super) fn is_something(composition: &Composition) -> bool {
    says_something(&prose(&composition.slots, &composition.text).text)
}

impl Desk<'_> {
    /// The sentences.
    pub(super) fn reply(&self, before: &Composition, kept: &[String]) -> String {
        if self.undone && self.notes.is_empty() && kept.is_empty() {
            return fill(self.lexicon, "say-undone", &[]);
        }
        if is_something(before) && !is_something(&self.now) && !self.notes.is_empty() {
            return self.notes.clone();
        }
        let mut out = String::new();
        let mut say =
            |name: &str, words: &[&str]| push_word(&mut out, &fill(self.lexicon, name, words));
        let (mut added, mut gone) = (Vec::new(), Vec::new());
        for slot in Slot::ALL {
            let (old, new) = (before.slots.get(slot), self.now.slots.get(slot));
            let (mut fresh, mut lost) = (new_in(slot, new, old), new_in(slot, old, new));
            if let ([new], [old]) = (fresh.as_slice(), lost.as_slice()) {
                say("say-swapped", &[new, old]);
            } else {
                added.append(&mut fresh);
                gone.append(&mut lost);
            }
        }
        let first = !is_something(before);
        if first && !added.is_empty() {
            say("say-first", &[]);
            say("say-now", &[&prose(&self.now.slots, "").text]);
        } else if !added.is_empty() {
            say("say-added", &[&added.join(", ")]);
        }
        if !gone.is_empty() {
            say("say-gone", &[&gone.join(", ")]);
        }
        let (old, new) = (&before.overrides, &self.now.overrides);
        if let Some(ratio) = new
            .aspect_ratio
            .filter(|_| new.aspect_ratio != old.aspect_ratio)
        {
            say("say-format", &[ratio.as_str()]);
        }
        if let Some(file) = new
            .output_format
            .filter(|_| new.output_format != old.output_format)
        {
            say("say-file", &[file.as_str()]);
        }
        match self.now.pictures {
            pictures if pictures == before.pictures => {}
            1 => say("say-picture", &[]),
            pictures => say("say-pictures", &[&digits(pictures)]),
        }
        match self.like {
            _ if self.seed_freed => say("say-newseed", &[]),
            Some(like) if new.seed != old.seed => say("say-likepicture", &[&digits(like)]),
            None if new.seed != old.seed && new.seed.is_some() => say("say-sameseed", &[]),
            _ => {}
        }
        push_word(&mut out, &self.notes);
        if !kept.is_empty() {
            push_word(
                &mut out,
                &fill(self.lexicon, "say-kept", &[&kept.join("”, “")]),
            );
        }
        if out.is_empty() {
            out = self.reply_of_words(before);
        }
        out
    }

    /// What became of the person's own words, when nothing else changed.
    fn reply_of_words(&self, before: &Composition) -> String {
        let mut old: Vec<&str> = before.text.split(", ").collect();
        let mut new: Vec<&str> = self.now.text.split(", ").collect();
        new.retain(|part| {
            let known = old.iter().position(|other| other == part);
            known.map(|at| old.remove(at)).is_none() && !part.is_empty()
        });
        old.retain(|part| !part.is_empty());
        let (new, old) = (new.join(", "), old.join(", "));
        let say = |name: &str| fill(self.lexicon, name, &[]);
        match (new.is_empty(), old.is_empty()) {
            (false, false) => fill(self.lexicon, "say-swapped", &[&new, &old]),
            (false, true) => fill(self.lexicon, "say-added", &[&new]),
            (true, false) => fill(self.lexicon, "say-gone", &[&old]),
            _ if self.ready => say("say-go"),
            _ if !is_something(&self.now) => say("say-hello"),
            _ if self.now == *before => say("say-same"),
            _ => say("say-done"),
        }
    }

    /// What could be said next, each in words that are understood.
    pub(super) fn suggestions(&self) -> Vec<String> {
        let list = if is_something(&self.now) {
            "next"
        } else {
            "askfirst"
        };
        let mut out = Vec::new();
        for line in self.lexicon.lists(list) {
            let (slot, say) = line.split_once(": ").unwrap_or(("", line));
            let is_open = Slot::named(slot).is_none_or(|slot| self.now.slots.get(slot).is_empty());
            if is_open && out.len() < MOST {
                out.push(say.to_owned());
            }
        }
        out
    }
}

/// The phrases of `slot` that stand in `items` and not in `others`, as a sentence names them.
fn new_in(slot: Slot, items: &[String], others: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for item in items {
        if !others.contains(item) {
            out.push(named(slot, item));
        }
    }
    out
}
