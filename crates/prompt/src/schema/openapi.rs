//! Reads a model version's OpenAPI description into its [`InputSchema`], or says why it cannot be served.
//!
//! The description is untrusted. A keyword of an unexpected type is an error only where its value matters.

use serde_json::Value;

use super::facts::{Facts, keyword, kind, list};
use super::{EnhancementInput, Input, InputSchema, LoraSource, SchemaError, names};
use crate::parameters::{Domain, InputValue, Parameter, whole};

impl InputSchema {
    /// Reads a version's `openapi_schema`: the whole document, or its `Input` schema alone when that needs no
    /// references.
    pub fn from_openapi(document: &Value) -> Result<Self, SchemaError> {
        if !document.is_object() {
            return Err(unreadable("it is not an object"));
        }
        match keyword(document, "components") {
            Some(components) if components.is_object() => {
                let siblings = keyword(components, "schemas").ok_or(SchemaError::NoInput)?;
                let input = keyword(siblings, "Input").ok_or(SchemaError::NoInput)?;
                Self::from_input(input, Some(siblings))
            }
            Some(_) => Err(unreadable("its components are not an object")),
            None if keyword(document, "properties").is_some() => Self::from_input(document, None),
            None => Err(SchemaError::NoInput),
        }
    }

    fn from_input(schema: &Value, siblings: Option<&Value>) -> Result<Self, SchemaError> {
        let (Some("object"), Some(properties)) = (kind(schema), keyword(schema, "properties"))
        else {
            return Err(SchemaError::NotAnObject);
        };
        let reader = Reader {
            properties,
            siblings,
        };
        reader.text(names::PROMPT)?;
        let lora = reader.lora()?;
        let names_base = reader.names_base()?;
        let inputs = reader.inputs()?;
        let enhancement = reader.enhancement()?;
        let filled = |name: &str| {
            name == names::PROMPT
                || (name == names::WEIGHTS && lora == LoraSource::Reference)
                || (name == names::BASE && names_base)
                || inputs.iter().any(|input| input.name == name)
        };
        for name in list(schema, "required")? {
            let name = name
                .as_str()
                .ok_or_else(|| unreadable("it requires an input without a name"))?;
            if !filled(name) {
                return Err(SchemaError::RequiredInput(beginning(name, 64)));
            }
        }
        Ok(Self {
            inputs,
            lora,
            names_base,
            enhancement,
        })
    }
}

fn unreadable(why: &str) -> SchemaError {
    SchemaError::Unreadable(beginning(why, 200))
}

/// The first characters of a provider's text, so that an error stays one sentence.
fn beginning(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The inputs of one version, and the schemas that they refer to.
struct Reader<'a> {
    properties: &'a Value,
    siblings: Option<&'a Value>,
}

