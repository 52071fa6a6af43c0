//! Versions of a model, which an operator binds.

use serde_json::Value;

use super::response;
use crate::http::ProviderResult;
use crate::model_ref::VersionId;
use crate::outcome::ReadOutcome;

/// A version as the provider describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionDocument {
    /// The version's id.
    pub id: VersionId,
    /// The version's OpenAPI document, with `components.schemas.Input`; null if it has none. `InputSchema` in the
    /// prompt crate decides whether this version can be used.
    pub openapi_schema: Value,
}

/// Reads the response to [`request::version`](super::request::version) of `id`. [`ReadOutcome::Gone`] if the model has
/// no such version, or the token may not see it.
#[must_use]
pub fn read_version(result: ProviderResult, id: &VersionId) -> ReadOutcome<VersionDocument> {
    response::read(result, |json| {
        if json.get("id").and_then(Value::as_str) != Some(id.as_str()) {
            return Err("the response is about another version".to_owned());
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

    use super::super::fixtures::{self, respond};
    use super::*;

    #[test]
    fn a_version_is_found_only_if_it_is_the_requested_one() {
        let id: VersionId = "ab".repeat(32).parse().unwrap();
        let read = |body: &Value| read_version(respond(200, &body.to_string()), &id);
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
            read_version(respond(404, fixtures::NOT_FOUND), &id),
            ReadOutcome::Gone
        );
    }
}
