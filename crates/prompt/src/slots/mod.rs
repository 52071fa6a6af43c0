//! A picture described in twelve slots, and the prose made from them.
//!
//! The order of the slots is the order of the prose, because what comes early in a prompt has more weight. A picture has
//! one light, one camera and one film stock: two of a kind contradict each other, so a second replaces the first.

mod article;
mod clause;
mod label;
mod prose;
#[cfg(test)]
mod tests;

pub use article::named;
pub(crate) use label::label;
pub use prose::{Prose, prose};

use selfsame_primitives::string_enum;
use serde::{Deserialize, Serialize};

/// What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
/// "in Lisbon", "85mm lens". The prose adds missing articles and prepositions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Slots {
    /// Who it is, beyond the trigger: "confident woman".
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// Garments and what is worn with them: "red trench coat", "sunglasses".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    wardrobe: Vec<String>,
    /// Poses and actions: "leaning against a wall".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pose: Vec<String>,
    /// The look on the face: "a slight smile".
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<String>,
    /// Places, from near to far: "in a small café", "in Lisbon".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    setting: Vec<String>,
    /// Time and weather: "at dusk", "in the rain".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    time: Vec<String>,
    /// The light: "soft window light".
    #[serde(skip_serializing_if = "Option::is_none")]
    lighting: Option<String>,
    /// Composition and crop: "close-up", "low angle".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    shot: Vec<String>,
    /// The camera and its lens: "Leica, 85mm lens, f/1.4".
    #[serde(skip_serializing_if = "Option::is_none")]
    camera: Option<String>,
    /// The film stock or look: "Kodak Portra 400".
    #[serde(skip_serializing_if = "Option::is_none")]
    film: Option<String>,
    /// Mood and colour: "moody", "muted colours".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    mood: Vec<String>,
    /// Things in the picture: "umbrella", "holding a coffee".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    props: Vec<String>,
}

string_enum! {
    /// The fields of [`Slots`], in the order of the prose.
    #[derive(PartialOrd, Ord)]
    Slot {
        /// Who it is.
        Subject = "subject",
        /// Garments and what is worn with them.
        Wardrobe = "wardrobe",
        /// Poses and actions.
        Pose = "pose",
        /// The look on the face.
        Expression = "expression",
        /// Places, from near to far.
        Setting = "setting",
        /// Time and weather.
        Time = "time",
        /// The light.
        Lighting = "lighting",
        /// Composition and crop.
        Shot = "shot",
        /// The camera and its lens.
        Camera = "camera",
        /// The film stock or look.
        Film = "film",
        /// Mood and colour.
        Mood = "mood",
        /// Things in the picture.
        Props = "props",
    }
}

impl Slot {
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
        match slot {
            Slot::Subject => self.subject.as_slice(),
            Slot::Wardrobe => self.wardrobe.as_slice(),
            Slot::Pose => self.pose.as_slice(),
            Slot::Expression => self.expression.as_slice(),
            Slot::Setting => self.setting.as_slice(),
            Slot::Time => self.time.as_slice(),
            Slot::Lighting => self.lighting.as_slice(),
            Slot::Shot => self.shot.as_slice(),
            Slot::Camera => self.camera.as_slice(),
            Slot::Film => self.film.as_slice(),
            Slot::Mood => self.mood.as_slice(),
            Slot::Props => self.props.as_slice(),
        }
    }

    /// Replaces the phrases in `slot`. A slot that holds one keeps the last.
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

    /// Whether every slot is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
