//! Checks one input, and describes violations like gojsonschema, the validator that the real service seems to use.
//!
//! The descriptions of `required`, `enum` and `number_lte` are quoted in public issues; those of `number_gte`,
//! `invalid_type` and `format` follow the library.

use std::fmt::Display;

use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;

use super::field::{Field, JsonType, TextKind};

/// One entry of `invalid_fields`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Violation {
    /// The validator's name of the violated rule.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// The dotted path; empty for the body itself.
    pub(crate) field: String,
    /// A description in English.
    pub(crate) description: String,
}

impl Violation {
    /// A violation of rule `kind` at `field`.
    pub(crate) fn new(kind: &'static str, field: &str, description: impl Display) -> Self {
        Self {
            kind,
            field: field.to_owned(),
            description: description.to_string(),
        }
    }

    /// `name` is missing from `parent`.
    pub(crate) fn required(parent: &str, name: &str) -> Self {
        Self::new("required", parent, format_args!("{name} is required"))
    }

    /// The value at `field` has the wrong type.
    pub(crate) fn invalid_type(field: &str, expected: &str, given: &Value) -> Self {
        let given = type_name(given);
        Self::new(
            "invalid_type",
            field,
            format_args!("Invalid type. Expected: {expected}, given: {given}"),
        )
    }
}

/// The first violation of this field's rules in `input`.
pub(crate) fn violation(field: &Field, input: &Map<String, Value>) -> Option<Violation> {
    let path = format!("input.{}", field.name);
    let Some(value) = input.get(&field.name) else {
        return field
            .required
            .then(|| Violation::required("input", &field.name));
    };
    if value.is_null() && field.nullable {
        return None;
    }
    if !has_type(field.json_type, value) {
        return Some(Violation::invalid_type(
            &path,
            field.json_type.name(),
            value,
        ));
    }
    if !field.choices.is_empty() && !field.choices.contains(value) {
        let choices: Vec<String> = field.choices.iter().map(Value::to_string).collect();
        let name = &field.name;
        let choices = choices.join(", ");
        return Some(Violation::new(
            "enum",
            &path,
            format_args!("{name} must be one of the following: {choices}"),
        ));
    }
    if let Some(number) = value.as_f64() {
        if let Some(minimum) = field.minimum.filter(|minimum| number < *minimum) {
            let text = format_args!("Must be greater than or equal to {minimum}");
            return Some(Violation::new("number_gte", &path, text));
        }
        if let Some(maximum) = field.maximum.filter(|maximum| number > *maximum) {
            let text = format_args!("Must be less than or equal to {maximum}");
            return Some(Violation::new("number_lte", &path, text));
        }
    }
    if field.text == TextKind::Uri && !value.as_str().is_some_and(is_uri) {
        return Some(Violation::new(
            "format",
            &path,
            "Does not match format 'uri'",
        ));
    }
    None
}

fn has_type(json_type: JsonType, value: &Value) -> bool {
    match json_type {
        JsonType::Integer => is_whole(value),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Any => true,
    }
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn is_uri(text: &str) -> bool {
    Url::parse(text).is_ok()
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) if is_whole(value) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
