//! JavaScript values as Rust values.
//!
//! Like `serde_wasm_bindgen`'s reader, but as strict as the edge's: a field that nobody knows is refused, and an
//! error carries the path to the field at fault. Only what JSON can hold is read.

use js_sys::{Array, JSON, Object};
use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

use crate::refusal::Refused;
use selfsame_core::wire::ErrorCode;

/// Reads an object, or the JSON text of one.
pub(crate) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Refused> {
    reading(value, T::deserialize)
}

/// Reads an object, or the JSON text of one, by `read`.
pub(crate) fn reading<T>(
    value: &JsValue,
    read: impl FnOnce(Json) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let parsed = match value.as_string() {
        Some(text) => JSON::parse(&text).map_err(|cause| {
            let cause = cause.dyn_into::<js_sys::Error>().map_or_else(
                |_| String::from("it cannot be parsed"),
                |error| error.message().into(),
            );
            let message = format!("This is not JSON: {cause}.");
            Refused::new(ErrorCode::InvalidJson, None, message)
        })?,
        None => value.clone(),
    };
    read(Json(parsed))
}

/// A value that JSON can hold.
pub(crate) struct Json(JsValue);

impl Json {
    fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }

    fn unexpected(&self, visitor: &dyn serde::de::Expected) -> Refused {
        let kind = self.0.js_typeof().as_string().unwrap_or_default();
        Refused::invalid_type(Unexpected::Other(&kind), visitor)
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(value) = self.0.as_bool() {
            visitor.visit_bool(value)
        } else if let Some(value) = self.0.as_f64() {
            visit_number(value, visitor)
        } else if let Some(value) = self.0.as_string() {
            visitor.visit_string(value)
        } else if let Some(items) = self.0.dyn_ref::<Array>() {
            visitor.visit_seq(Items { items, next: 0 })
        } else if self.0.is_object() {
            visitor.visit_map(Entries::of(self.0.unchecked_ref()))
        } else {
            Err(self.unexpected(&visitor))
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.is_nothing() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        if let Some(name) = self.0.as_string() {
            return visitor.visit_enum(Variant {
                name,
                content: Self(JsValue::UNDEFINED),
            });
        }
        if self.0.is_object() && !self.0.is_array() {
            let mut entries = Entries::of(self.0.unchecked_ref());
            if let Some((name, content)) = entries.take()
                && entries.take().is_none()
            {
                return visitor.visit_enum(Variant { name, content });
            }
        }
        Err(self.unexpected(&visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// A whole number is an integer to serde, so that `3` can be a count and `3.0` is the same number.
fn visit_number<'de, V: Visitor<'de>>(value: f64, visitor: V) -> Result<V::Value, Refused> {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the numbers that a double holds exactly"
    )]
    if value.fract() == 0.0 && value.abs() <= SAFE {
        let whole = value as i64;
        match u64::try_from(whole) {
            Ok(natural) => visitor.visit_u64(natural),
            Err(_) => visitor.visit_i64(whole),
        }
    } else {
        visitor.visit_f64(value)
    }
}

struct Items<'a> {
    items: &'a Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        let index = self.next;
        if index >= self.items.length() {
            return Ok(None);
        }
        self.next += 1;
        seed.deserialize(Json(self.items.get(index)))
            .map(Some)
            .map_err(|refused| refused.within(&index.to_string()))
    }
}

/// An object's own entries; one that is `undefined` is not there, as in JSON.
struct Entries {
    pairs: Array,
    next: u32,
    value: Option<(String, Json)>,
}

impl Entries {
    fn of(object: &Object) -> Self {
        Self {
            pairs: Object::entries(object),
            next: 0,
            value: None,
        }
    }

    fn take(&mut self) -> Option<(String, Json)> {
        while self.next < self.pairs.length() {
            let entry: Array = self.pairs.get(self.next).unchecked_into();
            self.next += 1;
            let value = entry.get(1);
            if !value.is_undefined() {
                return Some((entry.get(0).as_string().unwrap_or_default(), Json(value)));
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refused> {
        self.value = self.take();
        match &self.value {
            Some((key, _)) => seed
                .deserialize(StringDeserializer::new(key.clone()))
                .map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let Some((key, value)) = self.value.take() else {
            return Err(Refused::internal("a value was asked for before its key"));
        };
        seed.deserialize(value)
            .map_err(|refused| refused.within(&key))
    }
}

struct Variant {
    name: String,
    content: Json,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Refused;
    type Variant = Json;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Json), Refused> {
        seed.deserialize(StringDeserializer::new(self.name))
            .map(|variant| (variant, self.content))
    }
}

impl<'de> VariantAccess<'de> for Json {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        if self.is_nothing() {
            Ok(())
        } else {
            Err(self.unexpected(&"a word alone"))
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refused> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_any(visitor)
    }
}
