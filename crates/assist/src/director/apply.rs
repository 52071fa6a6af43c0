//! Applies edits to a draft and reports what changed.

use selfsame_prompt::compose::Composition;
use selfsame_prompt::parameters::{Overrides, Parameters, PresetId};
use selfsame_prompt::slots::{Slot, Slots};

use super::changes::{Change, changes};
use super::edit::Edit;
use super::{Context, PictureDraft};
use crate::text::find_words;

/// Most earlier states that are kept.
const MAX_PAST: usize = 20;

/// Most phrases in a slot; more of a kind only blur a picture.
pub(super) const MAX_PHRASES: usize = 12;

/// Most pictures in one request.
const MAX_PICTURES: u32 = 4;

/// What edits made of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The draft behind them.
    pub draft: PictureDraft,
    /// What differs from the draft before, in the order of the slots, then the parameters, then the person's own words.
    pub changes: Vec<Change>,
    /// Edits that had no effect or another one than they ask for, each with its index among the edits.
    pub notes: Vec<(usize, Note)>,
}

/// Something that the reply mentions beside the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A phrase or words that are not there.
    NotFound(String),
    /// There is no room for a phrase in its slot.
    Full(Slot, String),
    /// More than 4 pictures were asked for.
    TooManyPictures,
    /// A parameter is out of range.
    OutOfRange,
    /// No picture of this number is shown.
    NoPicture(u32),
    /// No picture is shown whose seed could be kept.
    NoSeed,
    /// There is no earlier state.
    NothingToUndo,
    /// Everything was emptied.
    StartedOver,
    /// The message is too long to be read.
    TooLong,
    /// A word was read as another one, which is spelled a little differently.
    ReadAs {
        /// As it was written.
        said: String,
        /// As it was read.
        read: String,
    },
    /// A thing should be replaced, and nothing says by what.
    ByWhat(String),
    /// What should be shown, because a model can't be told what not to show.
    ShownInstead(&'static str),
}

/// Applies `edits` in order. Total: an edit that cannot be carried out changes nothing and is noted. All edits of one
/// call are one step for [`Edit::Undo`].
#[must_use]
pub fn apply(draft: &PictureDraft, edits: &[Edit], context: &Context) -> Applied {
    let mut working = Working::new(draft, context);
    for edit in edits {
        working.edit(edit);
    }
    working.finish(&draft.composition)
}

/// A draft while edits are applied to it.
pub(super) struct Working<'a> {
    context: &'a Context,
    draft: PictureDraft,
    notes: Vec<(usize, Note)>,
    /// How many edits were applied.
    count: usize,
    is_undone: bool,
    is_seed_given_up: bool,
}

impl<'a> Working<'a> {
    pub(super) fn new(draft: &PictureDraft, context: &'a Context) -> Self {
        let excess = draft.past.len().saturating_sub(MAX_PAST);
        Self {
            context,
            draft: PictureDraft {
                composition: draft.composition.clone(),
                like: draft.like,
                past: draft.past.iter().skip(excess).cloned().collect(),
            },
            notes: Vec::new(),
            count: 0,
            is_undone: false,
            is_seed_given_up: false,
        }
    }

    pub(super) const fn draft(&self) -> &PictureDraft {
        &self.draft
    }

    pub(super) fn edit(&mut self, edit: &Edit) {
        if let Some(note) = self.carry_out(edit) {
            self.notes.push((self.count, note));
        }
        self.count += 1;
    }

    fn carry_out(&mut self, edit: &Edit) -> Option<Note> {
        let composition = &mut self.draft.composition;
        match edit {
            Edit::Set { slot, phrases } => set(&mut composition.slots, *slot, phrases),
            Edit::Add { slot, phrase } => add(&mut composition.slots, *slot, phrase),
            Edit::Remove { slot, phrase } => replace(&mut composition.slots, *slot, phrase, ""),
            Edit::Replace { slot, old, new } => replace(&mut composition.slots, *slot, old, new),
            Edit::AddText { text } => {
                if !composition.text.is_empty() && !text.is_empty() {
                    composition.text.push_str(", ");
                }
                composition.text.push_str(text);
                None
            }
            Edit::ReplaceText { old, new } => replace_text(&mut composition.text, old, new),
            Edit::RemoveText { text } => remove_text(&mut composition.text, text),
            Edit::Pictures { count } => {
                composition.pictures = (*count).clamp(1, MAX_PICTURES);
                (*count > MAX_PICTURES).then_some(Note::TooManyPictures)
            }
            Edit::Preset { preset } => {
                composition.preset = *preset;
                None
            }
            Edit::Override { overrides } => {
                set_overrides(&mut composition.overrides, overrides, composition.preset)
            }
            Edit::LikePicture { picture } => {
                let Some(seed) = self.context.seed_of(*picture) else {
                    return Some(Note::NoPicture(*picture));
                };
                composition.overrides.seed = Some(seed.into());
                self.draft.like = Some(*picture);
                None
            }
            Edit::KeepSeed {} => {
                let like = self.draft.like.and_then(|like| self.context.seed_of(like));
                let Some(seed) = like.or_else(|| self.context.seed_of(1)) else {
                    return Some(Note::NoSeed);
                };
                composition.overrides.seed = Some(seed.into());
                None
            }
            Edit::NewSeed {} => {
                composition.overrides.seed = None;
                self.draft.like = None;
                self.is_seed_given_up = true;
                None
            }
            Edit::Undo {} => {
                self.is_undone = true;
                self.draft.like = None;
                let Some(before) = self.draft.past.pop() else {
                    return Some(Note::NothingToUndo);
                };
                self.draft.composition = before;
                None
            }
            Edit::StartOver {} => {
                composition.text.clear();
                composition.slots = Slots::default();
                composition.overrides.seed = None;
                self.draft.like = None;
                Some(Note::StartedOver)
            }
        }
    }

