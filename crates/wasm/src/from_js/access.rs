//! The inside of lists, objects and variants.

use js_sys::{Array, Object};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
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

/// The fields of a struct, in the order in which it declares them: reading by position is a fraction of the code that
/// serde derives for reading by name.
pub(super) struct Fields {
    names: &'static [&'static str],
    values: Vec<Option<Json>>,
    next: usize,
}

impl Fields {
    /// Of `entries`. One whose name is not among `names` is refused, unless the struct is `open`.
    pub(super) fn of(
        mut entries: Entries,
        names: &'static [&'static str],
        open: bool,
    ) -> Result<Self, Refused> {
        let mut values: Vec<Option<Json>> = names.iter().map(|_| None).collect();
        while let Some((name, value)) = entries.take() {
            let place = names.iter().position(|known| *known == name);
            match place.and_then(|index| values.get_mut(index)) {
                Some(place) => *place = Some(value),
                None if open => {}
                None => return Err(Refused::unknown_field(&name, names)),
            }
        }
        Ok(Self {
            names,
            values,
            next: 0,
        })
    }

    /// The next field's name and value.
    fn take(&mut self) -> (&'static str, Option<Json>) {
        let name = self.names.get(self.next).copied().unwrap_or_default();
        let value = self.values.get_mut(self.next).and_then(Option::take);
        self.next += 1;
        (name, value)
    }

    /// `refused`, and where nothing was found for a field that has to be there, which one.
    pub(super) fn named(&self, refused: Refused) -> Refused {
        match self.names.get(self.next.wrapping_sub(1)) {
            Some(name) if refused.is_missing() => Refused::missing_field(name),
            _ => refused,
        }
    }
}

impl<'de> SeqAccess<'de> for &mut Fields {
    type Error = Refused;

    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        let (name, value) = self.take();
        match value.map(|value| seed.deserialize(value)) {
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(refused)) => Err(refused.within(name)),
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
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.fields(names, false, visitor)
    }
}
