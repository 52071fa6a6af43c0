//! JavaScript values as Rust values.
//!
//! As strict as the edge: a field that nobody knows is refused, and an
//! error carries the path to the field at fault. Only what JSON can hold is read. Each method reads the one kind
//! of value that it is asked for, because every kind more is code for each of core's types.

mod access;

use access::{Entries, Fields, Items, Variant};
use js_sys::{Array, JSON, Object};
use selfsame_primitives::error::ErrorCode;
use serde::Deserializer;
use serde::de::{DeserializeOwned, Expected, Visitor};
use wasm_bindgen::{JsCast, JsValue};

use crate::refusal::Refused;

/// Structs in which fields that nobody knows are no mistake: what a provider or the API says beyond what is asked.
/// The others are as strict here as serde makes them at the edge; it does not tell a reader which is which.
const OPEN: [&str; 3] = ["InputSchema", "Input", "ModelProfile"];

/// Reads an object, or the JSON text of one.
pub(crate) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Refused> {
    T::deserialize(Json::of(value)?)
}

/// A value that JSON can hold.
pub(crate) struct Json(JsValue);

impl Json {
    /// The value of an object or of the JSON text of one.
    pub(crate) fn of(value: &JsValue) -> Result<Self, Refused> {
        let Some(text) = value.as_string() else {
            return Ok(Self(value.clone()));
        };
        JSON::parse(&text).map(Self).map_err(|cause| {
            let cause = cause
                .dyn_into::<js_sys::Error>()
                .map_or_else(|_| String::new(), |error| error.message().into());
            Refused::new(
                ErrorCode::InvalidJson,
                None,
                &format!("This is not JSON: {cause}."),
            )
        })
    }

    fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }

    fn items(&self, expected: &dyn Expected) -> Result<Items, Refused> {
        match self.0.dyn_ref::<Array>() {
            Some(items) => Ok(Items::of(items.clone())),
            None => Err(Refused::not(expected)),
        }
    }

    fn entries(&self, expected: &dyn Expected) -> Result<Entries, Refused> {
        if self.0.is_object() && !self.0.is_array() {
            Ok(Entries::of(self.0.unchecked_ref::<Object>()))
        } else {
            Err(Refused::not(expected))
        }
    }

    fn fields<'de, V: Visitor<'de>>(
        &self,
        names: &'static [&'static str],
        open: bool,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let mut fields = Fields::of(self.entries(&visitor)?, names, open)?;
        match visitor.visit_seq(&mut fields) {
            Ok(value) => Ok(value),
            Err(refused) => Err(fields.named(refused)),
        }
    }

    fn string(&self, expected: &dyn Expected) -> Result<String, Refused> {
        self.0.as_string().ok_or_else(|| Refused::not(expected))
    }

    /// A string is a variant without content, an object with one entry a variant with content.
    fn variant(self, expected: &dyn Expected) -> Result<Variant, Refused> {
        if let Some(name) = self.0.as_string() {
            return Ok(Variant {
                name,
                content: Self(JsValue::UNDEFINED),
            });
        }
        let mut entries = self.entries(expected)?;
        match (entries.take(), entries.take()) {
            (Some((name, content)), None) => Ok(Variant { name, content }),
            _ => Err(Refused::not(expected)),
        }
    }
}

/// Kinds of value that are read in one way each.
macro_rules! read {
    ($($method:ident)+, $self:ident, $visitor:ident, $body:expr) => {
        $(fn $method<V: Visitor<'de>>($self, $visitor: V) -> Result<V::Value, Refused> { $body })+
    };
}

impl<'de> Deserializer<'de> for Json {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(value) = self.0.as_bool() {
            visitor.visit_bool(value)
        } else if self.0.as_f64().is_some() {
            self.deserialize_f64(visitor)
        } else if self.0.is_string() {
            self.deserialize_string(visitor)
        } else if self.0.is_array() {
            self.deserialize_seq(visitor)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.0.as_bool() {
            Some(value) => visitor.visit_bool(value),
            None => Err(Refused::not(&visitor)),
        }
    }

    // A whole number is an integer to serde: JavaScript does not tell 3 from 3.0.
    read! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64,
        self, visitor, match self.0.as_f64().map(whole) {
            Some(Ok(number)) => visitor.visit_i64(number),
            Some(Err(number)) => visitor.visit_f64(number),
            None => Err(Refused::not(&visitor)),
        }
    }

    read! {
        deserialize_char deserialize_str deserialize_string deserialize_identifier,
        self, visitor, {
            let text = self.string(&visitor)?;
            visitor.visit_string(text)
        }
    }

    read! {
        deserialize_seq deserialize_bytes deserialize_byte_buf,
        self, visitor, {
            let items = self.items(&visitor)?;
            visitor.visit_seq(items)
        }
    }

    read! {
        deserialize_map,
        self, visitor, {
            let entries = self.entries(&visitor)?;
            visitor.visit_map(entries)
        }
    }

    read! {
        deserialize_option,
        self, visitor, if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    read! {
        deserialize_unit deserialize_ignored_any,
        self, visitor, visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.fields(names, OPEN.contains(&name), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let variant = self.variant(&visitor)?;
        visitor.visit_enum(variant)
    }
}

/// A number as an integer, when it is one and a double holds it exactly.
fn whole(number: f64) -> Result<i64, f64> {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the numbers that a double holds exactly"
    )]
    if number.fract() == 0.0 && number.abs() <= SAFE {
        Ok(number as i64)
    } else {
        Err(number)
    }
}