impl<'a> Reader<'a> {
    fn facts(&self, name: &'static str) -> Result<Option<Facts<'a>>, SchemaError> {
        keyword(self.properties, name)
            .map(|schema| Facts::of(name, schema, self.siblings))
            .transpose()
    }

    /// Checks that the version has the input and that it takes free text.
    fn text(&self, name: &'static str) -> Result<(), SchemaError> {
        match self.facts(name)? {
            None => Err(SchemaError::MissingInput(name)),
            Some(facts) if facts.kind == Some("string") && facts.options.is_none() => Ok(()),
            Some(_) => Err(SchemaError::WrongType(name)),
        }
    }

    fn lora(&self) -> Result<LoraSource, SchemaError> {
        let has = |name| keyword(self.properties, name).is_some();
        match (has(names::WEIGHTS), has(names::OWN_WEIGHTS)) {
            (true, true) => Err(SchemaError::AmbiguousLora),
            (true, false) => self.text(names::WEIGHTS).map(|()| LoraSource::Reference),
            (false, true) => Ok(LoraSource::Version),
            (false, false) => Err(SchemaError::BaseModel),
        }
    }

    /// Whether the version has a choice of base models that includes FLUX.1 dev. An input of that name without
    /// choices means something else, and is ignored.
    fn names_base(&self) -> Result<bool, SchemaError> {
        let options = self.facts(names::BASE)?.and_then(|facts| facts.options);
        match options {
            None => Ok(false),
            Some(options) if contains(options, names::BASE_DEV) => Ok(true),
            Some(_) => Err(SchemaError::WrongBase),
        }
    }

    /// How the version takes an enhancement. Inputs of another type are not used: the version makes pictures without
    /// them.
    fn enhancement(&self) -> Result<Option<EnhancementInput>, SchemaError> {
        let reference = self.facts(names::EXTRA_LORA)?;
        let scale = self.facts(names::EXTRA_LORA_SCALE)?;
        let (Some(reference), Some(scale)) = (reference, scale) else {
            return Ok(None);
        };
        let is_text = reference.kind == Some("string") && reference.options.is_none();
        let is_number = scale.kind == Some("number") && scale.options.is_none();
        let max = bound(scale.maximum, f64::MAX, names::EXTRA_LORA_SCALE)?;
        let takes_zero = bound(scale.minimum, 0.0, names::EXTRA_LORA_SCALE)? <= 0.0 && max >= 0.0;
        Ok(
            (is_text && is_number && takes_zero).then(|| EnhancementInput {
                name: names::EXTRA_LORA.to_owned(),
                scale_name: names::EXTRA_LORA_SCALE.to_owned(),
                max_scale: max.min(Parameter::LORA_SCALE_MAX),
            }),
        )
    }

    fn inputs(&self) -> Result<Vec<Input>, SchemaError> {
        let mut inputs = Vec::with_capacity(Parameter::ALL.len());
        for parameter in Parameter::ALL.iter().copied() {
            for name in names::of(parameter) {
                let Some(facts) = self.facts(name)? else {
                    continue;
                };
                let domain = domain(parameter, name, &facts)?;
                let default = facts
                    .default
                    .and_then(value)
                    .filter(|default| domain.contains(default));
                inputs.push(Input {
                    parameter,
                    name: name.to_string(),
                    domain,
                    default,
                });
                break;
            }
        }
        if inputs
            .iter()
            .any(|input| input.parameter == Parameter::Seed)
        {
            Ok(inputs)
        } else {
            Err(SchemaError::MissingInput(names::SEED))
        }
    }
}

/// The values that both the version and the product take.
fn domain(
    parameter: Parameter,
    name: &'static str,
    facts: &Facts<'_>,
) -> Result<Domain, SchemaError> {
    let found = match (parameter.domain(), facts.kind, facts.options) {
        (Domain::Number { min, max }, Some("number"), None) => {
            let min = bound(facts.minimum, min, name)?.max(min);
            let max = bound(facts.maximum, max, name)?.min(max);
            (min <= max).then_some(Domain::Number { min, max })
        }
        (Domain::Integer { min, max }, Some("integer" | "number"), None) => {
            let lower = bound(facts.minimum, f64::from(min), name)?.max(f64::from(min));
            let upper = bound(facts.maximum, f64::from(max), name)?.min(f64::from(max));
            integers(lower, upper)
        }
        (Domain::Choice(words), Some("string") | None, Some(options)) => {
            if !options.iter().all(Value::is_string) {
                return Err(SchemaError::WrongType(name));
            }
            let words: Vec<String> = words
                .into_iter()
                .filter(|word| contains(options, word))
                .collect();
            (!words.is_empty()).then_some(Domain::Choice(words))
        }
        (Domain::Boolean, Some("boolean"), None) => Some(Domain::Boolean),
        _ => return Err(SchemaError::WrongType(name)),
    };
    found.ok_or(SchemaError::EmptyRange(name))
}

/// The whole numbers from `lower` to `upper`, which lie within the product's own range.
fn integers(lower: f64, upper: f64) -> Option<Domain> {
    if lower > upper {
        return None;
    }
    let lower = whole(lower).or_else(|| whole(lower - lower % 1.0 + 1.0))?;
    let upper = whole(upper).or_else(|| whole(upper - upper % 1.0))?;
    let (min, max) = (u32::try_from(lower).ok()?, u32::try_from(upper).ok()?);
    (min <= max).then_some(Domain::Integer { min, max })
}

fn bound(found: Option<&Value>, absent: f64, name: &'static str) -> Result<f64, SchemaError> {
    match found {
        None => Ok(absent),
        Some(bound) => bound.as_f64().ok_or(SchemaError::EmptyRange(name)),
    }
}

fn contains(options: &[Value], word: &str) -> bool {
    options.iter().any(|option| option.as_str() == Some(word))
}

fn value(json: &Value) -> Option<InputValue> {
    match json {
        Value::Bool(value) => Some(InputValue::Bool(*value)),
        Value::Number(value) => value.as_f64().map(InputValue::number),
        Value::String(value) => Some(InputValue::text(value)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
