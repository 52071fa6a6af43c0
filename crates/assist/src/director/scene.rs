//! The picture as it stands while a message is read, and where in it a thing is that the message names.

use selfsame_prompt::compose::Composition;
use selfsame_prompt::slots::Slot;

use super::apply;
use super::lexicon::{GroupId, Kind, Lexicon};
use super::message::{Message, last_word};
use super::pieces::pieces;
use super::spelling::same;

/// A composition, seen with the words of a language.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) composition: &'a Composition,
    pub(super) lexicon: &'a Lexicon,
}

/// A phrase of the picture that a message speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) slot: Slot,
    pub(super) phrase: String,
    /// The words name the thing itself; otherwise they are only among the words that describe it.
    pub(super) is_whole: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn phrases(self, slot: Slot) -> Vec<&'a str> {
        apply::phrases(&self.composition.slots, slot)
    }

    /// The phrase that pieces `from..to` of a message speak of.
    pub(super) fn target(self, message: &Message, from: usize, to: usize) -> Option<Found> {
        let words = message.content(from..to);
        if words.is_empty() && message.has(Kind::Pronoun, from..to) {
            return self.it();
        }
        self.find(&words)
    }

    /// The phrase that "it" refers to: the last garment, without any the last thing, without any the last place.
    pub(super) fn it(self) -> Option<Found> {
        [Slot::Wardrobe, Slot::Props, Slot::Setting]
            .into_iter()
            .find_map(|slot| {
                let phrase = self.phrases(slot).pop()?.to_owned();
                Some(Found {
                    slot,
                    phrase,
                    is_whole: true,
                })
            })
    }

    /// The latest phrase that has all of `words`; one that they name as a whole comes first.
    pub(super) fn find(self, words: &str) -> Option<Found> {
        let last = last_word(words);
        if last.is_empty() {
            return None;
        }
        let mut best = None;
        for slot in Slot::ALL.iter().copied() {
            for item in self.phrases(slot).into_iter().rev() {
                if !words.split(' ').all(|word| has_word(item, word)) {
                    continue;
                }
                let begins = || same(item.split(' ').next().unwrap_or_default(), last);
                let is_whole = slot == Slot::Pose
                    || same(last_word(item), last)
                    || (slot == Slot::Setting && begins())
                    || self.is_head(item, slot, last);
                let found = || Found {
                    slot,
                    phrase: item.to_owned(),
                    is_whole,
                };
                if is_whole {
                    return Some(found());
                }
                best = best.or_else(|| Some(found()));
            }
        }
        best.or_else(|| self.find_alike(words))
    }

    /// The latest phrase of the same kind: "the hat" finds a beret.
    fn find_alike(self, words: &str) -> Option<Found> {
        let group = self.lexicon.group_of(words);
        self.lexicon.group(group).filter(|group| group.is_one)?;
        [Slot::Wardrobe, Slot::Props].into_iter().find_map(|slot| {
            let mut items = self.phrases(slot).into_iter().rev();
            let item = items.find(|item| self.group_of(item, slot) == group)?;
            Some(Found {
                slot,
                phrase: item.to_owned(),
                is_whole: true,
            })
        })
    }

    /// Whether the first word of `item` that belongs into `slot` is `word`.
    fn is_head(self, item: &str, slot: Slot, word: &str) -> bool {
        let read = pieces(item, self.lexicon);
        let head = read.iter().find(|piece| piece.kind == Kind::Head(slot));
        head.is_some_and(|piece| same(last_word(&piece.text), word))
    }

    /// The lexicon's group of a phrase that stands in `slot`.
    pub(super) fn group_of(self, item: &str, slot: Slot) -> Option<GroupId> {
        let read = pieces(item, self.lexicon);
        let mut heads = read.iter().rev();
        let head = heads.find(|piece| piece.kind == Kind::Head(slot));
        head.map_or_else(|| self.group_of_unknown(item, slot), |piece| piece.group)
    }

    /// The group that stands in for that of words the lexicon does not know. Places with a capital are like cities, the
    /// others like places without a name.
    pub(super) fn group_of_unknown(self, text: &str, slot: Slot) -> Option<GroupId> {
        let is_name = |c: char| c.is_ascii_uppercase() || !c.is_ascii();
        let sample = match slot {
            Slot::Setting if last_word(text).starts_with(is_name) => "paris",
            Slot::Setting => "street",
            Slot::Pose => "standing",
            _ => return None,
        };
        self.lexicon.group_of(sample)
    }
}

/// One of the words of `item` is `word`, but for case and number.
pub(super) fn has_word(item: &str, word: &str) -> bool {
    item.split(' ').any(|other| same(other, word))
}
