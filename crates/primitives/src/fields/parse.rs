//! JSON text to a value. `serde_json` alone keeps the last of two fields with one name; here a duplicate is refused.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::error::quoted;

/// A text is not the JSON of a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The text is not JSON, ends too early, or nests deeper than 128 levels. Line and column count from 1.
    #[error("not JSON: line {line}, column {column} cannot be read")]
    Syntax {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// An object has the same field twice.
    #[error("the field `{field}` is given twice")]
    DuplicateField {
        /// The field, dotted (`overrides.steps`, `items[0].name`).
        field: String,
    },
}

/// Parses `text` as JSON without duplicate fields.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let scanned: Scanned = serde_json::from_str(text).map_err(|error| ParseError::Syntax {
        line: error.line(),
        column: error.column(),
    })?;
    match scanned.duplicate {
        None => Ok(scanned.value),
        Some(field) => Err(ParseError::DuplicateField {
            field: quoted(&field),
        }),
    }
}

/// A value, and the first field in it that an object has twice.
struct Scanned {
    value: Value,
    duplicate: Option<String>,
}

impl Scanned {
    /// A value that is neither a list nor an object.
    fn scalar(value: impl Into<Value>) -> Self {
        Self {
            value: value.into(),
            duplicate: None,
        }
    }
}

impl<'de> Deserialize<'de> for Scanned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScanningVisitor)
    }
}

/// The path of `field` from the object or list in which `name` contains it.
fn within(name: &str, field: &str) -> String {
    if field.starts_with('[') {
        format!("{name}{field}")
    } else {
        format!("{name}.{field}")
    }
}

struct ScanningVisitor;

impl<'de> Visitor<'de> for ScanningVisitor {
    type Value = Scanned;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Scanned, E> {
        Ok(Scanned::scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Scanned, E> {
        Ok(Scanned::scalar(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scanned, A::Error> {
        let (mut items, mut duplicate) = (Vec::new(), None);
        while let Some(item) = list.next_element::<Scanned>()? {
            let index = items.len();
            let found = item
                .duplicate
                .map(|field| within(&format!("[{index}]"), &field));
            duplicate = duplicate.or(found);
            items.push(item.value);
        }
        Ok(Scanned {
            value: items.into(),
            duplicate,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Scanned, A::Error> {
        let (mut fields, mut duplicate) = (Map::new(), None);
        while let Some((name, field)) = object.next_entry::<String, Scanned>()? {
            let found = match field.duplicate {
                Some(inner) => Some(within(&name, &inner)),
                None => fields.contains_key(&name).then(|| name.clone()),
            };
            duplicate = duplicate.or(found);
            fields.insert(name, field.value);
        }
        Ok(Scanned {
            value: fields.into(),
            duplicate,
        })
    }
}
