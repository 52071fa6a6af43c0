//! The draft while a turn is at work on it: putting phrases into slots, finding them again, changing them.

use super::Context;
use super::lexicon::{Kind, Lexicon};
use super::pieces::{NO_LINE, Piece, pieces};
use super::spelling::same;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::slots::Slot;

/// Most phrases in a slot; more of a kind only blur a picture.
const MAX_PHRASES: usize = 12;

/// One turn's work.
pub(super) struct Desk<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) context: &'a Context,
    pub(super) said: &'a str,
    pub(super) pieces: Vec<Piece>,
    pub(super) before: &'a Composition,
    pub(super) now: Composition,
    pub(super) like: Option<u32>,
    pub(super) past: Vec<Composition>,
    /// Phrases of this turn: they do not take each other's place.
    pub(super) fresh: Vec<(Slot, String)>,
    /// Sentences about what could not be done.
    pub(super) notes: String,
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
        let mut items = Vec::new();
        for item in self.now.slots.get(slot) {
            if slot == Slot::Camera {
                items.extend(item.split(", ").map(str::to_owned));
            } else {
                items.push(item.clone());
            }
        }
        items
    }

    pub(super) fn set_items(&mut self, slot: Slot, mut items: Vec<String>) {
        if slot == Slot::Camera && !items.is_empty() {
            items = Vec::from([items.join(", ")]);
        }
        self.now.slots.set(slot, items);
    }

    /// There was nothing before: what is not wanted is said, not taken away.
    pub(super) fn is_first(&self) -> bool {
        !super::reply::is_something(self.before)
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
        let mut again = None;
        let (mut has_fresh, mut rival) = (false, None);
        let mut others = Vec::new();
        // Poses and crops with the same last word are still others.
        let is_named = !matches!(slot, Slot::Pose | Slot::Shot);
        let is_one = how == How::Set && self.lexicon.line(line).is_some_and(|line| line.is_one);
        for (index, item) in items.iter().enumerate() {
            if self.is_fresh(slot, item) {
                has_fresh = true;
            } else if is_named && again.is_none() && same(last_word(item), last_word(&text)) {
                again = Some(index);
            } else if is_one && self.line_of(item, slot) == line {
                rival = rival.or(Some(others.len()));
                continue;
            }
            others.push(item.clone());
        }
        if let Some(item) = again.and_then(|index| items.get_mut(index)) {
            let head = adjectives.and_then(|length| text.split_at_checked(length));
            text = match head {
                Some((adjectives, head)) if ends_with(item, head.trim_start()) => {
                    self.described(item, adjectives)
                }
                _ => self.with_lead(item, &text),
            };
            item.clone_from(&text);
        } else if slot.holds_one() && slot != Slot::Camera {
            // One light, one film: a second in the same message stays in the person's own words.
            if has_fresh {
                return items.contains(&text);
            }
            items = Vec::from([text.clone()]);
        } else {
            items = others;
            if items.contains(&text) {
                return true;
            }
            if items.len() >= MAX_PHRASES {
                return false;
            }
            items.insert(rival.unwrap_or(items.len()), text.clone());
        }
        self.set_items(slot, items);
        self.fresh.push((slot, text));
        true
    }

    /// It was put there in this turn.
    pub(super) fn is_fresh(&self, slot: Slot, item: &str) -> bool {
        let mut fresh = self.fresh.iter();
        fresh.any(|(of, text)| *of == slot && text == item)
    }

    /// The line of what stands in `slot`.
    pub(super) fn line_of(&self, item: &str, slot: Slot) -> u8 {
        for piece in pieces(item, self.lexicon).iter().rev() {
            if piece.kind == Kind::Head(slot) {
                return piece.line;
            }
        }
        self.line_of_unknown(item, slot)
    }

    /// Unknown places with a capital are cities; the others are of the kind of places without a name.
    pub(super) fn line_of_unknown(&self, text: &str, slot: Slot) -> u8 {
        let sample = match slot {
            Slot::Setting
                if last_word(text)
                    .starts_with(|c: char| c.is_ascii_uppercase() || !c.is_ascii()) =>
            {
                "paris"
            }
            Slot::Setting => "street",
            Slot::Pose => "standing",
            _ => return NO_LINE,
        };
        self.lexicon.line_of(sample)
    }

    /// Where `words` stand: the latest phrase that has all of them.
    pub(super) fn find(&self, words: &str) -> Option<Found> {
        let last = last_word(words);
        if last.is_empty() {
            return None;
        }
        let mut best = None;
        for slot in Slot::ALL {
            for (index, item) in self.items(slot).iter().enumerate().rev() {
                if !words.split(' ').all(|word| has_word(item, word)) {
                    continue;
                }
                let begins = || same(item.split(' ').next().unwrap_or_default(), last);
                let is_whole = slot == Slot::Pose
                    || same(last_word(item), last)
                    || (slot == Slot::Setting && begins())
                    || self.is_head(item, slot, last);
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
    fn find_alike(&self, words: &str) -> Option<Found> {
        let line = self.lexicon.line_of(words);
        self.lexicon.line(line).filter(|line| line.is_one)?;
        for slot in [Slot::Wardrobe, Slot::Props] {
            for (index, item) in self.items(slot).iter().enumerate().rev() {
                if self.line_of(item, slot) == line {
                    return Some(Found {
                        slot,
                        index,
                        is_whole: true,
                    });
                }
            }
        }
        None
    }

    /// Whether the first thing in `item` that belongs into `slot` is called `word`.
    fn is_head(&self, item: &str, slot: Slot, word: &str) -> bool {
        for piece in pieces(item, self.lexicon) {
            if piece.kind == Kind::Head(slot) {
                return same(last_word(&piece.text), word);
            }
        }
        false
    }

    /// What "it" is: the garment that was named last, else the thing, else the place.
    pub(super) fn it(&self) -> Option<Found> {
        for slot in [Slot::Wardrobe, Slot::Props, Slot::Setting] {
            if let Some(index) = self.items(slot).len().checked_sub(1) {
                return Some(Found {
                    slot,
                    index,
                    is_whole: true,
                });
            }
        }
        None
    }

    pub(super) fn item(&self, found: &Found) -> String {
        let items = self.items(found.slot);
        items.get(found.index).cloned().unwrap_or_default()
    }

    /// Puts `text` in the place of what was found; nothing takes it away.
    pub(super) fn rewrite(&mut self, found: &Found, text: String) {
        let mut items = self.items(found.slot);
        let is_gone = text.is_empty();
        if is_gone && found.index < items.len() {
            items.remove(found.index);
        } else if let Some(item) = items.get_mut(found.index) {
            item.clone_from(&text);
        }
        if !is_gone {
            self.fresh.push((found.slot, text));
        }
        self.set_items(found.slot, items);
    }

    /// `item` with `adjectives` instead of its own of the same kind.
    pub(super) fn described(&self, item: &str, adjectives: &str) -> String {
        let new = pieces(adjectives, self.lexicon);
        let old = pieces(item, self.lexicon);
        let (mut before, mut words) = (String::new(), String::new());
        // As it is written: the text of a step is no word.
        let written = |text: &str, piece: &Piece| {
            let word = text.get(piece.at.clone());
            word.unwrap_or_default().to_owned()
        };
        for piece in &old {
            let is_lead = matches!(
                piece.kind,
                Kind::Prep | Kind::Det | Kind::Holding | Kind::Add | Kind::Head(Slot::Pose)
            );
            let line = self.manner(piece);
            let is_replaced = matches!(piece.kind, Kind::Adj | Kind::Step)
                && new.iter().any(|other| self.manner(other) == line);
            if is_lead && words.is_empty() {
                push_word(&mut before, &written(item, piece));
            } else if !is_replaced {
                push_word(&mut words, &written(item, piece));
            }
        }
        for piece in &new {
            if piece.kind != Kind::Det {
                push_word(&mut before, &written(adjectives, piece));
            }
        }
        push_word(&mut before, &words);
        before
    }

    /// The line of what an adjective says: "warmer" and "warm" are of one.
    fn manner(&self, piece: &Piece) -> u8 {
        match piece.text.as_bytes() {
            [b'1', _] if piece.kind == Kind::Step => self.lexicon.line_of("warm"),
            [b'2', _] if piece.kind == Kind::Step => self.lexicon.line_of("dark"),
            _ => piece.line,
        }
    }

    /// `text` with the preposition or verb of `item`, when it has none of its own.
    pub(super) fn with_lead(&self, item: &str, text: &str) -> String {
        let opens = |piece: &Piece| matches!(piece.kind, Kind::Prep | Kind::Holding);
        let old = pieces(item, self.lexicon);
        let new = pieces(text, self.lexicon);
        match old.first() {
            Some(lead) if opens(lead) && !new.first().is_some_and(opens) => {
                [lead.text.as_str(), " ", text].concat()
            }
            _ => text.to_owned(),
        }
    }

    pub(super) fn note(&mut self, name: &str, words: &[&str]) {
        let note = super::reply::fill(self.lexicon, name, words);
        if !self.notes.contains(&note) {
            push_word(&mut self.notes, &note);
        }
    }
}

/// `item` ends with the words `head`, but for case and number.
fn ends_with(item: &str, head: &str) -> bool {
    let mut words = item.rsplit(' ');
    head.rsplit(' ')
        .all(|word| words.next().is_some_and(|other| same(other, word)))
}

/// Appends `word`, or several, after a space where something stands already.
pub(super) fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() && !word.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// One of the words of `item` is `word`, but for case and number.
pub(super) fn has_word(item: &str, word: &str) -> bool {
    item.split(' ').any(|other| same(other, word))
}

pub(super) fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}
