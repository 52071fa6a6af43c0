//! The draft while a turn is at work on it: putting phrases into slots, finding them again, changing them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::Context;
use super::lexicon::{Kind, Lexicon};
use super::pieces::{NO_LINE, Piece, pieces};
use super::spelling::same;
use crate::compose::Composition;
use crate::slots::Slot;
use crate::text::split;

/// Most phrases in a slot; more of a kind only blur a picture.
const MAX_PHRASES: usize = 12;

/// One turn's work.
pub(super) struct Desk<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) context: &'a Context,
    pub(super) said: &'a str,
    pub(super) pieces: Vec<Piece>,
    pub(super) now: Composition,
    pub(super) like: Option<u32>,
    pub(super) past: Vec<Composition>,
    /// Phrases of this turn: they do not take each other's place.
    pub(super) fresh: Vec<(Slot, String)>,
    /// Sentences about what could not be done.
    pub(super) notes: Vec<String>,
    pub(super) ready: bool,
    pub(super) undone: bool,
    pub(super) seed_freed: bool,
}

/// A phrase in a slot.
pub(super) struct Found {
    pub(super) slot: Slot,
    pub(super) index: usize,
    /// The words that were looked for name the thing itself, not only how it is.
    pub(super) is_whole: bool,
}

/// How a phrase goes into its slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Instead of what is of its kind.
    Set,
    /// Beside what is there.
    Add,
}

/// A phrase for a slot.
pub(super) struct Phrase {
    pub(super) slot: Slot,
    pub(super) text: String,
    /// The lexicon's line of its head.
    pub(super) line: u8,
    /// All words before its head are adjectives: how many bytes of `text` they and an article are.
    pub(super) adjectives: Option<usize>,
}

