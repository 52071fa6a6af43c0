//! Numbers in JSON: `3` instead of `3.0`, as JavaScript writes them, and whole numbers from any JSON number.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Unexpected, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::value::whole;

/// A number in a sentence, as ECMAScript prints it: the shortest digits that read back as the same number.
pub(crate) struct Plain(pub(crate) f64);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ryu_js::Buffer::new().format(self.0))
    }
}

/// For `serialize_with`.
// `allow`, because on wasm32 a reference is smaller than the number.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(crate) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(*number) {
        Some(integer) => serializer.serialize_i64(integer),
        None => serializer.serialize_f64(*number),
    }
}

/// For `serialize_with` on an optional number.
#[expect(clippy::ref_option, reason = "serde passes a reference")]
pub(crate) fn serialize_option<S: Serializer>(
    number: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match number.map(|number| (number, whole(number))) {
        Some((_, Some(integer))) => integer.serialize(serializer),
        Some((number, None)) => number.serialize(serializer),
        None => serializer.serialize_none(),
    }
}

/// For `deserialize_with`: an optional whole number, which clients may also write as `35.0`.
pub(crate) fn whole_option<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64>,
{
    deserializer.deserialize_option(WholeVisitor(PhantomData))
}

struct WholeVisitor<T>(PhantomData<T>);

impl<'de, T: TryFrom<u64>> Visitor<'de> for WholeVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number that is not negative")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        T::try_from(value)
            .map(Some)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        match whole(value) {
            Some(integer) => self.visit_i64(integer),
            // A whole number beyond 2^53 is out of every range, whatever its exact value.
            None if value > 0.0 && value % 1.0 == 0.0 => self.visit_u64(u64::MAX),
            None => Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn numbers_are_printed_as_people_write_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (3.0, "3"),
            (-1.0, "-1"),
            (2.8, "2.8"),
            (0.95, "0.95"),
            (-0.25, "-0.25"),
            (1.000_001, "1.000001"),
        ] {
            assert_eq!(Plain(number).to_string(), text);
        }
    }
}
