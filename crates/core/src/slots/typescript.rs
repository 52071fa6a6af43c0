//! [`super::Slots`] as TypeScript sees them, one field a slot.

use alloc::string::String;
use alloc::vec::Vec;

/// What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
/// "in Lisbon", "85mm lens"; articles and prepositions that are missing are put in by the prose.
#[derive(ts_rs::TS)]
#[ts(optional_fields)]
#[expect(dead_code, reason = "only its declaration counts")]
pub(crate) struct Slots {
    /// Who it is, beyond the trigger: "confident woman".
    pub(crate) subject: Option<String>,
    /// Garments and what is worn with them: "red trench coat", "sunglasses".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) wardrobe: Vec<String>,
    /// Poses and actions: "leaning against a wall".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) pose: Vec<String>,
    /// The look on the face: "a slight smile".
    pub(crate) expression: Option<String>,
    /// Places, from near to far: "in a small café", "in Lisbon".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) setting: Vec<String>,
    /// Time and weather: "at dusk", "in the rain".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) time: Vec<String>,
    /// The light: "soft window light".
    pub(crate) lighting: Option<String>,
    /// Composition and crop: "close-up", "low angle".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) shot: Vec<String>,
    /// The camera and its lens: "Leica, 85mm lens, f/1.4".
    pub(crate) camera: Option<String>,
    /// The film stock or look: "Kodak Portra 400".
    pub(crate) film: Option<String>,
    /// Mood and colour: "moody", "muted colours".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) mood: Vec<String>,
    /// Things in the picture: "umbrella", "holding a coffee".
    #[ts(optional, as = "Option<Vec<String>>")]
    pub(crate) props: Vec<String>,
}
