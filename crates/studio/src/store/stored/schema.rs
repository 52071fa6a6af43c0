//! A model's stored input schema.

use selfsame_prompt::parameters::{Domain, InputValue, Parameter};
use selfsame_prompt::schema::{EnhancementInput, Input, InputSchema, LoraSource};
use serde::{Deserialize, Serialize};

use super::number;

/// How a model's version names its inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredInputSchema {
    inputs: Vec<StoredInput>,
    lora: LoraSource,
    names_base: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enhancement: Option<StoredEnhancementInput>,
}

/// How the version takes an enhancement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredEnhancementInput {
    name: String,
    scale_name: String,
    max_scale: InputValue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredInput {
    /// Text, because a parameter of a newer release must not make the model unreadable after a roll-back.
    parameter: String,
    name: String,
    domain: StoredDomain,
    #[serde(default)]
    default: Option<InputValue>,
}

/// Numbers keep their shortest form: 3, not 3.0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredDomain {
    Number { min: InputValue, max: InputValue },
    Integer { min: u32, max: u32 },
    Choice(Vec<String>),
    Boolean,
}

impl From<&InputSchema> for StoredInputSchema {
    fn from(schema: &InputSchema) -> Self {
        let input = |input: &Input| StoredInput {
            parameter: input.parameter.as_str().to_owned(),
            name: input.name.clone(),
            domain: StoredDomain::from(&input.domain),
            default: input.default.clone(),
        };
        Self {
            inputs: schema.inputs().iter().map(input).collect(),
            lora: schema.lora(),
            names_base: schema.names_base(),
            enhancement: schema.enhancement().map(|slot| StoredEnhancementInput {
                name: slot.name.clone(),
                scale_name: slot.scale_name.clone(),
                max_scale: InputValue::number(slot.max_scale),
            }),
        }
    }
}

impl TryFrom<StoredInputSchema> for InputSchema {
    type Error = &'static str;

    /// Leaves out the inputs of parameters that this release does not know: it sends none of them.
    fn try_from(stored: StoredInputSchema) -> Result<Self, Self::Error> {
        let mut inputs = Vec::with_capacity(stored.inputs.len());
        for input in stored.inputs {
            if let Some(parameter) = Parameter::named(&input.parameter) {
                inputs.push(Input {
                    parameter,
                    name: input.name,
                    domain: input.domain.try_into()?,
                    default: input.default,
                });
            }
        }
        let enhancement = match stored.enhancement {
            None => None,
            Some(slot) => Some(EnhancementInput {
                name: slot.name,
                scale_name: slot.scale_name,
                max_scale: number(&slot.max_scale).ok_or("a bound is not a number")?,
            }),
        };
        Ok(Self::from_parts(
            inputs,
            stored.lora,
            stored.names_base,
            enhancement,
        ))
    }
}

impl From<&Domain> for StoredDomain {
    fn from(domain: &Domain) -> Self {
        match domain {
            Domain::Number { min, max } => Self::Number {
                min: InputValue::number(*min),
                max: InputValue::number(*max),
            },
            Domain::Integer { min, max } => Self::Integer {
                min: *min,
                max: *max,
            },
            Domain::Choice(words) => Self::Choice(words.clone()),
            Domain::Boolean => Self::Boolean,
        }
    }
}

impl TryFrom<StoredDomain> for Domain {
    type Error = &'static str;

    fn try_from(stored: StoredDomain) -> Result<Self, Self::Error> {
        let bound = |value: &InputValue| number(value).ok_or("a bound is not a number");
        Ok(match stored {
            StoredDomain::Number { min, max } => Self::Number {
                min: bound(&min)?,
                max: bound(&max)?,
            },
            StoredDomain::Integer { min, max } => Self::Integer { min, max },
            StoredDomain::Choice(words) => Self::Choice(words),
            StoredDomain::Boolean => Self::Boolean,
        })
    }
}
