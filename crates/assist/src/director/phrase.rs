//! A phrase on its way into a slot: beside the others, in the place of one of its kind, or merged with one of the same
//! name.

use selfsame_prompt::slots::Slot;

use super::apply::MAX_PHRASES;
use super::edit::Edit;
use super::lexicon::{GroupId, Kind, Lexicon, Step};
use super::message::{last_word, push_word};
use super::pieces::{Piece, pieces};
use super::reading::{Named, Outcome};
use super::scene::{Found, Scene};
use super::spelling::same;

/// A phrase for a slot.
pub(super) struct Phrase {
    pub(super) slot: Slot,
    pub(super) text: String,
    /// The lexicon's group of its head.
    pub(super) group: Option<GroupId>,
    /// How many bytes of `text` its article and adjectives take, if nothing else stands before its head.
    pub(super) adjectives: Option<usize>,
}

/// How a phrase goes into its slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// In the place of what is of its kind.
    Set,
    /// Beside what is there.
    Add,
}

/// Puts a phrase into its slot. None: there is no room for it.
pub(super) fn put(phrase: Phrase, how: How, scene: Scene, named: &Named) -> Option<Outcome> {
    let Phrase {
        slot,
        text,
        group,
        adjectives,
    } = phrase;
    let items = scene.phrases(slot);
    let is_rival = |item: &str| {
        how == How::Set
            && scene.lexicon.group(group).is_some_and(|group| group.is_one)
            && scene.group_of(item, slot) == group
    };
    // Poses and crops with the same last word are different ones all the same.
    let has_name = !matches!(slot, Slot::Pose | Slot::Shot);
    let (mut namesake, mut has_named) = (None, false);
    let (mut rivals, mut others) = (Vec::new(), Vec::new());
    for item in items {
        if named.has(slot, item) {
            has_named = true;
        } else if has_name && namesake.is_none() && same(last_word(item), last_word(&text)) {
            namesake = Some(item);
        } else if is_rival(item) {
            rivals.push(item);
            continue;
        }
        others.push(item);
    }
    if let Some(item) = namesake {
        let head = adjectives.and_then(|length| text.split_at_checked(length));
        let merged = match head {
            Some((adjectives, head)) if ends_with(item, head.trim_start()) => {
                described(item, adjectives, scene.lexicon)
            }
            _ => with_lead(item, &text, scene.lexicon),
        };
        return Some(Outcome::replacing(slot, item, merged));
    }
    if slot.holds_one() && slot != Slot::Camera {
        // One light, one film: a second in the same message stays in the person's own words.
        if has_named {
            return others.contains(&text.as_str()).then(Outcome::default);
        }
        let set = Edit::Set {
            slot,
            phrases: vec![text.clone()],
        };
        return Some(Outcome::of([set]).naming(slot, text));
    }
    if others.contains(&text.as_str()) {
        return Some(Outcome::default());
    }
    if others.len() >= MAX_PHRASES {
        return None;
    }
    let mut rivals = rivals.into_iter().map(str::to_owned);
    let mut edits = vec![match rivals.next() {
        Some(old) => Edit::Replace {
            slot,
            old,
            new: text.clone(),
        },
        None => Edit::Add {
            slot,
            phrase: text.clone(),
        },
    }];
    edits.extend(rivals.map(|phrase| Edit::Remove { slot, phrase }));
    Some(Outcome::of(edits).naming(slot, text))
}

/// Puts `text` in the place of what was found; if `text` is empty, removes it.
pub(super) fn rewrite(found: &Found, text: String) -> Outcome {
    let Found { slot, phrase, .. } = found;
    if text.is_empty() {
        let phrase = phrase.clone();
        return Outcome::of([Edit::Remove {
            slot: *slot,
            phrase,
        }]);
    }
    Outcome::replacing(*slot, phrase, text)
}

/// `item` with `adjectives` instead of its own of the same kind.
pub(super) fn described(item: &str, adjectives: &str, lexicon: &Lexicon) -> String {
    let new = pieces(adjectives, lexicon);
    let old = pieces(item, lexicon);
    let (mut lead, mut words) = (String::new(), String::new());
    for piece in &old {
        let is_lead = matches!(
            piece.kind,
            Kind::Preposition | Kind::Article | Kind::Holding | Kind::Add | Kind::Head(Slot::Pose)
        );
        let quality = quality(piece, lexicon);
        let is_replaced = matches!(piece.kind, Kind::Adjective | Kind::Step(_))
            && new
                .iter()
                .any(|other| self::quality(other, lexicon) == quality);
        let written = item.get(piece.at.clone()).unwrap_or_default();
        if is_lead && words.is_empty() {
            push_word(&mut lead, written);
        } else if !is_replaced {
            push_word(&mut words, written);
        }
    }
    for piece in new.iter().filter(|piece| piece.kind != Kind::Article) {
        let written = adjectives.get(piece.at.clone());
        push_word(&mut lead, written.unwrap_or_default());
    }
    push_word(&mut lead, &words);
    lead
}

/// The group of the quality that an adjective describes: "warmer" and "warm" have the same.
fn quality(piece: &Piece, lexicon: &Lexicon) -> Option<GroupId> {
    match piece.kind {
        Kind::Step(Step::Warmer | Step::Cooler) => lexicon.group_of("warm"),
        Kind::Step(Step::Brighter | Step::Darker) => lexicon.group_of("dark"),
        _ => piece.group,
    }
}

/// `text` with the preposition or verb of `item`, if it has none of its own.
pub(super) fn with_lead(item: &str, text: &str, lexicon: &Lexicon) -> String {
    let opens = |piece: &Piece| matches!(piece.kind, Kind::Preposition | Kind::Holding);
    let old = pieces(item, lexicon);
    let new = pieces(text, lexicon);
    match old.first() {
        Some(lead) if opens(lead) && !new.first().is_some_and(opens) => {
            [lead.text.as_str(), " ", text].concat()
        }
        _ => text.to_owned(),
    }
}

/// `item` ends with the words `head`, but for case and number.
fn ends_with(item: &str, head: &str) -> bool {
    let mut words = item.rsplit(' ');
    head.rsplit(' ')
        .all(|word| words.next().is_some_and(|other| same(other, word)))
}
