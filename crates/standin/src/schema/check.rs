//! Checking one input, with the words of the validator that the real service uses (gojsonschema).
//!
//! `required`, `enum` and `number_lte` were seen in live answers; `number_gte`, `invalid_type` and `format` follow the
//! same library and are not verified.

use std::fmt::Display;

use serde::Serialize;
use serde_json::{Map, Value};

use super::field::{Field, Form, Kind};

/// One entry of `invalid_fields`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Violation {
    /// The validator's name of the broken rule.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Dotted path; empty for the body itself.
    pub(crate) field: String,
    /// What is wrong, in English.
    pub(crate) description: String,
}

impl Violation {
    /// A violation of the rule `kind` at `field`.
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

/// The first rule that `input` breaks for this field.
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
    if !has_kind(field.kind, value) {
        return Some(Violation::invalid_type(&path, field.kind.name(), value));
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
        if let Some(least) = field.minimum.filter(|least| number < *least) {
            let text = format_args!("Must be greater than or equal to {least}");
            return Some(Violation::new("number_gte", &path, text));
        }
        if let Some(most) = field.maximum.filter(|most| number > *most) {
            let text = format_args!("Must be less than or equal to {most}");
            return Some(Violation::new("number_lte", &path, text));
        }
    }
    if field.form == Form::Address && !value.as_str().is_some_and(is_uri) {
        return Some(Violation::new(
            "format",
            &path,
            "Does not match format 'uri'",
        ));
    }
    None
}

fn has_kind(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Integer => is_whole(value),
        Kind::Number => value.is_number(),
        Kind::String => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Any => true,
    }
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    !rest.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !text.contains(char::is_whitespace)
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
