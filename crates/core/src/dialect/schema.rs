//! The parts of an OpenAPI document that say which inputs a model version has.
//!
//! Nothing that a provider can put into one of these fields fails to be read: a value of an odd type becomes
//! [`Scalar::Odd`], and is refused only where it would matter.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A schema: the whole document (`components` is there), its `Input`, an input, or an enum beside it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Schema {
    pub components: Option<Components>,
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    #[serde(rename = "type")]
    pub kind: Scalar,
    pub properties: Option<Schemas>,
    pub required: Vec<String>,
    #[serde(rename = "enum")]
    pub options: Scalar,
    #[serde(rename = "allOf")]
    pub all_of: Vec<Schema>,
    #[serde(rename = "anyOf")]
    pub any_of: Vec<Schema>,
    #[serde(rename = "oneOf")]
    pub one_of: Vec<Schema>,
    pub minimum: Scalar,
    pub maximum: Scalar,
    pub default: Scalar,
}

/// Where a document keeps its schemas.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Components {
    pub schemas: Schemas,
}

/// Schemas by name. Looked up a few dozen times in all: a list does, and a tree of them would be a twentieth of
/// the browser's module.
#[derive(Debug, Default)]
pub(super) struct Schemas(Vec<(String, Schema)>);

impl Schemas {
    /// The schema of that name; of several, the last, as everywhere in JSON.
    pub(super) fn get(&self, name: &str) -> Option<&Schema> {
        let named = self.0.iter().rev().find(|(known, _)| known == name);
        named.map(|(_, schema)| schema)
    }
}

impl<'de> Deserialize<'de> for Schemas {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SchemasVisitor)
    }
}

struct SchemasVisitor;

impl<'de> Visitor<'de> for SchemasVisitor {
    type Value = Schemas;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("schemas by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Schemas, A::Error> {
        let mut schemas = Vec::new();
        while let Some(named) = map.next_entry()? {
            schemas.push(named);
        }
        Ok(Schemas(schemas))
    }
}

/// A JSON scalar, or a list of them.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Scalar {
    /// Not there, or null.
    #[default]
    Absent,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Scalar>),
    /// An object.
    Odd,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Bool(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a bound beyond 2^53 is outside every range, exact or not"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a bound beyond 2^53 is outside every range, exact or not"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Absent)
    }

    fn visit_none<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Scalar::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Odd)
    }
}

/// What one input's schema says, with its `allOf`, `anyOf`, `oneOf` and references followed.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    pub kind: Option<&'a str>,
    pub options: Option<&'a [Scalar]>,
    pub minimum: Option<&'a Scalar>,
    pub maximum: Option<&'a Scalar>,
    pub default: Option<&'a Scalar>,
}

/// A reference leads nowhere, in a circle, or to more schemas than one input has.
#[derive(Debug)]
pub(super) struct Unresolved;

/// How many schemas may describe one input: itself, its members and what they refer to. Real ones need three.
/// It is a sum and not a depth, because eight members eight levels deep are sixteen million.
const SCHEMAS: u32 = 64;

impl<'a> Facts<'a> {
    /// The facts of `schema`, whose references point into `siblings`.
    pub(super) fn of(
        schema: &'a Schema,
        siblings: Option<&'a Schemas>,
    ) -> Result<Self, Unresolved> {
        let mut facts = Self::default();
        facts.gather(schema, siblings, &mut { SCHEMAS })?;
        Ok(facts)
    }

    /// Adds what `schema` says and is not known yet: what stands nearer to the input wins.
    fn gather(
        &mut self,
        schema: &'a Schema,
        siblings: Option<&'a Schemas>,
        left: &mut u32,
    ) -> Result<(), Unresolved> {
        *left = left.checked_sub(1).ok_or(Unresolved)?;
        self.kind = self.kind.or_else(|| kind(&schema.kind));
        if let Scalar::List(options) = &schema.options {
            self.options.get_or_insert(options);
        }
        keep(&mut self.minimum, &schema.minimum);
        keep(&mut self.maximum, &schema.maximum);
        keep(&mut self.default, &schema.default);
        if let Some(reference) = &schema.reference {
            let target = reference
                .strip_prefix("#/components/schemas/")
                .and_then(|name| siblings?.get(name))
                .ok_or(Unresolved)?;
            self.gather(target, siblings, left)?;
        }
        let members = [&schema.all_of, &schema.any_of, &schema.one_of];
        for member in members.into_iter().flatten() {
            // `anyOf: [{...}, {"type": "null"}]` is how newer tools write an optional input.
            if kind(&member.kind) != Some("null") {
                self.gather(member, siblings, left)?;
            }
        }
        Ok(())
    }
}

fn keep<'a>(known: &mut Option<&'a Scalar>, found: &'a Scalar) {
    if *found != Scalar::Absent {
        known.get_or_insert(found);
    }
}

/// The type: `"integer"`, or the first of `["integer", "null"]`.
fn kind(scalar: &Scalar) -> Option<&str> {
    match scalar {
        Scalar::Text(text) => Some(text),
        Scalar::List(kinds) => kinds.iter().filter_map(kind).find(|kind| *kind != "null"),
        _ => None,
    }
}
