//! The TypeScript declaration of [`super::Slots`].

/// What a picture shows and how it is taken. Values are the person's own phrases without punctuation: "a red coat",
/// "in Lisbon", "85mm lens"; articles and prepositions that are missing are put in by the prose.
#[derive(ts_rs::TS)]
#[ts(optional_fields)]
#[expect(dead_code, reason = "only its declaration counts")]
pub struct Slots {
    /// Who it is, beyond the trigger: "confident woman".
    pub(crate) subject: Option<String>,
    /// Garments and what is worn with them: "red trench coat", "sunglasses".
    pub(crate) wardrobe: Option<Vec<String>>,
    /// Poses and actions: "leaning against a wall".
    pub(crate) pose: Option<Vec<String>>,
    /// The look on the face: "a slight smile".
    pub(crate) expression: Option<String>,
    /// Places, from near to far: "in a small café", "in Lisbon".
    pub(crate) setting: Option<Vec<String>>,
    /// Time and weather: "at dusk", "in the rain".
    pub(crate) time: Option<Vec<String>>,
    /// The light: "soft window light".
    pub(crate) lighting: Option<String>,
    /// Composition and crop: "close-up", "low angle".
    pub(crate) shot: Option<Vec<String>>,
    /// The camera and its lens: "Leica, 85mm lens, f/1.4".
    pub(crate) camera: Option<String>,
    /// The film stock or look: "Kodak Portra 400".
    pub(crate) film: Option<String>,
    /// Mood and colour: "moody", "muted colours".
    pub(crate) mood: Option<Vec<String>>,
    /// Things in the picture: "umbrella", "holding a coffee".
    pub(crate) props: Option<Vec<String>>,
}
