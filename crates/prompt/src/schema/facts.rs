//! The keywords of one input's JSON schema, with references and combinations (`allOf`, `anyOf`, `oneOf`) resolved.

use serde_json::Value;

use super::SchemaError;

/// Most schemas that may describe one input: its own, their members and what they refer to. Real inputs need three.
/// The limit is on the total, because eight members nested eight deep would be sixteen million schemas.
const MAX_SCHEMAS: u32 = 64;

/// The keywords that matter. A keyword that is null counts as absent.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    pub kind: Option<&'a str>,
    pub options: Option<&'a [Value]>,
    pub minimum: Option<&'a Value>,
    pub maximum: Option<&'a Value>,
    pub default: Option<&'a Value>,
}

impl<'a> Facts<'a> {
    /// Collects the facts of `schema`, the input called `name`; references point into `siblings`.
    pub(super) fn of(
        name: &'static str,
        schema: &'a Value,
        siblings: Option<&'a Value>,
    ) -> Result<Self, SchemaError> {
        let mut facts = Self::default();
        facts.gather(name, schema, siblings, &mut { MAX_SCHEMAS })?;
        Ok(facts)
    }

    /// Adds the keywords of `schema` that are not known yet, so the schema nearest to the input wins. Fails for a missing
    /// reference, and for more than [`MAX_SCHEMAS`] schemas, which circular references would need.
    fn gather(
        &mut self,
        name: &'static str,
        schema: &'a Value,
        siblings: Option<&'a Value>,
        left: &mut u32,
    ) -> Result<(), SchemaError> {
        if !schema.is_object() {
            return Err(SchemaError::Unreadable(String::from(
                "an input is not an object",
            )));
        }
        let unresolved = SchemaError::UnresolvedReference(name);
        let Some(fewer) = left.checked_sub(1) else {
            return Err(unresolved);
        };
        *left = fewer;
        self.kind = self.kind.or_else(|| kind(schema));
        self.options = self
            .options
            .or_else(|| Some(keyword(schema, "enum")?.as_array()?.as_slice()));
        for (known, key) in [
            (&mut self.minimum, "minimum"),
            (&mut self.maximum, "maximum"),
            (&mut self.default, "default"),
        ] {
            *known = known.or_else(|| keyword(schema, key));
        }
        if let Some(reference) = keyword(schema, "$ref") {
            let target = reference
                .as_str()
                .and_then(|path| path.strip_prefix("#/components/schemas/"))
                .and_then(|name| keyword(siblings?, name));
            let Some(target) = target else {
                return Err(unresolved);
            };
            self.gather(name, target, siblings, left)?;
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            for member in list(schema, key)? {
                // Newer tools write an optional input as `anyOf: [{...}, {"type": "null"}]`.
                if kind(member) != Some("null") {
                    self.gather(name, member, siblings, left)?;
                }
            }
        }
        Ok(())
    }
}

/// The value of `key`, unless it is null.
pub(super) fn keyword<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    schema.get(key).filter(|value| !value.is_null())
}

/// The items of the list under `key`; none when it is absent.
pub(super) fn list<'a>(schema: &'a Value, key: &str) -> Result<&'a [Value], SchemaError> {
    match keyword(schema, key) {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(SchemaError::Unreadable(format!("{key} is not a list"))),
    }
}

/// The type of a schema: `"integer"`, or the first of `["integer", "null"]` that is not `"null"`.
pub(super) fn kind(schema: &Value) -> Option<&str> {
    match keyword(schema, "type")? {
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        kind => kind.as_str(),
    }
}
