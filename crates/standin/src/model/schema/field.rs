//! The declaration of one input.

use serde_json::Value;

/// The JSON type of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonType {
    /// A whole number, including `3.0`.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// True or false.
    Boolean,
    /// Any other type, which is not checked.
    Any,
}

impl JsonType {
    /// The name in schemas and descriptions.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Any => "any",
        }
    }
}

/// What a string contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Any text.
    Plain,
    /// An absolute URI.
    Uri,
    /// A secret, which is never shown.
    Secret,
}

/// One property of the `Input` schema.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) json_type: JsonType,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) text: TextKind,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    /// Empty if any value is allowed.
    pub(crate) choices: Vec<Value>,
    pub(crate) default: Option<Value>,
    /// The position among the inputs (`x-order`).
    pub(crate) order: u64,
}

impl Field {
    /// Parses one property. Cog writes an enum as `allOf: [{$ref}]` beside the default.
    pub(crate) fn of(document: &Value, name: &str, schema: &Value, required: bool) -> Self {
        let referenced = schema
            .pointer("/allOf/0/$ref")
            .or_else(|| schema.get("$ref"))
            .and_then(Value::as_str)
            .and_then(|reference| document.pointer(reference.trim_start_matches('#')));
        let find = |key: &str| {
            schema
                .get(key)
                .or_else(|| referenced.and_then(|r| r.get(key)))
        };
        let flag = |key: &str| find(key).and_then(Value::as_bool).unwrap_or(false);
        Self {
            name: name.to_owned(),
            json_type: match find("type").and_then(Value::as_str) {
                Some("integer") => JsonType::Integer,
                Some("number") => JsonType::Number,
                Some("string") => JsonType::String,
                Some("boolean") => JsonType::Boolean,
                _ => JsonType::Any,
            },
            required,
            nullable: flag("nullable"),
            text: if flag("x-cog-secret") {
                TextKind::Secret
            } else if find("format").and_then(Value::as_str) == Some("uri") {
                TextKind::Uri
            } else {
                TextKind::Plain
            },
            minimum: find("minimum").and_then(Value::as_f64),
            maximum: find("maximum").and_then(Value::as_f64),
            choices: find("enum")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default(),
            default: find("default").filter(|value| !value.is_null()).cloned(),
            order: find("x-order").and_then(Value::as_u64).unwrap_or(u64::MAX),
        }
    }
}
