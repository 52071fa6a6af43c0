//! Presets: the built-in ones, and those that a person makes.
//!
//! A request names a built-in preset and explicit values. Whoever uses a person's own preset puts its [`PresetSettings`]
//! into the request, so that the request and its recipe say everything, whatever becomes of the preset later.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{OwnPresetId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::EnhancementChoice;
use selfsame_prompt::parameters::{Overrides, Preset, PresetId};
use selfsame_prompt::placement::{Placement, QualityId};

use super::Title;

/// What a person's own preset sets, by the names of a request's fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct PresetSettings {
    /// The built-in preset that the other values come from.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<PresetId>"))]
    pub preset: PresetId,
    /// Explicit values, without a seed.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Overrides>"))]
    pub overrides: Overrides,
    /// Where the trigger is placed.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Placement>"))]
    pub placement: Placement,
    /// The text that is appended.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<QualityId>"))]
    pub quality: QualityId,
    /// Enhancements. One that the catalogue has no more is refused when a request names it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<Vec<EnhancementChoice>>")
    )]
    pub enhancements: Vec<EnhancementChoice>,
}

/// A preset that a person made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnPreset {
    /// Its id.
    pub id: OwnPresetId,
    /// Its name, which no other preset of the person's has.
    pub name: Title,
    /// What it sets.
    pub settings: PresetSettings,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its name or settings last changed.
    pub changed_at: Timestamp,
}

/// `GET /api/presets`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PresetList {
    /// The built-in ones, the default first.
    pub built_in: Vec<Preset>,
    /// The person's own, oldest first.
    pub own: Vec<OwnPreset>,
}

/// Where a preset's settings come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PresetSource {
    /// These.
    Settings(PresetSettings),
    /// The settings of the request that made this picture, without its seed.
    Picture(PictureId),
}

/// `POST /api/presets`: makes a preset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewPreset {
    /// Its name.
    pub name: Title,
    /// Where its settings come from.
    pub from: PresetSource,
}

/// `PATCH /api/presets/{id}`: renames a preset, replaces its settings, or both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct ChangePreset {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Title>,
    /// Where the new settings come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PresetSource>,
}

/// A preset in a [`PresetFile`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NamedSettings {
    /// Its name.
    pub name: Title,
    /// What it sets.
    pub settings: PresetSettings,
}

/// `GET /api/presets/export` and `POST /api/presets/import`: presets without anything of the studio they come from. A
/// name that is taken gets a number when it is imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PresetFile {
    /// In the order in which they are listed.
    pub presets: Vec<NamedSettings>,
}
