//! A serde deserializer over `serde_json::Value` with a typed error. `serde_json` has one of its own, whose errors
//! are text.
//!
//! The path to a faulty field is gathered while the error travels up. `serde_path_to_error` does the same by wrapping
//! every visitor; in the browser module its wrappers were 92 KB of 723 KB of code.

use std::iter::Enumerate;
use std::slice;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Number, Value, map};

use super::error::{Expected, FieldError, Problem};

/// The value under a field, still to be read.
#[derive(Clone, Copy)]
pub(super) struct Json<'de>(pub(super) &'de Value);

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, FieldError> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

/// The items of a list.
struct Items<'de>(Enumerate<slice::Iter<'de, Value>>);

impl<'de> Items<'de> {
    fn of(items: &'de [Value]) -> Self {
        Self(items.iter().enumerate())
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = FieldError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FieldError> {
        let Some((index, item)) = self.0.next() else {
            return Ok(None);
        };
        match seed.deserialize(Json(item)) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_item(index)),
        }
    }
}

/// The fields of an object.
struct Fields<'de> {
    rest: map::Iter<'de>,
    /// The field whose name was read last.
    current: Option<(&'de str, &'de Value)>,
}

impl<'de> Fields<'de> {
    fn of(object: &'de Map<String, Value>) -> Self {
        Self {
            rest: object.iter(),
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FieldError> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.current = Some((name, value));
        match seed.deserialize(BorrowedStrDeserializer::<FieldError>::new(name)) {
            Ok(key) => Ok(Some(key)),
            // An unknown field has named itself.
            Err(error) if error.field().is_some() => Err(error),
            Err(error) => Err(error.within(name)),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FieldError> {
        let (name, value) = self.current.take().unwrap_or(("", &Value::Null));
        match seed.deserialize(Json(value)) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.within(name)),
        }
    }
}

macro_rules! deserialize_whole_number {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
            match self.0 {
                Value::Number(number) if !number.is_f64() => visit_number(number, visitor),
                _ => Err(FieldError::wrong_type(Expected::WholeNumber)),
            }
        })+
    };
}

macro_rules! deserialize_number {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
            match self.0 {
                Value::Number(number) => visit_number(number, visitor),
                _ => Err(FieldError::wrong_type(Expected::Number)),
            }
        })+
    };
}

macro_rules! deserialize_text {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
            match self.0 {
                Value::String(text) => visitor.visit_borrowed_str(text),
                _ => Err(FieldError::wrong_type(Expected::Text)),
            }
        })+
    };
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = FieldError;

    deserialize_whole_number! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    deserialize_number! { deserialize_f32 deserialize_f64 }

    deserialize_text! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct ignored_any }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items::of(items)),
            Value::Object(object) => visitor.visit_map(Fields::of(object)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(FieldError::wrong_type(Expected::Boolean)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items::of(items)),
            _ => Err(FieldError::wrong_type(Expected::List)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::Object(object) => visitor.visit_map(Fields::of(object)),
            _ => Err(FieldError::wrong_type(Expected::Object)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.deserialize_map(visitor)
    }

    /// A string is a variant without content, an object with one entry a variant with content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Value::Object(object) if object.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Fields::of(object)))
            }
            _ => Err(FieldError::new(Problem::NotOneOf(variants))),
        }
    }
}
