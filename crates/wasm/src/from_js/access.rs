//! The inside of lists, objects and variants.

use js_sys::{Array, Object};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use wasm_bindgen::{JsCast, JsValue};

use super::Json;
use crate::refusal::Refused;

/// A list's items.
pub(super) struct Items {
    items: Array,
    next: u32,
}

impl Items {
    pub(super) fn of(items: Array) -> Self {
        Self { items, next: 0 }
    }

    fn take(&mut self) -> Option<Json> {
        let item = (self.next < self.items.length()).then(|| Json(self.items.get(self.next)));
        self.next += 1;
        item
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        match self.take() {
            Some(item) => match seed.deserialize(item) {
                Ok(value) => Ok(Some(value)),
                Err(refused) => Err(refused.within_item(self.next - 1)),
            },
            None => Ok(None),
        }
    }
}

/// An object's own entries; one that is `undefined` is not there, as in JSON.
pub(super) struct Entries {
    pairs: Array,
    next: u32,
    key: String,
    value: Option<Json>,
}

impl Entries {
    pub(super) fn of(object: &Object) -> Self {
        Self {
            pairs: Object::entries(object),
            next: 0,
            key: String::new(),
            value: None,
        }
    }

    pub(super) fn take(&mut self) -> Option<(String, Json)> {
        while self.next < self.pairs.length() {
            let pair: Array = self.pairs.get(self.next).unchecked_into();
            self.next += 1;
            let value = pair.get(1);
            if !value.is_undefined() {
                return Some((pair.get(0).as_string().unwrap_or_default(), Json(value)));
            }
        }
        None
    }

    /// Moves to the next entry and gives its key.
    fn advance(&mut self) -> Option<String> {
        let (key, value) = self.take()?;
        self.value = Some(value);
        self.key.clone_from(&key);
        Some(key)
    }

    /// The value of the entry whose key was given last.
    fn value(&mut self) -> Json {
        self.value.take().unwrap_or(Json(JsValue::UNDEFINED))
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refused> {
        match self.advance() {
            Some(key) => seed.deserialize(StringDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        match seed.deserialize(self.value()) {
            Ok(value) => Ok(value),
            Err(refused) => Err(refused.within(&self.key)),
        }
    }
}

/// A variant of an enum and its content.
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) content: Json,
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
            Err(Refused::not(&"a word alone"))
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refused> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_map(visitor)
    }
}
