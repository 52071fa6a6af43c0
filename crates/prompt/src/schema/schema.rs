//! The parts of an OpenAPI document that say which inputs a model version has.
//!
//! Nothing that a provider can write fails to be read: a value of an odd type is refused only where it would matter.
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::SchemaError;

/// A document, or a part of one.
#[derive(Debug, PartialEq)]
pub(super) enum Document {
    /// Null, or nested too deeply.
    Absent,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Document>),
    /// Looked up a few dozen times in all: a list does.
    Object(Vec<(String, Document)>),
}

/// How deep a document is read. What says something about an input stands at most ten deep.
const DEPTH: u32 = 32;

impl Document {
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reading { left: DEPTH }.deserialize(deserializer)
    }

    /// The value of that name, unless it is null; of several, the last, as everywhere in JSON.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(entries) = self else {
            return None;
        };
        let (_, value) = entries.iter().rev().find(|(known, _)| known == name)?;
        (*value != Self::Absent).then_some(value)
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; nothing else has any.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list of that name; none where there is none.
    pub(super) fn list(&self, name: &str) -> Result<&[Self], SchemaError> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Self::List(items)) => Ok(items),
            Some(_) => Err(SchemaError::Unreadable(([name, " is no list"]).concat())),
        }
    }

    pub(super) const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// Reads a value that may nest so much deeper.
#[derive(Clone, Copy)]
struct Reading {
    left: u32,
}

impl<'de> DeserializeSeed<'de> for Reading {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        match self.left.checked_sub(1) {
            Some(left) => deserializer.deserialize_any(Self { left }),
            None => deserializer
                .deserialize_ignored_any(IgnoredAny)
                .map(|_| Document::Absent),
        }
    }
}

impl<'de> Visitor<'de> for Reading {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a bound beyond 2^53 is outside every range, exact or not"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a bound beyond 2^53 is outside every range, exact or not"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Document, E> {
        Ok(Document::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Document::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut entries = Vec::new();
        while let Some(name) = map.next_key()? {
            entries.push((name, map.next_value_seed(self)?));
        }
        Ok(Document::Object(entries))
    }
}

/// What one input's schema says, with its `allOf`, `anyOf`, `oneOf` and references followed.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    pub kind: Option<&'a str>,
    pub options: Option<&'a Document>,
    pub minimum: Option<&'a Document>,
    pub maximum: Option<&'a Document>,
    pub default: Option<&'a Document>,
}

/// How many schemas may describe one input: itself, its members and what they refer to. Real ones need three.
/// It is a sum and not a depth, because eight members eight levels deep are sixteen million.
const SCHEMAS: u32 = 64;

impl<'a> Facts<'a> {
    /// The facts of `schema`, the input called `name`, whose references point into `siblings`.
    pub(super) fn of(
        name: &'static str,
        schema: &'a Document,
        siblings: Option<&'a Document>,
    ) -> Result<Self, SchemaError> {
        let mut facts = Self::default();
        facts.gather(name, schema, siblings, &mut { SCHEMAS })?;
        Ok(facts)
    }

    /// Adds what `schema` says and is not known yet: what stands nearer to the input wins. A reference may lead
    /// nowhere, in a circle, or to more schemas than one input has.
    fn gather(
        &mut self,
        name: &'static str,
        schema: &'a Document,
        siblings: Option<&'a Document>,
        left: &mut u32,
    ) -> Result<(), SchemaError> {
        if !schema.is_object() {
            return Err(SchemaError::Unreadable(String::from(
                "an input that is no object",
            )));
        }
        let unresolved = SchemaError::UnresolvedReference(name);
        let Some(fewer) = left.checked_sub(1) else {
            return Err(unresolved);
        };
        *left = fewer;
        self.kind = self.kind.or_else(|| kind(schema));
        let is_list = |options: &&Document| matches!(options, Document::List(_));
        self.options = self.options.or_else(|| schema.get("enum").filter(is_list));
        for (known, key) in [
            (&mut self.minimum, "minimum"),
            (&mut self.maximum, "maximum"),
            (&mut self.default, "default"),
        ] {
            *known = known.or_else(|| schema.get(key));
        }
        if let Some(reference) = schema.get("$ref") {
            let target = reference
                .text()
                .and_then(|path| path.strip_prefix("#/components/schemas/"))
                .and_then(|name| siblings?.get(name));
            let Some(target) = target else {
                return Err(unresolved);
            };
            self.gather(name, target, siblings, left)?;
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            for member in schema.list(key)? {
                // `anyOf: [{...}, {"type": "null"}]` is how newer tools write an optional input.
                if kind(member) != Some("null") {
                    self.gather(name, member, siblings, left)?;
                }
            }
        }
        Ok(())
    }
}

/// The type of a schema: `"integer"`, or the first of `["integer", "null"]`.
pub(super) fn kind(schema: &Document) -> Option<&str> {
    let kind = schema.get("type")?;
    let mut kinds = kind.items().iter().filter_map(Document::text);
    kind.text().or_else(|| kinds.find(|kind| *kind != "null"))
}
