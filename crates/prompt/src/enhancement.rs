//! Enhancement LoRAs: catalogued LoRAs that act beside the person's own, such as one that was trained on natural skin.
//!
//! A request names them by id. What stands behind an id comes from the operator's catalogue, never from a client, so a
//! composition can use only what its [model](crate::model::ModelProfile) offers.

use selfsame_primitives::ids::EnhancementId;
use selfsame_primitives::string_newtype;
use serde::{Deserialize, Serialize};

use crate::model::ModelProfile;
use crate::parameters::{InputValue, Plain, serialize_number, serialize_optional_number};
use crate::schema::EffectStatus;

string_newtype!(
    /// The words that an enhancement was trained on, added to the prompt behind the person's trigger word. One clause of
    /// 3-60 letters, digits, spaces, hyphens and underscores.
    EnhancementPhrase,
    "an enhancement's phrase (3-60 letters, digits, spaces, hyphens or underscores, beginning and ending with a letter or digit)",
    |text| {
        (3..=60).contains(&text.len())
            && !text.contains("  ")
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.ends_with(|c: char| c.is_ascii_alphanumeric())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_'))
    }
);

/// What composing needs to know about an enhancement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Enhancement {
    /// Its id.
    pub id: EnhancementId,
    /// Raised when its reference or its phrase changes. Recipes name it.
    pub version: u32,
    /// Its name in a menu.
    pub title: String,
    /// The LoRA reference, as the provider gets it.
    pub reference: String,
    /// The words that it was trained on; absent if it acts without any.
    pub phrase: Option<EnhancementPhrase>,
    /// The scale if a request names none.
    #[serde(serialize_with = "serialize_number")]
    pub default_scale: f64,
    /// The largest scale. The smallest is 0.
    #[serde(serialize_with = "serialize_number")]
    pub max_scale: f64,
}

/// An enhancement that a request asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct EnhancementChoice {
    /// Which.
    pub id: EnhancementId,
    /// How strongly it acts, from 0 to the enhancement's `max_scale`. Absent: its default.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "serialize_optional_number"
    )]
    pub scale: Option<f64>,
}

/// What is sent of one enhancement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnhancementEffect {
    /// Which.
    pub id: EnhancementId,
    /// The version of its entry in the catalogue.
    pub version: u32,
    /// Its name in a menu.
    pub title: String,
    /// The words that it adds to the prompt.
    pub phrase: Option<EnhancementPhrase>,
    /// [`EffectStatus::Sent`], or [`EffectStatus::Clamped`] for a default scale beyond the version's range.
    pub status: EffectStatus,
    /// The input that takes the LoRA.
    pub name: String,
    /// The LoRA reference as sent.
    pub value: String,
    /// The input that takes its scale.
    pub scale_name: String,
    /// The scale as sent.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub scale: InputValue,
    /// One or two sentences for the person: why.
    pub reason: String,
}

/// The part of the parameter report that is about enhancements, in the order of the request.
pub type EnhancementReport = Vec<EnhancementEffect>;

/// Why a model cannot make a picture with the enhancements that a request names. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EnhancementError {
    /// The catalogue has no such enhancement, or no longer offers it.
    #[error("There is no enhancement called “{0}”. Choose one of those that are offered.")]
    Unknown(EnhancementId),
    /// The request names one twice.
    #[error("“{0}” is named twice. Name each enhancement once.")]
    Twice(String),
    /// The scale is outside the enhancement's range.
    #[error("The scale of “{title}” must be a number from 0 to {max}.", max = Plain(*max))]
    OutOfRange {
        /// Its name in a menu.
        title: String,
        /// The largest scale.
        max: f64,
    },
    /// The model version takes fewer.
    #[error("{}", too_many(*asked, *most))]
    TooMany {
        /// How many the request names.
        asked: usize,
        /// How many the version takes.
        most: usize,
    },
    /// The enhancement is the person's own LoRA, which the provider would load only once.
    #[error("“{0}” is this model's own LoRA, so it cannot be added to it. Leave it out.")]
    OwnLora(String),
}

fn too_many(asked: usize, most: usize) -> String {
    match most {
        0 => "This model takes no enhancement beside your own LoRA. Leave it out, or choose another model.".to_owned(),
        1 => format!("This model takes one enhancement beside your own LoRA, not {asked}. Choose one."),
        most => format!("This model takes {most} enhancements beside your own LoRA, not {asked}."),
    }
}

/// An enhancement of the catalogue with the scale of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chosen<'a> {
    pub(crate) enhancement: &'a Enhancement,
    pub(crate) scale: f64,
    /// Whether the request names the scale.
    pub(crate) explicit: bool,
}

impl Chosen<'_> {
    /// The error for a scale above `max`.
    pub(crate) fn out_of_range(&self, max: f64) -> EnhancementError {
        EnhancementError::OutOfRange {
            title: self.enhancement.title.clone(),
            max,
        }
    }
}

/// The enhancements of `model` that `choices` name, in their order.
pub(crate) fn resolve<'a>(
    choices: &[EnhancementChoice],
    model: &'a ModelProfile,
) -> Result<Vec<Chosen<'a>>, EnhancementError> {
    let most = model.schema.most_enhancements();
    if choices.len() > most {
        let asked = choices.len();
        return Err(EnhancementError::TooMany { asked, most });
    }
    let mut chosen: Vec<Chosen<'a>> = Vec::with_capacity(choices.len());
    for EnhancementChoice { id, scale } in choices {
        let mut offered = model.enhancements.iter();
        let enhancement = offered
            .find(|offered| offered.id == *id)
            .ok_or_else(|| EnhancementError::Unknown(id.clone()))?;
        let title = || enhancement.title.clone();
        if chosen.iter().any(|other| other.enhancement.id == *id) {
            return Err(EnhancementError::Twice(title()));
        }
        if model.weights.as_deref() == Some(enhancement.reference.as_str()) {
            return Err(EnhancementError::OwnLora(title()));
        }
        let one = Chosen {
            enhancement,
            scale: scale.unwrap_or(enhancement.default_scale),
            explicit: scale.is_some(),
        };
        if !(0.0..=enhancement.max_scale).contains(&one.scale) {
            return Err(one.out_of_range(enhancement.max_scale));
        }
        chosen.push(one);
    }
    Ok(chosen)
}