    /// Compares with the composition before the edits and remembers it for an undo.
    pub(super) fn finish(mut self, before: &Composition) -> Applied {
        let mut changes = changes(before, &self.draft.composition, self.draft.like);
        if self.is_seed_given_up {
            changes.retain(|change| !matches!(change, Change::SameSeed | Change::SeedOf(_)));
            changes.push(Change::NewSeed);
        }
        if self.is_undone {
            changes.push(Change::Undone);
        }
        let past = &mut self.draft.past;
        if self.draft.composition != *before && !self.is_undone {
            past.push(before.clone());
        }
        if past.len() > MAX_PAST {
            past.remove(0);
        }
        Applied {
            draft: self.draft,
            changes,
            notes: self.notes,
        }
    }
}

/// The phrases of a slot; a camera's are its parts.
pub(super) fn phrases(slots: &Slots, slot: Slot) -> Vec<&str> {
    let items = slots.get(slot).iter().map(String::as_str);
    if slot == Slot::Camera {
        items.flat_map(|item| item.split(", ")).collect()
    } else {
        items.collect()
    }
}

fn set_phrases(slots: &mut Slots, slot: Slot, mut phrases: Vec<String>) {
    if slot == Slot::Camera && !phrases.is_empty() {
        phrases = vec![phrases.join(", ")];
    }
    slots.set(slot, phrases);
}

fn owned(phrases: Vec<&str>) -> Vec<String> {
    phrases.into_iter().map(str::to_owned).collect()
}

fn set(slots: &mut Slots, slot: Slot, phrases: &[String]) -> Option<Note> {
    let given = phrases.iter().filter(|phrase| !phrase.is_empty());
    let mut phrases: Vec<String> = given.cloned().collect();
    let first_beyond = phrases.get(MAX_PHRASES).cloned();
    phrases.truncate(MAX_PHRASES);
    set_phrases(slots, slot, phrases);
    first_beyond.map(|phrase| Note::Full(slot, phrase))
}

fn add(slots: &mut Slots, slot: Slot, phrase: &str) -> Option<Note> {
    let mut items = phrases(slots, slot);
    if phrase.is_empty() || items.contains(&phrase) {
        return None;
    }
    if slot.holds_one() && slot != Slot::Camera {
        items.clear();
    }
    if items.len() >= MAX_PHRASES {
        return Some(Note::Full(slot, phrase.to_owned()));
    }
    items.push(phrase);
    let items = owned(items);
    set_phrases(slots, slot, items);
    None
}

/// Puts `new` in the place of `old`; if `new` is empty, `old` is removed.
fn replace(slots: &mut Slots, slot: Slot, old: &str, new: &str) -> Option<Note> {
    let mut items = phrases(slots, slot);
    let Some(place) = items.iter().rposition(|item| *item == old) else {
        return Some(Note::NotFound(old.to_owned()));
    };
    if new.is_empty() {
        items.remove(place);
    } else if let Some(item) = items.get_mut(place) {
        *item = new;
    }
    let items = owned(items);
    set_phrases(slots, slot, items);
    None
}

fn replace_text(text: &mut String, old: &str, new: &str) -> Option<Note> {
    let Some((before, after)) = split_words(text, old) else {
        return Some(Note::NotFound(old.to_owned()));
    };
    *text = [before, new, after].concat();
    None
}

fn remove_text(text: &mut String, words: &str) -> Option<Note> {
    let Some((before, after)) = split_words(text, words) else {
        return Some(Note::NotFound(words.to_owned()));
    };
    let is_joint = |c| matches!(c, ' ' | ',');
    let before = before.trim_end_matches(is_joint);
    let after = after.trim_start_matches(is_joint);
    let joint = if before.is_empty() || after.is_empty() {
        ""
    } else {
        ", "
    };
    *text = [before, joint, after].concat();
    None
}

/// `text` before and after the whole words `words`, in any case.
pub(super) fn split_words<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str)> {
    let at = find_words(&text.to_ascii_lowercase(), &words.to_ascii_lowercase())?;
    Some((text.get(..at)?, text.get(at + words.len()..)?))
}

fn set_overrides(now: &mut Overrides, new: &Overrides, preset: PresetId) -> Option<Note> {
    if Parameters::resolve(preset, new, 1).is_err() {
        return Some(Note::OutOfRange);
    }
    let old = std::mem::take(now);
    *now = Overrides {
        guidance: new.guidance.or(old.guidance),
        steps: new.steps.or(old.steps),
        lora_scale: new.lora_scale.or(old.lora_scale),
        aspect_ratio: new.aspect_ratio.or(old.aspect_ratio),
        megapixels: new.megapixels.or(old.megapixels),
        seed: new.seed.or(old.seed),
        output_format: new.output_format.or(old.output_format),
        output_quality: new.output_quality.or(old.output_quality),
        go_fast: new.go_fast.or(old.go_fast),
    };
    None
}
