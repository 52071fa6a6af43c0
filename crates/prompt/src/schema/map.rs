//! Maps canonical parameters onto one version's inputs.

use super::{
    EffectStatus, Input, InputSchema, LoraSource, ParameterEffect, ParameterReport, ProviderInput,
    WeightsError, names, report,
};
use crate::parameters::{
    InputValue, OutputFormat, Overrides, Parameter, ParameterError, Parameters,
};

impl InputSchema {
    /// Returns the provider's `input` for `parameters`, without prompt and weights, and the report.
    ///
    /// Values of the preset are sent even where they are the version's default, so that a stored request says what made
    /// the picture. A preset's value outside the version's range is clamped and reported; an explicit one is an error.
    /// `disable_safety_checker`, `replicate_weights` and access tokens are never sent.
    pub fn map(
        &self,
        parameters: &Parameters,
        explicit: &Overrides,
    ) -> Result<(ProviderInput, ParameterReport), ParameterError> {
        let mut input = ProviderInput::new();
        let mut effects = Vec::with_capacity(Parameter::ALL.len());
        for parameter in Parameter::ALL.iter().copied() {
            let effect = self.effect(parameter, parameters, explicit)?;
            if let (Some(name), Some(value)) = (&effect.name, &effect.value) {
                input.insert(name.clone(), value.clone());
            }
            effects.push(effect);
        }
        if self.names_base {
            input.insert(names::BASE.to_owned(), InputValue::text(names::BASE_DEV));
        }
        Ok((input, effects))
    }

    /// Adds the LoRA reference to `input` if the version needs one. An empty reference counts as missing, because a
    /// provider would run the base model with it.
    pub fn add_weights(
        &self,
        weights: Option<&str>,
        input: &mut ProviderInput,
    ) -> Result<(), WeightsError> {
        self.check_weights(weights)?;
        if let Some(weights) = weights {
            input.insert(names::WEIGHTS.to_owned(), InputValue::text(weights));
        }
        Ok(())
    }

    /// Checks that `weights` matches this version: a reference if it carries no LoRA, none otherwise.
    pub fn check_weights(&self, weights: Option<&str>) -> Result<(), WeightsError> {
        match (self.lora, weights.map(str::trim)) {
            (LoraSource::Reference, None | Some("")) => Err(WeightsError::Missing),
            (LoraSource::Version, Some(_)) => Err(WeightsError::NotTaken),
            (LoraSource::Reference, Some(_)) | (LoraSource::Version, None) => Ok(()),
        }
    }

    fn effect(
        &self,
        parameter: Parameter,
        parameters: &Parameters,
        explicit: &Overrides,
    ) -> Result<ParameterEffect, ParameterError> {
        let explicit = explicit.sets(parameter);
        let Some(value) = parameters.value(parameter) else {
            return Ok(omitted(parameter, report::SEED_NOT_DRAWN.to_owned()));
        };
        let Some(input) = self.input(parameter) else {
            return match report::happens_anyway(parameter, &value) {
                Some(reason) => Ok(omitted(parameter, reason.to_owned())),
                None if explicit => Err(ParameterError::unsupported(parameter)),
                None => Ok(omitted(parameter, report::not_taken(&value))),
            };
        };
        if input.domain.contains(&value) {
            let (status, reason) = if is_idle(parameter, parameters) {
                (EffectStatus::NoEffect, report::PNG_QUALITY.to_owned())
            } else if input.name == parameter.as_str() {
                (EffectStatus::Sent, report::sent(input, parameters))
            } else {
                (EffectStatus::Renamed, report::renamed(input, parameters))
            };
            return Ok(sent(input, status, value, reason));
        }
        let outside = || ParameterError::outside_model(parameter, input.domain.clone());
        if explicit {
            return Err(outside());
        }
        let nearest = input.domain.nearest(&value).ok_or_else(outside)?;
        let reason = report::clamped(&value, &nearest, input);
        Ok(sent(input, EffectStatus::Clamped, nearest, reason))
    }
}

/// Whether the value has no effect in this combination: png has no quality.
fn is_idle(parameter: Parameter, parameters: &Parameters) -> bool {
    parameter == Parameter::OutputQuality && parameters.output_format == OutputFormat::Png
}

fn sent(input: &Input, status: EffectStatus, value: InputValue, reason: String) -> ParameterEffect {
    ParameterEffect {
        parameter: input.parameter,
        status,
        name: Some(input.name.clone()),
        value: Some(value),
        reason,
    }
}

fn omitted(parameter: Parameter, reason: String) -> ParameterEffect {
    ParameterEffect {
        parameter,
        status: EffectStatus::Omitted,
        name: None,
        value: None,
        reason,
    }
}
