//! The three published schemas, and checks against them that share no code with the crate.

use std::sync::LazyLock;

use selfsame_prompt::schema::{InputSchema, SchemaError};
use serde_json::Value;

/// `black-forest-labs/flux-dev-lora`: takes the LoRA by reference.
pub(crate) const DEV_LORA: &str =
    include_str!("../../../../tests/fixtures/schemas/flux-dev-lora.json");
/// A trained model of the newer kind.
pub(crate) const HOTSWAP: &str =
    include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json");
/// A trained model of 2024.
pub(crate) const TRAINED_2024: &str =
    include_str!("../../../../tests/fixtures/schemas/flux-lora-2024.json");

pub(crate) const ALL: [&str; 3] = [DEV_LORA, HOTSWAP, TRAINED_2024];

pub(crate) fn parse(json: &str) -> Result<InputSchema, SchemaError> {
    InputSchema::from_openapi(&serde_json::from_str(json).unwrap())
}

pub(crate) fn input_schema(json: &str) -> InputSchema {
    parse(json).unwrap()
}

/// Each published schema as a document and as the input schema that is read from it.
pub(crate) static PUBLISHED: LazyLock<Vec<(Value, InputSchema)>> = LazyLock::new(|| {
    let read = |json: &&str| (serde_json::from_str(json).unwrap(), input_schema(json));
    ALL.iter().map(read).collect()
});

/// The document with the value at `pointer` replaced, or removed if `value` is null.
pub(crate) fn changed(json: &str, pointer: &str, value: Value) -> String {
    let mut document: Value = serde_json::from_str(json).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap();
    if value == Value::Null {
        parent.remove(key);
    } else {
        parent.insert(key.to_owned(), value);
    }
    document.to_string()
}

/// The document with one input's schema replaced, or removed if `schema` is null.
pub(crate) fn with_input(json: &str, name: &str, schema: Value) -> String {
    changed(
        json,
        &format!("/components/schemas/Input/properties/{name}"),
        schema,
    )
}

/// Whether the document allows `value` for its input `name`.
pub(crate) fn allows(document: &Value, name: &str, value: &Value) -> bool {
    let schemas = &document["components"]["schemas"];
    let mut schema = schemas["Input"]["properties"][name].clone();
    if schema.is_null() {
        return false;
    }
    if let Some(reference) = schema.pointer("/allOf/0/$ref").and_then(Value::as_str) {
        schema = schemas[reference.rsplit('/').next().unwrap()].clone();
    }
    let right_type = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        other => panic!("{name} is a {other:?}"),
    };
    let in_bounds = value.as_f64().is_none_or(|number| {
        schema["minimum"].as_f64().is_none_or(|min| number >= min)
            && schema["maximum"].as_f64().is_none_or(|max| number <= max)
    });
    let listed = schema["enum"]
        .as_array()
        .is_none_or(|options| options.contains(value));
    right_type && in_bounds && listed
}
