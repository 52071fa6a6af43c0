//! One version of a model, for binding it.

use serde_json::Value;

use super::answer;
use crate::http::ProviderResult;
use crate::model_ref::VersionId;
use crate::outcome::ReadOutcome;

/// A version as the provider describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionDocument {
    /// Its id.
    pub id: VersionId,
    /// The version's whole OpenAPI document, with `components.schemas.Input`; null when it has none. Whether it can be
    /// served is for core's dialects to say.
    pub openapi_schema: Value,
}

/// Reads the answer to [`request::version`](super::request::version) of `id`. [`ReadOutcome::Gone`] when the model has
/// no such version, or may not be seen with this token.
#[must_use]
pub fn read_version(exchange: ProviderResult, id: &VersionId) -> ReadOutcome<VersionDocument> {
    answer::read(exchange, |json| {
        if json.get("id").and_then(Value::as_str) != Some(id.as_str()) {
            return Err("the answer is about another version".to_owned());
        }
        Ok(VersionDocument {
            id: id.clone(),
            openapi_schema: json.get("openapi_schema").cloned().unwrap_or_default(),
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::bodies::{self, answer};
    use super::*;

    #[test]
    fn a_version_is_the_one_asked_for() {
        let id: VersionId = "ab".repeat(32).parse().unwrap();
        let read = |body: &Value| read_version(answer(200, &body.to_string()), &id);
        let schema = json!({"components": {"schemas": {"Input": {}}}});
        assert_eq!(
            read(&json!({"id": id, "openapi_schema": schema, "cog_version": "0.9"})),
            ReadOutcome::Found(VersionDocument {
                id: id.clone(),
                openapi_schema: schema
            })
        );
        assert_eq!(
            read(&json!({"id": id})),
            ReadOutcome::Found(VersionDocument {
                id: id.clone(),
                openapi_schema: Value::Null
            })
        );
        let other = json!({"id": "cd".repeat(32)});
        assert!(matches!(read(&other), ReadOutcome::Unavailable { .. }));
        assert_eq!(
            read_version(answer(404, bodies::NOT_FOUND), &id),
            ReadOutcome::Gone
        );
    }
}
