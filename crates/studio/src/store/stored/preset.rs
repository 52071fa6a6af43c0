//! The stored settings of a person's own preset.

use selfsame_api::PresetSettings;
use selfsame_prompt::parameters::PresetId;
use selfsame_prompt::placement::{Placement, QualityId};
use serde::{Deserialize, Serialize};

use super::{StoredChoice, StoredOverrides};

/// What a preset sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredSettings {
    preset: PresetId,
    overrides: StoredOverrides,
    placement: Placement,
    quality: QualityId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enhancements: Vec<StoredChoice>,
}

impl Default for StoredSettings {
    fn default() -> Self {
        Self::from(&PresetSettings::default())
    }
}

impl From<&PresetSettings> for StoredSettings {
    fn from(settings: &PresetSettings) -> Self {
        Self {
            preset: settings.preset,
            overrides: (&settings.overrides).into(),
            placement: settings.placement,
            quality: settings.quality,
            enhancements: settings
                .enhancements
                .iter()
                .map(StoredChoice::from)
                .collect(),
        }
    }
}

impl From<StoredSettings> for PresetSettings {
    fn from(stored: StoredSettings) -> Self {
        Self {
            preset: stored.preset,
            overrides: stored.overrides.into(),
            placement: stored.placement,
            quality: stored.quality,
            enhancements: stored.enhancements.into_iter().map(Into::into).collect(),
        }
    }
}
