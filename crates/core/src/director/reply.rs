//! What Maya answers: which part of the picture changed, in a few short sentences.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::desk::Desk;
use super::lexicon::Lexicon;
use crate::compose::Composition;
use crate::prompt::says_something;
use crate::slots::{Slot, named, prose};
use crate::text::split;

/// Most suggestions.
const MOST: usize = 3;

/// A sentence of the lexicon with `words` in it.
pub(super) fn fill(lexicon: &Lexicon, name: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let sentence = lexicon.lists(name).next().unwrap_or_default();
    let mut out = String::new();
    for piece in split(sentence, "{}") {
        out.push_str(piece);
        out.push_str(words.next().copied().unwrap_or_default());
    }
    out
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
        let mut out: Vec<String> = Vec::new();
        if self.undone && self.notes.is_empty() && kept.is_empty() {
            return fill(self.lexicon, "say-undone", &[]);
        }
        if is_something(before) && !is_something(&self.now) && !self.notes.is_empty() {
            return self.notes.join(" ");
        }
        let mut say = |name: &str, words: &[&str]| out.push(fill(self.lexicon, name, words));
        let (mut added, mut gone) = (Vec::new(), Vec::new());
        for slot in Slot::ALL {
            let (old, new) = (before.slots.get(slot), self.now.slots.get(slot));
            let fresh: Vec<&String> = new.iter().filter(|item| !old.contains(item)).collect();
            let lost: Vec<&String> = old.iter().filter(|item| !new.contains(item)).collect();
            if let ([new], [old]) = (fresh.as_slice(), lost.as_slice()) {
                say("say-swapped", &[&named(slot, new), &named(slot, old)]);
            } else {
                added.extend(fresh.into_iter().map(|item| named(slot, item)));
                gone.extend(lost.into_iter().map(|item| named(slot, item)));
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
        out.extend(self.notes.iter().cloned());
        if !kept.is_empty() {
            out.push(fill(self.lexicon, "say-kept", &[&kept.join("”, “")]));
        }
        if out.is_empty() && !self.ready {
            let name = if is_something(&self.now) {
                "say-same"
            } else {
                "say-hello"
            };
            out.push(fill(self.lexicon, name, &[]));
        }
        out.join(" ")
    }

    /// What could be said next, each in words that are understood.
    pub(super) fn suggestions(&self) -> Vec<String> {
        if !is_something(&self.now) {
            return self
                .lexicon
                .lists("askfirst")
                .take(MOST)
                .map(str::to_owned)
                .collect();
        }
        let is_open = |suggestion: &&str| {
            let slot = suggestion
                .split_once(' ')
                .and_then(|(slot, _)| slot.parse::<usize>().ok());
            slot.and_then(|slot| Slot::ALL.get(slot))
                .is_none_or(|slot| self.now.slots.get(*slot).is_empty())
        };
        self.lexicon
            .lists("next")
            .filter(is_open)
            .filter_map(|suggestion| suggestion.split_once(' '))
            .map(|(_, say)| say.to_owned())
            .take(MOST)
            .collect()
    }
}
