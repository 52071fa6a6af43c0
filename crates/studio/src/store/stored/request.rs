//! A stored request.

use std::collections::BTreeMap;

use selfsame_api::GenerationRequest;
use selfsame_primitives::ids::{EnhancementId, ModelId};
use selfsame_prompt::enhancement::EnhancementChoice;
use selfsame_prompt::parameters::{
    AspectRatio, InputValue, Megapixels, OutputFormat, Overrides, PresetId,
};
use selfsame_prompt::placement::{Placement, QualityId};
use selfsame_prompt::slots::{Slot, Slots};
use serde::{Deserialize, Deserializer, Serialize};

use super::number;

/// What a person asked for, with the seed that was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredRequest {
    model: ModelId,
    text: String,
    #[serde(
        default,
        skip_serializing_if = "Slots::is_empty",
        deserialize_with = "known_slots"
    )]
    slots: Slots,
    #[serde(default)]
    preset: PresetId,
    #[serde(default)]
    overrides: StoredOverrides,
    #[serde(default = "one")]
    pictures: u32,
    #[serde(default)]
    placement: Placement,
    #[serde(default)]
    quality: QualityId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    enhancements: Vec<StoredChoice>,
}

/// An enhancement that a person asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredChoice {
    id: EnhancementId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scale: Option<InputValue>,
}

/// The values that a person set explicitly. Numbers keep their shortest form: 3, not 3.0.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredOverrides {
    #[serde(skip_serializing_if = "Option::is_none")]
    guidance: Option<InputValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lora_scale: Option<InputValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aspect_ratio: Option<AspectRatio>,
    #[serde(skip_serializing_if = "Option::is_none")]
    megapixels: Option<Megapixels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_format: Option<OutputFormat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_quality: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    go_fast: Option<bool>,
}

const fn one() -> u32 {
    1
}

/// A slot's phrases: a list, or one text for a slot that holds one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Phrases {
    One(String),
    Many(Vec<String>),
}

/// Reads the slots that this release knows.
fn known_slots<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Slots, D::Error> {
    let mut slots = Slots::default();
    for (name, phrases) in BTreeMap::<String, Phrases>::deserialize(deserializer)? {
        if let Some(slot) = Slot::named(&name) {
            let phrases = match phrases {
                Phrases::One(phrase) => vec![phrase],
                Phrases::Many(phrases) => phrases,
            };
            slots.set(slot, phrases);
        }
    }
    Ok(slots)
}

impl From<&GenerationRequest> for StoredRequest {
    fn from(request: &GenerationRequest) -> Self {
        Self {
            model: request.model.clone(),
            text: request.text.clone(),
            slots: request.slots.clone(),
            preset: request.preset,
            overrides: (&request.overrides).into(),
            pictures: request.pictures,
            placement: request.placement,
            quality: request.quality,
            enhancements: request
                .enhancements
                .iter()
                .map(StoredChoice::from)
                .collect(),
        }
    }
}

impl From<StoredRequest> for GenerationRequest {
    fn from(stored: StoredRequest) -> Self {
        Self {
            model: stored.model,
            text: stored.text,
            slots: stored.slots,
            preset: stored.preset,
            overrides: stored.overrides.into(),
            pictures: stored.pictures,
            placement: stored.placement,
            quality: stored.quality,
            enhancements: stored.enhancements.into_iter().map(Into::into).collect(),
            session: None,
        }
    }
}

impl From<&EnhancementChoice> for StoredChoice {
    fn from(choice: &EnhancementChoice) -> Self {
        Self {
            id: choice.id.clone(),
            scale: choice.scale.map(InputValue::number),
        }
    }
}

impl From<StoredChoice> for EnhancementChoice {
    fn from(stored: StoredChoice) -> Self {
        Self {
            id: stored.id,
            scale: stored.scale.as_ref().and_then(number),
        }
    }
}

impl From<&Overrides> for StoredOverrides {
    fn from(overrides: &Overrides) -> Self {
        Self {
            guidance: overrides.guidance.map(InputValue::number),
            steps: overrides.steps,
            lora_scale: overrides.lora_scale.map(InputValue::number),
            aspect_ratio: overrides.aspect_ratio,
            megapixels: overrides.megapixels,
            seed: overrides.seed,
            output_format: overrides.output_format,
            output_quality: overrides.output_quality,
            go_fast: overrides.go_fast,
        }
    }
}

impl From<StoredOverrides> for Overrides {
    fn from(stored: StoredOverrides) -> Self {
        Self {
            guidance: stored.guidance.as_ref().and_then(number),
            steps: stored.steps,
            lora_scale: stored.lora_scale.as_ref().and_then(number),
            aspect_ratio: stored.aspect_ratio,
            megapixels: stored.megapixels,
            seed: stored.seed,
            output_format: stored.output_format,
            output_quality: stored.output_quality,
            go_fast: stored.go_fast,
        }
    }
}
