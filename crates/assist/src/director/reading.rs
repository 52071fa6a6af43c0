//! A message while it is read: the edits so far, and the draft as they leave it.
//!
//! Rules look at the message and at the scene, and hand in what they make of a part of it. Each edit is applied at
//! once, because what the next words mean depends on it: "a red coat, and make it long".

use selfsame_prompt::slots::Slot;

use super::apply::{Note, Working};
use super::edit::Edit;
use super::message::Message;
use super::phrase::{How, Phrase, put};
use super::reply::is_something;
use super::scene::Scene;
use super::{Context, PictureDraft};

/// What a rule makes of a part of a message.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) edits: Vec<Edit>,
    /// The phrase of the picture that the words name.
    pub(super) named: Option<(Slot, String)>,
    pub(super) note: Option<Note>,
}

impl Outcome {
    pub(super) fn of(edits: impl Into<Vec<Edit>>) -> Self {
        Self {
            edits: edits.into(),
            ..Self::default()
        }
    }

    pub(super) fn noting(note: Note) -> Self {
        Self {
            note: Some(note),
            ..Self::default()
        }
    }

    /// `new` stands in the place of `old`, and the message names it.
    pub(super) fn replacing(slot: Slot, old: &str, new: String) -> Self {
        let edit = Edit::Replace {
            slot,
            old: old.to_owned(),
            new: new.clone(),
        };
        Self::of([edit]).naming(slot, new)
    }

    pub(super) fn naming(self, slot: Slot, phrase: String) -> Self {
        Self {
            named: Some((slot, phrase)),
            ..self
        }
    }
}

/// The phrases that a message named, in order. They do not take each other's place.
#[derive(Debug, Default)]
pub(super) struct Named(Vec<(Slot, String)>);

impl Named {
    pub(super) fn has(&self, slot: Slot, phrase: &str) -> bool {
        let mut all = self.0.iter();
        all.any(|(of, text)| *of == slot && text == phrase)
    }

    pub(super) fn has_any(&self, slot: Slot) -> bool {
        self.0.iter().any(|(of, _)| *of == slot)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn last_slot(&self) -> Option<Slot> {
        self.0.last().map(|(slot, _)| *slot)
    }
}

/// Whether a piece of a message stays in the person's own words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kept {
    /// It became something else.
    #[default]
    No,
    /// It stays and is understood.
    Own,
    /// It stays because its meaning is unknown.
    Unknown,
}

/// A message while it is read.
pub(super) struct Reading<'a> {
    pub(super) message: &'a Message<'a>,
    pub(super) context: &'a Context,
    /// Nothing was in the picture before this message.
    pub(super) is_first: bool,
    /// Pictures are asked for now.
    pub(super) ready: bool,
    pub(super) named: Named,
    pub(super) edits: Vec<Edit>,
    /// What the reply mentions, each with the number of edits before it.
    pub(super) notes: Vec<(usize, Note)>,
    working: Working<'a>,
    kept: Vec<Kept>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        message: &'a Message<'a>,
        draft: &PictureDraft,
        context: &'a Context,
    ) -> Self {
        Self {
            message,
            context,
            is_first: !is_something(&draft.composition),
            ready: false,
            named: Named::default(),
            edits: Vec::new(),
            notes: Vec::new(),
            working: Working::new(draft, context),
            kept: vec![Kept::No; message.len()],
        }
    }

    /// The draft as the edits so far leave it.
    pub(super) const fn draft(&self) -> &PictureDraft {
        self.working.draft()
    }

    pub(super) const fn scene(&self) -> Scene<'_> {
        Scene {
            composition: &self.draft().composition,
            lexicon: self.message.lexicon,
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        self.working.edit(&edit);
        self.edits.push(edit);
    }

    pub(super) fn take(&mut self, outcome: Outcome) {
        for edit in outcome.edits {
            self.edit(edit);
        }
        self.named.0.extend(outcome.named);
        if let Some(note) = outcome.note {
            self.note(note);
        }
    }

    /// Puts a phrase into its slot. False: there is no room for it.
    pub(super) fn put(&mut self, phrase: Phrase, how: How) -> bool {
        let outcome = put(phrase, how, self.scene(), &self.named);
        outcome.map(|outcome| self.take(outcome)).is_some()
    }

    pub(super) fn note(&mut self, note: Note) {
        self.notes.push((self.edits.len(), note));
    }

    /// Leaves pieces in the person's own words.
    pub(super) fn keep(&mut self, from: usize, to: usize, kept: Kept) {
        self.kept.get_mut(from..to).unwrap_or_default().fill(kept);
    }

    pub(super) fn kept(&self, at: usize) -> Kept {
        self.kept.get(at).copied().unwrap_or_default()
    }
}
