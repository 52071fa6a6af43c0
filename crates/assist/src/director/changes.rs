//! What differs between two drafts.

use std::collections::BTreeMap;

use selfsame_prompt::compose::Composition;
use selfsame_prompt::parameters::{AspectRatio, OutputFormat};
use selfsame_prompt::slots::Slot;

/// A difference between two drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// One phrase stands in the place of another.
    Replaced {
        /// The slot.
        slot: Slot,
        /// The phrase that went.
        old: String,
        /// The phrase that came.
        new: String,
    },
    /// A phrase was added to a slot.
    Added(Slot, String),
    /// A phrase was removed from a slot.
    Removed(Slot, String),
    /// The aspect ratio.
    AspectRatio(AspectRatio),
    /// The file format.
    OutputFormat(OutputFormat),
    /// The number of pictures.
    Pictures(u32),
    /// The seed is that of a picture, from 1.
    SeedOf(u32),
    /// The seed is kept.
    SameSeed,
    /// The seed was given up.
    NewSeed,
    /// The person's own words: which came, and which went.
    Text {
        /// New parts, joined by commas.
        added: String,
        /// Parts that are gone, joined by commas.
        removed: String,
    },
    /// An undo was asked for.
    Undone,
}

/// What differs between two compositions. `like` is the picture whose seed is kept now.
pub(super) fn changes(before: &Composition, now: &Composition, like: Option<u32>) -> Vec<Change> {
    let mut changes = Vec::new();
    for slot in Slot::ALL.iter().copied() {
        let (old, new) = (before.slots.get(slot), now.slots.get(slot));
        let added: Vec<&String> = new.iter().filter(|item| !old.contains(item)).collect();
        let removed: Vec<&String> = old.iter().filter(|item| !new.contains(item)).collect();
        if let ([new], [old]) = (added.as_slice(), removed.as_slice()) {
            let (old, new) = ((*old).clone(), (*new).clone());
            changes.push(Change::Replaced { slot, old, new });
        } else {
            let added = added.into_iter().cloned();
            changes.extend(added.map(|phrase| Change::Added(slot, phrase)));
            let removed = removed.into_iter().cloned();
            changes.extend(removed.map(|phrase| Change::Removed(slot, phrase)));
        }
    }
    let (old, new) = (&before.overrides, &now.overrides);
    if new.aspect_ratio != old.aspect_ratio {
        changes.extend(new.aspect_ratio.map(Change::AspectRatio));
    }
    if new.output_format != old.output_format {
        changes.extend(new.output_format.map(Change::OutputFormat));
    }
    if now.pictures != before.pictures {
        changes.push(Change::Pictures(now.pictures));
    }
    if new.seed != old.seed && new.seed.is_some() {
        changes.push(like.map_or(Change::SameSeed, Change::SeedOf));
    }
    if now.text != before.text {
        let added = parts_missing_in(&now.text, &before.text);
        let removed = parts_missing_in(&before.text, &now.text);
        if !(added.is_empty() && removed.is_empty()) {
            changes.push(Change::Text { added, removed });
        }
    }
    changes
}

/// The comma-separated parts of `text` that are not in `other`, joined by commas. Equal parts count as often as they
/// stand.
fn parts_missing_in(text: &str, other: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for part in other.split(", ") {
        *counts.entry(part).or_default() += 1;
    }
    let mut missing = Vec::new();
    for part in text.split(", ") {
        match counts.get_mut(part) {
            Some(count) if *count > 0 => *count -= 1,
            _ if !part.is_empty() => missing.push(part),
            _ => {}
        }
    }
    missing.join(", ")
}
