//! The builder's vocabulary: a picture in twelve slots, and the prose that they make.
//!
//! The order of the slots is the order of the prose, because the earlier a thing stands in a prompt, the more it
//! counts. There is room for one light, one camera and one film stock: two of a kind pull a picture apart, so the
//! types have no place for a second.

mod article;
mod clause;
mod label;
mod prose;
mod serial;
#[cfg(test)]
mod tests;

pub(crate) use article::named;
pub(crate) use label::label;
pub(crate) use prose::prose;

use alloc::string::String;
use alloc::vec::Vec;

/// What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
/// "in Lisbon", "85mm lens"; articles and prepositions that are missing are put in by the prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Slots {
    /// Who it is, beyond the trigger: "confident woman".
    pub subject: Option<String>,
    /// Garments and what is worn with them: "red trench coat", "sunglasses".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub wardrobe: Vec<String>,
    /// Poses and actions: "leaning against a wall".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub pose: Vec<String>,
    /// The look on the face: "a slight smile".
    pub expression: Option<String>,
    /// Places, from near to far: "in a small café", "in Lisbon".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub setting: Vec<String>,
    /// Time and weather: "at dusk", "in the rain".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub time: Vec<String>,
    /// The light: "soft window light".
    pub lighting: Option<String>,
    /// Composition and crop: "close-up", "low angle".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub shot: Vec<String>,
    /// The camera and its lens: "Leica, 85mm lens, f/1.4".
    pub camera: Option<String>,
    /// The film stock or look: "Kodak Portra 400".
    pub film: Option<String>,
    /// Mood and colour: "moody", "muted colours".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub mood: Vec<String>,
    /// Things in the picture: "umbrella", "holding a coffee".
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub props: Vec<String>,
}

/// A slot's name, in the order of the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Who it is.
    Subject,
    /// Garments.
    Wardrobe,
    /// Poses and actions.
    Pose,
    /// The look on the face.
    Expression,
    /// Places.
    Setting,
    /// Time and weather.
    Time,
    /// The light.
    Lighting,
    /// Composition and crop.
    Shot,
    /// Camera and lens.
    Camera,
    /// Film stock or look.
    Film,
    /// Mood and colour.
    Mood,
    /// Things.
    Props,
}

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
}

impl Slots {
    /// What stands in `slot`: any number of phrases, at most one for the slots that hold one thing.
    #[must_use]
    pub fn get(&self, slot: Slot) -> &[String] {
        match slot {
            Slot::Subject => self.subject.as_slice(),
            Slot::Wardrobe => &self.wardrobe,
            Slot::Pose => &self.pose,
            Slot::Expression => self.expression.as_slice(),
            Slot::Setting => &self.setting,
            Slot::Time => &self.time,
            Slot::Lighting => self.lighting.as_slice(),
            Slot::Shot => &self.shot,
            Slot::Camera => self.camera.as_slice(),
            Slot::Film => self.film.as_slice(),
            Slot::Mood => &self.mood,
            Slot::Props => &self.props,
        }
    }

    /// Puts `phrases` into `slot`, instead of what stood there. A slot that holds one thing keeps the last.
    pub fn set(&mut self, slot: Slot, mut phrases: Vec<String>) {
        match slot {
            Slot::Subject => self.subject = phrases.pop(),
            Slot::Wardrobe => self.wardrobe = phrases,
            Slot::Pose => self.pose = phrases,
            Slot::Expression => self.expression = phrases.pop(),
            Slot::Setting => self.setting = phrases,
            Slot::Time => self.time = phrases,
            Slot::Lighting => self.lighting = phrases.pop(),
            Slot::Shot => self.shot = phrases,
            Slot::Camera => self.camera = phrases.pop(),
            Slot::Film => self.film = phrases.pop(),
            Slot::Mood => self.mood = phrases,
            Slot::Props => self.props = phrases,
        }
    }

    /// Nothing stands in any slot.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Slot::ALL.iter().all(|slot| self.get(*slot).is_empty())
    }
}
