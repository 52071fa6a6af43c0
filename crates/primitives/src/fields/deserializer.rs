//! A serde deserializer over `serde_json::Value` with a typed error. `serde_json` has one of its own, whose errors
//! are text.

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Number, Value};

use super::error::{Error, Expected};

/// The value under a field, still to be read.
#[derive(Clone, Copy)]
pub(super) struct Json<'de>(pub(super) &'de Value);

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Error> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

fn visit_list<'de, V: Visitor<'de>>(items: &'de [Value], visitor: V) -> Result<V::Value, Error> {
    let mut items = SeqDeserializer::new(items.iter().map(Json));
    let value = visitor.visit_seq(&mut items)?;
    items.end()?;
    Ok(value)
}

type Fields<'de, I> = MapDeserializer<'de, I, Error>;

fn fields(
    object: &Map<String, Value>,
) -> Fields<'_, impl Iterator<Item = (BorrowedStrDeserializer<'_, Error>, Json<'_>)>> {
    MapDeserializer::new(object.iter().map(|(name, value)| {
        let name = BorrowedStrDeserializer::new(name);
        (name, Json(value))
    }))
}

impl<'de> IntoDeserializer<'de, Error> for Json<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! deserialize_whole_number {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0 {
                Value::Number(number) if !number.is_f64() => visit_number(number, visitor),
                _ => Err(Error::wrong_type(Expected::WholeNumber)),
            }
        })+
    };
}

macro_rules! deserialize_number {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0 {
                Value::Number(number) => visit_number(number, visitor),
                _ => Err(Error::wrong_type(Expected::Number)),
            }
        })+
    };
}

macro_rules! deserialize_text {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0 {
                Value::String(text) => visitor.visit_borrowed_str(text),
                _ => Err(Error::wrong_type(Expected::Text)),
            }
        })+
    };
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = Error;

    deserialize_whole_number! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    deserialize_number! { deserialize_f32 deserialize_f64 }

    deserialize_text! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct ignored_any }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visit_list(items, visitor),
            Value::Object(object) => self::fields(object).deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(Error::wrong_type(Expected::Boolean)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visit_list(items, visitor),
            _ => Err(Error::wrong_type(Expected::List)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(object) => fields(object).deserialize_any(visitor),
            _ => Err(Error::wrong_type(Expected::Object)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    /// A string is a variant without content, an object with one entry a variant with content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Value::Object(object) if object.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(fields(object)))
            }
            _ => Err(Error::not_one_of(variants)),
        }
    }
}
