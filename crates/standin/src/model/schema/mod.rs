//! The `Input` schema of a model version: what it accepts, refuses, and assumes by default.

mod check;
mod field;

use serde_json::{Map, Value};

pub(crate) use check::Violation;
use field::{Field, TextKind};

/// The schema document does not have the form in which cog writes one.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The document is not JSON.
    #[error("a model's schema is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The document has no `Input` with properties.
    #[error("a model's schema has no components.schemas.Input.properties")]
    NoInput,
}

/// The inputs of a version, in the order in which the model's author declared them.
#[derive(Debug)]
pub(crate) struct InputSchema {
    fields: Vec<Field>,
}

impl InputSchema {
    /// Reads `components.schemas.Input` of a version's OpenAPI document.
    pub(crate) fn of(document: &Value) -> Result<Self, SchemaError> {
        let input = document
            .pointer("/components/schemas/Input")
            .ok_or(SchemaError::NoInput)?;
        let properties = input
            .get("properties")
            .and_then(Value::as_object)
            .ok_or(SchemaError::NoInput)?;
        let required: Vec<&str> = input
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut fields: Vec<Field> = properties
            .iter()
            .map(|(name, schema)| {
                Field::of(document, name, schema, required.contains(&name.as_str()))
            })
            .collect();
        fields.sort_by_key(|field| field.order);
        Ok(Self { fields })
    }

    /// Lists the violations in `input`. Unknown names are none, because the real service ignores them.
    pub(crate) fn check(&self, input: &Map<String, Value>) -> Vec<Violation> {
        self.fields
            .iter()
            .filter_map(|field| check::violation(field, input))
            .collect()
    }

    /// The names in `input` that this version does not know, sorted.
    pub(crate) fn unknown(&self, input: &Map<String, Value>) -> Vec<String> {
        input
            .keys()
            .filter(|name| self.field(name).is_none())
            .cloned()
            .collect()
    }

    /// What the model runs with, in declared order: known inputs as given, or their defaults. Inputs without either are
    /// left out.
    pub(crate) fn effective(&self, input: &Map<String, Value>) -> Vec<(String, Value)> {
        self.fields
            .iter()
            .filter_map(|field| {
                let given = input.get(&field.name).filter(|value| !value.is_null());
                given
                    .or(field.default.as_ref())
                    .map(|value| (field.name.clone(), value.clone()))
            })
            .collect()
    }

    /// `input` as the service shows it, with secrets redacted.
    pub(crate) fn redacted(&self, input: &Map<String, Value>) -> Map<String, Value> {
        let secret = |name: &str| {
            self.field(name)
                .is_some_and(|field| field.text == TextKind::Secret)
        };
        input
            .iter()
            .map(|(name, value)| {
                let value = if secret(name) {
                    "[REDACTED]".into()
                } else {
                    value.clone()
                };
                (name.clone(), value)
            })
            .collect()
    }

    fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::model::VersionSchema;
    use crate::model::catalogue::Catalogue;

    fn version(model: &str) -> Arc<VersionSchema> {
        let model = Catalogue::new().unwrap().named("studio", model).unwrap();
        Arc::clone(&model.versions[0].schema)
    }

    fn object(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn missing_inputs_have_defaults_and_unknown_ones_have_no_effect() {
        let version = version("ada-selfie-lora");
        let schema = &version.inputs;
        let input = object(&json!({"prompt": "a lighthouse", "guidance": 2.0, "seed": null}));
        assert!(schema.check(&input).is_empty());
        assert_eq!(schema.unknown(&input), ["guidance"]);
        let effective = schema.effective(&input);
        let value = |name: &str| {
            effective
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.clone())
        };
        assert_eq!(value("guidance_scale"), Some(json!(3)));
        assert_eq!(value("guidance"), None);
        assert_eq!(value("seed"), None);
        assert_eq!(value("prompt"), Some(json!("a lighthouse")));
        assert_eq!(effective[0].0, "prompt");
    }

    #[test]
    fn secrets_are_redacted() {
        let version = version("cleo-flux-dev-lora");
        let schema = &version.inputs;
        let shown = schema.redacted(&object(&json!({"prompt": "p", "hf_api_token": "hf_123"})));
        assert_eq!(
            Value::Object(shown),
            json!({"prompt": "p", "hf_api_token": "[REDACTED]"})
        );
    }

    #[test]
    fn a_violation_is_described_as_by_the_real_service() {
        let version = version("ada-selfie-lora");
        let schema = &version.inputs;
        let input = object(&json!({
            "num_inference_steps": 51,
            "num_outputs": 0,
            "output_format": "gif",
            "seed": 1.5,
            "go_fast": "yes",
            "lora_scale": "1",
            "image": "not an address",
        }));
        let found: Vec<_> = schema
            .check(&input)
            .into_iter()
            .map(|v| (v.kind, v.field, v.description))
            .collect();
        let expected = [
            ("required", "input", "prompt is required"),
            ("format", "input.image", "Does not match format 'uri'"),
            (
                "number_gte",
                "input.num_outputs",
                "Must be greater than or equal to 1",
            ),
            (
                "number_lte",
                "input.num_inference_steps",
                "Must be less than or equal to 50",
            ),
            (
                "invalid_type",
                "input.seed",
                "Invalid type. Expected: integer, given: number",
            ),
            (
                "enum",
                "input.output_format",
                "output_format must be one of the following: \"webp\", \"jpg\", \"png\"",
            ),
            (
                "invalid_type",
                "input.go_fast",
                "Invalid type. Expected: boolean, given: string",
            ),
            (
                "invalid_type",
                "input.lora_scale",
                "Invalid type. Expected: number, given: string",
            ),
        ];
        for (kind, field, description) in expected {
            let wanted = (kind, field.to_owned(), description.to_owned());
            assert!(found.contains(&wanted), "{wanted:?} not in {found:?}");
        }
        assert_eq!(found.len(), expected.len());
    }
}
