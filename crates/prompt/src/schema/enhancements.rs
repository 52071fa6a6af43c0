//! Maps the enhancements of a request onto one version's inputs.

use serde::{Deserialize, Serialize};

use super::{EffectStatus, InputSchema, InputValue, ProviderInput};
use crate::enhancement::{Chosen, EnhancementEffect, EnhancementError, EnhancementReport};
use crate::parameters::{Parameters, serialize_number};

/// How a version takes one LoRA beside the person's own: its reference and its scale are inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnhancementInput {
    /// The input that takes the LoRA reference.
    pub name: String,
    /// The input that takes the scale.
    pub scale_name: String,
    /// The largest scale that both this version and the product accept. The smallest is 0.
    #[serde(serialize_with = "serialize_number")]
    pub max_scale: f64,
}

impl InputSchema {
    /// Most enhancements that a request with this version can name. The person's own LoRA is not counted.
    #[must_use]
    pub fn most_enhancements(&self) -> usize {
        usize::from(self.enhancement.is_some())
    }

    /// Adds the chosen enhancements to `input`, and reports what is sent of each. A default scale beyond the version's
    /// range is clamped and reported; an explicit one is an error.
    ///
    /// The input must have the person's own LoRA already: a provider that gets only an enhancement would run it in the
    /// place of theirs.
    pub(crate) fn add_enhancements(
        &self,
        chosen: &[Chosen<'_>],
        parameters: &Parameters,
        input: &mut ProviderInput,
    ) -> Result<EnhancementReport, EnhancementError> {
        let mut report = Vec::with_capacity(chosen.len());
        for (one, slot) in chosen.iter().zip(&self.enhancement) {
            let scale = one.scale.min(slot.max_scale);
            let clamped = scale < one.scale;
            if clamped && one.explicit {
                return Err(one.out_of_range(slot.max_scale));
            }
            let reference = &one.enhancement.reference;
            let value = InputValue::number(scale);
            input.insert(slot.name.clone(), InputValue::text(reference));
            input.insert(slot.scale_name.clone(), value.clone());
            report.push(EnhancementEffect {
                id: one.enhancement.id.clone(),
                version: one.enhancement.version,
                title: one.enhancement.title.clone(),
                phrase: one.enhancement.phrase.clone(),
                status: if clamped {
                    EffectStatus::Clamped
                } else {
                    EffectStatus::Sent
                },
                name: slot.name.clone(),
                value: reference.clone(),
                scale_name: slot.scale_name.clone(),
                reason: reason(one, &value, clamped, parameters),
                scale: value,
            });
        }
        Ok(report)
    }
}

fn reason(one: &Chosen<'_>, sent: &InputValue, clamped: bool, parameters: &Parameters) -> String {
    if clamped {
        return format!("This model takes no larger scale, so {sent} is sent.");
    }
    if one.scale == 0.0 {
        return "At 0 it is switched off; only its words are in the prompt.".to_owned();
    }
    if parameters.go_fast {
        return "The fast path strengthens your own LoRA and not this one, so it acts less beside it.".to_owned();
    }
    "Acts beside your own LoRA. The higher its scale, the less room there is for your likeness."
        .to_owned()
}
