//! The body of a create, except for the values of its inputs.

use serde_json::{Map, Value};

use crate::http::errors::ApiError;
use crate::model::schema::Violation;
use crate::routes::webhook_fields;
use crate::webhook::Webhook;

/// A valid body.
pub(super) struct CreateBody<'a> {
    pub(super) version: Option<&'a str>,
    pub(super) input: &'a Map<String, Value>,
    pub(super) webhook: Option<Webhook>,
}

impl<'a> CreateBody<'a> {
    /// Checks everything except the values of the inputs. `versioned` tells whether the body names the version.
    pub(super) fn parse(body: &'a Value, versioned: bool) -> Result<Self, ApiError> {
        let Some(body) = body.as_object() else {
            let violation = Violation::invalid_type("", "object", body);
            return Err(ApiError::InvalidInput(vec![violation]));
        };
        let mut violations = Vec::new();
        let version = body.get("version").filter(|_| versioned);
        if versioned && version.is_none() {
            violations.push(Violation::required("", "version"));
        }
        if !body.contains_key("input") {
            violations.push(Violation::required("", "input"));
        }
        for name in body.keys() {
            let known = matches!(
                name.as_str(),
                "input" | "webhook" | "webhook_events_filter" | "stream"
            ) || (versioned && name == "version");
            if !known {
                let text = format!("Additional property {name} is not allowed");
                violations.push(Violation::new("additional_property_not_allowed", "", text));
            }
        }
        if let Some(version) = version.filter(|version| !version.is_string()) {
            violations.push(Violation::invalid_type("version", "string", version));
        }
        if let Some(stream) = body.get("stream").filter(|stream| !stream.is_boolean()) {
            violations.push(Violation::invalid_type("stream", "boolean", stream));
        }
        let input = body.get("input");
        if let Some(input) = input.filter(|input| !input.is_object()) {
            violations.push(Violation::invalid_type("input", "object", input));
        }
        let webhook = webhook_fields::read(body, &mut violations);
        match input.and_then(Value::as_object) {
            Some(input) if violations.is_empty() => Ok(Self {
                version: version.and_then(Value::as_str),
                input,
                webhook,
            }),
            _ => Err(ApiError::InvalidInput(violations)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(body: &Value, versioned: bool) -> Vec<(&'static str, String, String)> {
        match CreateBody::parse(body, versioned) {
            Err(ApiError::InvalidInput(violations)) => violations
                .into_iter()
                .map(|v| (v.kind, v.field, v.description))
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_unknown_or_missing_property_is_refused() {
        let found = fields(&json!({"input": {}, "model": "x"}), true);
        let expected = [
            ("required", String::new(), "version is required".to_owned()),
            (
                "additional_property_not_allowed",
                String::new(),
                "Additional property model is not allowed".to_owned(),
            ),
        ];
        assert_eq!(found, expected);
        let found = fields(&json!({"input": {}, "version": "x"}), false);
        assert_eq!(found[0].2, "Additional property version is not allowed");
    }
}
