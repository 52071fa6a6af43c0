//! From a model version's OpenAPI description to its dialect, or to the reason why it cannot be served.

use serde::Deserializer;

use super::schema::{Document, Facts, kind};
use super::{Input, InputSchema, LoraSource, SchemaError, names};
use crate::parameters::{Domain, InputValue, Parameter, whole};

impl InputSchema {
    /// Reads a version's `openapi_schema`: the whole document, or its `Input` schema alone when the enums in it
    /// are written out.
    pub fn from_openapi<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, SchemaError> {
        match Document::read(deserializer) {
            Ok(document) => Self::of(&document),
            Err(error) => Err(unreadable(&error.to_string())),
        }
    }

    fn of(document: &Document) -> Result<Self, SchemaError> {
        if !document.is_object() {
            return Err(unreadable("it is no object"));
        }
        match document.get("components") {
            Some(components) if components.is_object() => {
                let siblings = components.get("schemas").ok_or(SchemaError::NoInput)?;
                let input = siblings.get("Input").ok_or(SchemaError::NoInput)?;
                Self::from_input(input, Some(siblings))
            }
            Some(_) => Err(unreadable("its components are no object")),
            None if document.get("properties").is_some() => Self::from_input(document, None),
            None => Err(SchemaError::NoInput),
        }
    }

    fn from_input(schema: &Document, siblings: Option<&Document>) -> Result<Self, SchemaError> {
        let (Some("object"), Some(properties)) = (kind(schema), schema.get("properties")) else {
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
        let filled = |name: &str| {
            name == names::PROMPT
                || (name == names::WEIGHTS && lora == LoraSource::Reference)
                || (name == names::BASE && names_base)
                || inputs.iter().any(|input| input.name == name)
        };
        for name in schema.list("required")? {
            let name = name
                .text()
                .ok_or_else(|| unreadable("it requires an input that has no name"))?;
            if !filled(name) {
                return Err(SchemaError::RequiredInput(beginning(name, 64)));
            }
        }
        Ok(Self {
            inputs,
            lora,
            names_base,
        })
    }
}

fn unreadable(why: &str) -> SchemaError {
    SchemaError::Unreadable(beginning(why, 200))
}

/// The first characters of a text that a provider chose, so that an error stays a sentence.
fn beginning(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The inputs of one version, and the schemas that they refer to.
struct Reader<'a> {
    properties: &'a Document,
    siblings: Option<&'a Document>,
}

impl<'a> Reader<'a> {
    fn facts(&self, name: &'static str) -> Result<Option<Facts<'a>>, SchemaError> {
        let schema = self.properties.get(name);
        schema
            .map(|schema| Facts::of(name, schema, self.siblings))
            .transpose()
    }

    /// An input that must be there and take free text.
    fn text(&self, name: &'static str) -> Result<(), SchemaError> {
        match self.facts(name)? {
            None => Err(SchemaError::MissingInput(name)),
            Some(facts) if facts.kind == Some("string") && facts.options.is_none() => Ok(()),
            Some(_) => Err(SchemaError::WrongType(name)),
        }
    }

    fn lora(&self) -> Result<LoraSource, SchemaError> {
        let own = self.properties.get(names::OWN_WEIGHTS).is_some();
        match (self.properties.get(names::WEIGHTS).is_some(), own) {
            (true, true) => Err(SchemaError::AmbiguousLora),
            (true, false) => self.text(names::WEIGHTS).map(|()| LoraSource::Reference),
            (false, true) => Ok(LoraSource::Version),
            (false, false) => Err(SchemaError::BaseModel),
        }
    }

    /// Whether the version has a choice of base models, with FLUX.1 dev in it. An input of that name that is no
    /// choice is none of ours, and is left alone.
    fn names_base(&self) -> Result<bool, SchemaError> {
        let options = self.facts(names::BASE)?.and_then(|facts| facts.options);
        match options {
            None => Ok(false),
            Some(options) if contains(options, names::BASE_DEV) => Ok(true),
            Some(_) => Err(SchemaError::WrongBase),
        }
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

/// What both the version and the product take.
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
            if !options.items().iter().all(|option| option.text().is_some()) {
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

/// The whole numbers from `lower`, at least the product's own, to `upper`, at most the product's own.
fn integers(lower: f64, upper: f64) -> Option<Domain> {
    if lower > upper {
        return None;
    }
    let lower = whole(lower).or_else(|| whole(lower - lower % 1.0 + 1.0))?;
    let upper = whole(upper).or_else(|| whole(upper - upper % 1.0))?;
    let (min, max) = (u32::try_from(lower).ok()?, u32::try_from(upper).ok()?);
    (min <= max).then_some(Domain::Integer { min, max })
}

fn bound(found: Option<&Document>, absent: f64, name: &'static str) -> Result<f64, SchemaError> {
    match found {
        None => Ok(absent),
        Some(Document::Number(bound)) if !bound.is_nan() => Ok(*bound),
        Some(_) => Err(SchemaError::EmptyRange(name)),
    }
}

fn contains(options: &Document, word: &str) -> bool {
    options
        .items()
        .iter()
        .any(|option| option.text() == Some(word))
}

fn value(json: &Document) -> Option<InputValue> {
    match json {
        Document::Bool(value) => Some(InputValue::Bool(*value)),
        Document::Number(value) => Some(InputValue::number(*value)),
        Document::Text(value) => Some(InputValue::text(value)),
        Document::Absent | Document::List(_) | Document::Object(_) => None,
    }
}
