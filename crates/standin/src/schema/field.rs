//! One input of a model version.

use serde_json::Value;

/// The JSON type an input must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number; `3.0` is one too.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// True or false.
    Boolean,
    /// Whatever else a schema may say; not checked.
    Any,
}

impl Kind {
    /// The name in the schema and in the error text.
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

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Any text.
    Plain,
    /// An absolute address.
    Address,
    /// Something that is never shown again.
    Secret,
}

/// What the schema says of one input.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) form: Form,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    /// Empty when any value is allowed.
    pub(crate) choices: Vec<Value>,
    pub(crate) default: Option<Value>,
    /// Place among the inputs (`x-order`).
    pub(crate) order: u64,
}

impl Field {
    /// Reads one property. Cog writes a choice as `allOf: [{$ref}]` beside the default.
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
            kind: match find("type").and_then(Value::as_str) {
                Some("integer") => Kind::Integer,
                Some("number") => Kind::Number,
                Some("string") => Kind::String,
                Some("boolean") => Kind::Boolean,
                _ => Kind::Any,
            },
            required,
            nullable: flag("nullable"),
            form: if flag("x-cog-secret") {
                Form::Secret
            } else if find("format").and_then(Value::as_str) == Some("uri") {
                Form::Address
            } else {
                Form::Plain
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
