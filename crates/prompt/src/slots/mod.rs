//! A picture described in twelve slots, and the prose made from them.
//!
//! The order of the slots is the order of the prose, because what comes early in a prompt has more weight. A picture has
//! one light, one camera and one film stock: two of a kind contradict each other, so a second replaces the first.

mod article;
mod clause;
mod label;
mod prose;
mod serial;
#[cfg(test)]
mod tests;
#[cfg(feature = "typescript")]
pub mod typescript;

pub use article::named;
pub(crate) use label::label;
pub use prose::{Prose, prose};

/// What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
/// "in Lisbon", "85mm lens"; articles and prepositions that are missing are put in by the prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slots([Vec<String>; Slot::ALL.len()]);

/// A slot's name, in the order of the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Who it is, beyond the trigger: "confident woman".
    Subject,
    /// Garments and what is worn with them: "red trench coat", "sunglasses".
    Wardrobe,
    /// Poses and actions: "leaning against a wall".
    Pose,
    /// The look on the face: "a slight smile".
    Expression,
    /// Places, from near to far: "in a small café", "in Lisbon".
    Setting,
    /// Time and weather: "at dusk", "in the rain".
    Time,
    /// The light: "soft window light".
    Lighting,
    /// Composition and crop: "close-up", "low angle".
    Shot,
    /// The camera and its lens: "Leica, 85mm lens, f/1.4".
    Camera,
    /// The film stock or look: "Kodak Portra 400".
    Film,
    /// Mood and colour: "moody", "muted colours".
    Mood,
    /// Things in the picture: "umbrella", "holding a coffee".
    Props,
}

/// The slots' names in JSON and in data files, in order.
const NAMES: [&str; Slot::ALL.len()] = [
    "subject",
    "wardrobe",
    "pose",
    "expression",
    "setting",
    "time",
    "lighting",
    "shot",
    "camera",
    "film",
    "mood",
    "props",
];

impl Slot {
    /// Every slot, in the order of the prose.
    pub const ALL: [Self; 12] = [
        Self::Subject,
        Self::Wardrobe,
        Self::Pose,
        Self::Expression,
        Self::Setting,
        Self::Time,
        Self::Lighting,
        Self::Shot,
        Self::Camera,
        Self::Film,
        Self::Mood,
        Self::Props,
    ];

    /// Its name in JSON and in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The slot with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }

    /// Whether it holds at most one phrase.
    #[must_use]
    pub const fn holds_one(self) -> bool {
        matches!(
            self,
            Self::Subject | Self::Expression | Self::Lighting | Self::Camera | Self::Film
        )
    }
}

impl Slots {
    /// The phrases in `slot`; at most one for a slot that holds one.
    #[must_use]
    pub const fn get(&self, slot: Slot) -> &[String] {
        self.0[slot as usize].as_slice()
    }

    /// Replaces the phrases in `slot`. A slot that holds one keeps the last.
    pub fn set(&mut self, slot: Slot, mut phrases: Vec<String>) {
        if slot.holds_one() {
            phrases.reverse();
            phrases.truncate(1);
        }
        self.0[slot as usize] = phrases;
    }

    /// Whether every slot is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}