impl Desk<'_> {
    /// The phrases of a slot; a camera's are its parts.
    pub(super) fn items(&self, slot: Slot) -> Vec<String> {
        let items = self.now.slots.get(slot);
        match (slot, items) {
            (Slot::Camera, [camera]) => split(camera, ", ").map(str::to_owned).collect(),
            _ => items.to_vec(),
        }
    }

    pub(super) fn set_items(&mut self, slot: Slot, items: Vec<String>) {
        let items = match slot {
            Slot::Camera if !items.is_empty() => Vec::from([items.join(", ")]),
            _ => items,
        };
        self.now.slots.set(slot, items);
    }

    /// Puts a phrase where it belongs. False: there is no room for it.
    pub(super) fn put(&mut self, phrase: Phrase, how: How) -> bool {
        let Phrase {
            slot,
            mut text,
            line,
            adjectives,
        } = phrase;
        let mut items = self.items(slot);
        let is_fresh = |item: &String| {
            self.fresh
                .iter()
                .any(|(of, text)| *of == slot && text == item)
        };
        let again = items
            .iter()
            .position(|item| !is_fresh(item) && same(last_word(item), last_word(&text)));
        if let Some(index) = again
            && !matches!(slot, Slot::Pose | Slot::Shot)
        {
            let item = items.get(index).cloned().unwrap_or_default();
            let head = adjectives.and_then(|length| text.split_at_checked(length));
            text = match head {
                Some((adjectives, head)) if ends_with(&item, head.trim_start()) => {
                    self.described(&item, adjectives)
                }
                _ => self.with_lead(&item, &text),
            };
            if let Some(item) = items.get_mut(index) {
                item.clone_from(&text);
            }
        } else if is_single(slot) {
            // One light, one film: a second in the same message stays in the person's own words.
            if items.iter().any(is_fresh) {
                return items.contains(&text);
            }
            items = Vec::from([text.clone()]);
        } else {
            let is_one = self.lexicon.line(line).is_some_and(|line| line.is_one);
            let rival = |item: &String| {
                how == How::Set && is_one && !is_fresh(item) && self.line_of(item, slot) == line
            };
            let at = items.iter().position(rival);
            items.retain(|item| !rival(item));
            if items.contains(&text) {
                return true;
            }
            if items.len() >= MAX_PHRASES {
                return false;
            }
            items.insert(at.unwrap_or(items.len()).min(items.len()), text.clone());
        }
        self.set_items(slot, items);
        self.fresh.push((slot, text));
        true
    }

    /// The line of what stands in `slot`.
    pub(super) fn line_of(&self, item: &str, slot: Slot) -> u8 {
        let found = pieces(item, self.lexicon);
        let line = found
            .iter()
            .rev()
            .find(|piece| piece.kind == Kind::Head(slot))
            .map(|piece| piece.line);
        line.unwrap_or_else(|| self.line_of_unknown(item, slot))
    }

    /// Unknown places with a capital are cities; the others are of the kind of places without a name.
    pub(super) fn line_of_unknown(&self, text: &str, slot: Slot) -> u8 {
        let sample = match slot {
            Slot::Setting if last_word(text).starts_with(char::is_uppercase) => "paris",
            Slot::Setting => "street",
            Slot::Pose => "standing",
            _ => return NO_LINE,
        };
        self.lexicon.line_of(sample)
    }

    /// Where `words` stand: the latest phrase that has all of them.
    pub(super) fn find(&self, words: &[&str]) -> Option<Found> {
        let last = words.last()?;
        let mut best = None;
        for slot in Slot::ALL {
            for (index, item) in self.items(slot).iter().enumerate().rev() {
                let has = |word: &&str| item.split(' ').any(|other| same(other, word));
                if !words.iter().all(has) {
                    continue;
                }
                let is_whole = same(last_word(item), last)
                    || slot == Slot::Pose
                    || (slot == Slot::Setting
                        && item
                            .split(' ')
                            .next()
                            .is_some_and(|first| same(first, last)))
                    || self
                        .head_word(item, slot)
                        .is_some_and(|head| same(last_word(&head), last));
                let found = Found {
                    slot,
                    index,
                    is_whole,
                };
                if is_whole {
                    return Some(found);
                }
                best = best.or(Some(found));
            }
        }
        best.or_else(|| self.find_alike(words))
    }

    /// What is of the same kind: "the hat" for a beret.
    fn find_alike(&self, words: &[&str]) -> Option<Found> {
        let entry = self.lexicon.find(&words.join(" "))?;
        self.lexicon.line(entry.line).filter(|line| line.is_one)?;
        [Slot::Wardrobe, Slot::Props].into_iter().find_map(|slot| {
            let items = self.items(slot);
            let index = items
                .iter()
                .rposition(|item| self.line_of(item, slot) == entry.line)?;
            Some(Found {
                slot,
                index,
                is_whole: true,
            })
        })
    }

    fn head_word(&self, item: &str, slot: Slot) -> Option<String> {
        pieces(item, self.lexicon)
            .into_iter()
            .find(|piece| piece.kind == Kind::Head(slot))
            .map(|piece| piece.text)
    }

    /// What "it" is: the garment that was named last, else the thing, else the place.
    pub(super) fn it(&self) -> Option<Found> {
        [Slot::Wardrobe, Slot::Props, Slot::Setting]
            .into_iter()
            .find_map(|slot| {
                Some(Found {
                    slot,
                    index: self.items(slot).len().checked_sub(1)?,
                    is_whole: true,
                })
            })
    }

    pub(super) fn item(&self, found: &Found) -> String {
        let mut items = self.items(found.slot);
        if found.index < items.len() {
            items.swap_remove(found.index)
        } else {
            String::new()
        }
    }

    /// Puts `text` in the place of what was found; nothing takes it away.
    pub(super) fn rewrite(&mut self, found: &Found, text: String) {
        let mut items = self.items(found.slot);
        if found.index < items.len() {
            items.remove(found.index);
        }
        if !text.is_empty() {
            items.insert(found.index.min(items.len()), text.clone());
            self.fresh.push((found.slot, text));
        }
        self.set_items(found.slot, items);
    }

    /// `item` with `adjectives` instead of its own of the same kind.
    pub(super) fn described(&self, item: &str, adjectives: &str) -> String {
        let new = pieces(adjectives, self.lexicon);
        let old = pieces(item, self.lexicon);
        let mut before = Vec::new();
        let mut words = Vec::new();
        for piece in &old {
            let is_lead = matches!(
                piece.kind,
                Kind::Prep | Kind::Det | Kind::Holding | Kind::Add | Kind::Head(Slot::Pose)
            ) && words.is_empty();
            let is_replaced =
                piece.kind == Kind::Adj && new.iter().any(|other| other.line == piece.line);
            if is_lead {
                before.push(piece.text.as_str());
            } else if !is_replaced {
                words.push(piece.text.as_str());
            }
        }
        before.extend(
            new.iter()
                .filter(|piece| piece.kind != Kind::Det)
                .map(|piece| piece.text.as_str()),
        );
        before.extend(words);
        before.join(" ")
    }

    /// `text` with the preposition or verb of `item`, when it has none of its own.
    pub(super) fn with_lead(&self, item: &str, text: &str) -> String {
        let opens = |piece: &Piece| matches!(piece.kind, Kind::Prep | Kind::Holding);
        let old = pieces(item, self.lexicon);
        let new = pieces(text, self.lexicon);
        match old.first() {
            Some(lead) if opens(lead) && !new.first().is_some_and(opens) => {
                let mut out = lead.text.clone();
                out.push(' ');
                out.push_str(text);
                out
            }
            _ => text.to_owned(),
        }
    }

    pub(super) fn note(&mut self, name: &str, words: &[&str]) {
        let note = super::reply::fill(self.lexicon, name, words);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// `item` ends with the words `head`, but for case and number.
fn ends_with(item: &str, head: &str) -> bool {
    let mut words = item.rsplit(' ');
    head.rsplit(' ')
        .all(|word| words.next().is_some_and(|other| same(other, word)))
}

pub(super) fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

/// Holds one thing that a new one replaces.
const fn is_single(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::Subject | Slot::Expression | Slot::Lighting | Slot::Film
    )
}
