//! Canonical parameters: the values that a person can set, independent of their names in a model version.
//!
//! A [`Preset`] is a complete starting point; [`Overrides`] are the values a person set explicitly;
//! [`Parameters`] is the two resolved, with every value in its bounds ([`Parameter::domain`]).

mod domain;
mod error;
mod number;
mod overrides;
mod parameter;
mod preset;
mod value;
mod values;

pub use domain::Domain;
pub(crate) use number::{
    Plain, serialize as serialize_number, serialize_option as serialize_optional_number,
};

pub use error::{ParameterError, ParameterErrorCode};
pub use overrides::Overrides;
pub use parameter::Parameter;
pub use preset::{PRESETS, PRESETS_VERSION, Preset, PresetId};
pub use value::InputValue;
pub use value::whole;
pub use values::{AspectRatio, Megapixels, OutputFormat};

use serde::{Deserialize, Serialize};

/// A preset with a person's explicit values. Every value is in its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Parameters {
    /// 0-10.
    #[serde(serialize_with = "number::serialize")]
    pub guidance: f64,
    /// 1-50.
    pub steps: u32,
    /// -1 to 3.
    #[serde(serialize_with = "number::serialize")]
    pub lora_scale: f64,
    /// Width to height.
    pub aspect_ratio: AspectRatio,
    /// Size.
    pub megapixels: Megapixels,
    /// 1-4.
    pub pictures: u32,
    /// 1 to 4294967295; absent until one is drawn.
    pub seed: Option<u32>,
    /// File format.
    pub output_format: OutputFormat,
    /// 0-100.
    pub output_quality: u32,
    /// The provider's fp8 fast path.
    pub go_fast: bool,
}

/// The parameters whose types allow values outside their bounds. The seed is checked separately.
const NUMERIC: [Parameter; 5] = [
    Parameter::Guidance,
    Parameter::Steps,
    Parameter::LoraScale,
    Parameter::Pictures,
    Parameter::OutputQuality,
];

impl Parameters {
    /// Replaces values of `preset` by the explicit ones of `overrides`, for `pictures` pictures.
    ///
    /// The error names the first value that is outside [`Parameter::domain`]: the seed first, then in [`Parameter`]'s
    /// order.
    pub fn resolve(
        preset: PresetId,
        overrides: &Overrides,
        pictures: u32,
    ) -> Result<Self, ParameterError> {
        let preset = preset.get();
        let seed = match overrides.seed {
            None => None,
            Some(0) => return Err(ParameterError::zero_seed()),
            Some(seed) => {
                Some(u32::try_from(seed).map_err(|_| ParameterError::outside(Parameter::Seed))?)
            }
        };
        let parameters = Self {
            guidance: overrides.guidance.unwrap_or(preset.guidance),
            steps: overrides.steps.unwrap_or(preset.steps),
            lora_scale: overrides.lora_scale.unwrap_or(preset.lora_scale),
            aspect_ratio: overrides.aspect_ratio.unwrap_or(preset.aspect_ratio),
            megapixels: overrides.megapixels.unwrap_or(preset.megapixels),
            pictures,
            seed,
            output_format: overrides.output_format.unwrap_or(preset.output_format),
            output_quality: overrides.output_quality.unwrap_or(preset.output_quality),
            go_fast: overrides.go_fast.unwrap_or(preset.go_fast),
        };
        for parameter in NUMERIC {
            let inside = parameters
                .value(parameter)
                .is_some_and(|value| parameter.domain().contains(&value));
            if !inside {
                return Err(ParameterError::outside(parameter));
            }
        }
        Ok(parameters)
    }

    /// The value of `parameter` as a provider would receive it; `None` for a seed that is not drawn yet.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> Option<InputValue> {
        let integer = |number: u32| InputValue::Integer(i64::from(number));
        Some(match parameter {
            Parameter::Guidance => InputValue::number(self.guidance),
            Parameter::Steps => integer(self.steps),
            Parameter::LoraScale => InputValue::number(self.lora_scale),
            Parameter::AspectRatio => InputValue::text(self.aspect_ratio.as_str()),
            Parameter::Megapixels => InputValue::text(self.megapixels.as_str()),
            Parameter::Pictures => integer(self.pictures),
            Parameter::Seed => return self.seed.map(integer),
            Parameter::OutputFormat => InputValue::text(self.output_format.as_str()),
            Parameter::OutputQuality => integer(self.output_quality),
            Parameter::GoFast => InputValue::Bool(self.go_fast),
        })
    }
}

#[cfg(test)]
mod tests;
