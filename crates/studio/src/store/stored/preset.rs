//! The stored settings of a person's own preset.

use selfsame_api::PresetSettings;
use selfsame_prompt::parameters::PresetId;
use selfsame_prompt::placement::{Placement, QualityId};
use serde::{Deserialize, Serialize};

use super::StoredOverrides;

/// What a preset sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredSettings {
    preset: PresetId,
    overrides: StoredOverrides,
    placement: Placement,
    quality: QualityId,
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
        }
    }
}
