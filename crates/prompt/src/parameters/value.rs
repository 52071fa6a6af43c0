//! Values as a provider receives them.

use std::fmt;

use super::number::Plain;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

/// A JSON scalar. A number without a fraction whose magnitude is below 2^53 is always [`Integer`](Self::Integer). So a
/// value that has been through JavaScript, where `3.0` and `3` are the same, is still equal and has the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum InputValue {
    /// A JSON boolean.
    Bool(bool),
    /// A JSON integer.
    Integer(#[cfg_attr(feature = "typescript", ts(type = "number"))] i64),
    /// Any other JSON number. Made by [`InputValue::number`].
    Number(f64),
    /// A JSON string.
    Text(String),
}

/// 2^53. A JavaScript number holds every smaller integer exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// `number` as an integer, if it has no fraction and its magnitude is below 2^53. -0 becomes 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range check before it leaves only exact integers"
)]
#[must_use]
pub fn whole(number: f64) -> Option<i64> {
    (number.abs() < EXACT && number % 1.0 == 0.0).then_some(number as i64)
}

impl InputValue {
    /// A number in its only form: an integer if it has no fraction.
    #[must_use]
    pub fn number(number: f64) -> Self {
        whole(number).map_or(Self::Number(number), Self::Integer)
    }

    /// A string.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl fmt::Display for InputValue {
    /// For a sentence: strings have no quotation marks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Number(value) => Plain(*value).fmt(f),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl<'de> Deserialize<'de> for InputValue {
    // Hand-written because a derived untagged enum buffers every value first and distinguishes `3.0` from `3`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = InputValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a number or a string")
    }

    fn visit_bool<E>(self, value: bool) -> Result<InputValue, E> {
        Ok(InputValue::Bool(value))
    }

    /// An integer beyond 2^53 becomes a `Number`, as in JavaScript.
    #[expect(clippy::cast_precision_loss, reason = "JavaScript has lost it already")]
    fn visit_i64<E>(self, value: i64) -> Result<InputValue, E> {
        Ok(InputValue::number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript has lost it already")]
    fn visit_u64<E>(self, value: u64) -> Result<InputValue, E> {
        Ok(InputValue::number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<InputValue, E> {
        Ok(InputValue::number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<InputValue, E> {
        Ok(InputValue::text(value))
    }

    fn visit_string<E>(self, value: String) -> Result<InputValue, E> {
        Ok(InputValue::Text(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form() {
        assert_eq!(InputValue::number(3.0), InputValue::Integer(3));
        assert_eq!(InputValue::number(-0.0), InputValue::Integer(0));
        assert_eq!(InputValue::number(3.5), InputValue::Number(3.5));
        assert!(matches!(
            InputValue::number(f64::NAN),
            InputValue::Number(_)
        ));
        assert_eq!(InputValue::number(1e300), InputValue::Number(1e300));
    }

    #[test]
    fn values_round_trip_through_json() {
        for (json, value) in [
            ("true", InputValue::Bool(true)),
            ("3", InputValue::Integer(3)),
            ("-1", InputValue::Integer(-1)),
            ("3.5", InputValue::Number(3.5)),
            ("\"0.25\"", InputValue::text("0.25")),
        ] {
            assert_eq!(serde_json::from_str::<InputValue>(json).unwrap(), value);
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
        assert_eq!(
            serde_json::from_str::<InputValue>("3.0").unwrap(),
            InputValue::Integer(3)
        );
        assert!(serde_json::from_str::<InputValue>("null").is_err());
        assert!(serde_json::from_str::<InputValue>("[1]").is_err());
    }
}
