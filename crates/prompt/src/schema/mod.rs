//! Input schemas of model versions, and the mapping of canonical parameters onto them.
//!
//! An [`InputSchema`] is parsed from a version's OpenAPI description when a model is bound
//! ([`InputSchema::from_openapi`]), and stored with the model; mapping ([`InputSchema::map`]) never guesses.

mod enhancements;
mod error;
mod facts;
mod map;
pub mod names;
mod openapi;
mod report;

pub use enhancements::EnhancementInput;
pub use error::{SchemaError, WeightsError};
pub use report::{EffectStatus, ParameterEffect, ParameterReport};

pub use crate::parameters::InputValue;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::parameters::{Domain, Parameter};
use selfsame_primitives::string_enum;

/// The provider's `input` object, keys sorted.
pub type ProviderInput = BTreeMap<String, InputValue>;

/// How one model version names its inputs. It stays small however large the provider's document is, because it holds
/// only names and words that the product knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Dialect"))]
pub struct InputSchema {
    /// In [`Parameter`]'s order; the seed is always among them.
    inputs: Vec<Input>,
    lora: LoraSource,
    /// The version has a choice of base models; `dev` is sent with every request, so that guidance does what it
    /// says and a stored request names its base.
    names_base: bool,
    /// How the version takes an enhancement beside the person's LoRA; absent if it takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    enhancement: Option<EnhancementInput>,
}

/// An input that takes a canonical parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Input {
    /// Which parameter.
    pub parameter: Parameter,
    /// What this version calls it.
    pub name: String,
    /// The values that both this version and the product accept.
    pub domain: Domain,
    /// The value that the version uses when nothing is sent, if the domain has it.
    pub default: Option<InputValue>,
}

string_enum! {
    /// Where the person's LoRA comes from. A version without any LoRA is refused.
    LoraSource {
        /// The version carries it: it was trained on the person's face. No reference is ever sent.
        Version = "version",
        /// Every request names it in `lora_weights`; without it the version would run the base model.
        Reference = "reference",
    }
}

impl InputSchema {
    /// Puts a schema together from its stored parts. A schema of a provider's document comes from
    /// [`from_openapi`](Self::from_openapi), which checks that the version can be served.
    #[must_use]
    pub const fn from_parts(
        inputs: Vec<Input>,
        lora: LoraSource,
        names_base: bool,
        enhancement: Option<EnhancementInput>,
    ) -> Self {
        Self {
            inputs,
            lora,
            names_base,
            enhancement,
        }
    }

    /// The inputs that take a canonical parameter, in [`Parameter`]'s order.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The input that takes `parameter`, if this version has one.
    #[must_use]
    pub fn input(&self, parameter: Parameter) -> Option<&Input> {
        self.inputs
            .iter()
            .find(|input| input.parameter == parameter)
    }

    /// Where the person's LoRA comes from.
    #[must_use]
    pub const fn lora(&self) -> LoraSource {
        self.lora
    }

    /// Whether every request names the base model.
    #[must_use]
    pub const fn names_base(&self) -> bool {
        self.names_base
    }

    /// How the version takes an enhancement; `None` if it takes none.
    #[must_use]
    pub const fn enhancement(&self) -> Option<&EnhancementInput> {
        self.enhancement.as_ref()
    }

    /// Makes a seed that this version accepts from `random` bits. Never 0, which is not a seed.
    #[must_use]
    pub fn seed_from(&self, random: u32) -> u32 {
        let (min, max) = match self.input(Parameter::Seed).map(|input| &input.domain) {
            Some(Domain::Integer { min, max }) => (*min, *max),
            _ => (1, u32::MAX),
        };
        // The range never holds all 2^32 numbers, because it begins at 1; a stored schema could say otherwise.
        let numbers = max.saturating_sub(min).saturating_add(1);
        min.saturating_add(random % numbers).max(1)
    }
}
