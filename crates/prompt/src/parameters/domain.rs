//! The values that a parameter accepts, as data for menus, sliders and errors.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InputValue;
use super::number::Plain;

/// The accepted values. Bounds are inclusive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Any number in the range.
    Number {
        /// Smallest.
        #[serde(serialize_with = "super::number::serialize")]
        min: f64,
        /// Largest.
        #[serde(serialize_with = "super::number::serialize")]
        max: f64,
    },
    /// A whole number in the range.
    Integer {
        /// Smallest.
        min: u32,
        /// Largest.
        max: u32,
    },
    /// One of these words.
    Choice(Vec<String>),
    /// True or false.
    Boolean,
}

impl Domain {
    /// A choice among `words`.
    pub(crate) fn choice<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self::Choice(words.map(ToOwned::to_owned).collect())
    }

    /// Whether `value` is accepted.
    #[must_use]
    pub fn contains(&self, value: &InputValue) -> bool {
        match (self, value) {
            (Self::Number { min, max }, value) => {
                as_number(value).is_some_and(|number| (*min..=*max).contains(&number))
            }
            (Self::Integer { min, max }, InputValue::Integer(value)) => {
                (i64::from(*min)..=i64::from(*max)).contains(value)
            }
            (Self::Choice(words), InputValue::Text(text)) => words.contains(text),
            (Self::Boolean, InputValue::Bool(_)) => true,
            _ => false,
        }
    }

    /// The accepted value nearest to `value`: for a number the bound that it exceeds, for a word the first of the list.
    /// `None` when the domain is empty or of another type.
    pub(crate) fn nearest(&self, value: &InputValue) -> Option<InputValue> {
        let nearest = match (self, value) {
            (Self::Number { min, max }, value) => {
                InputValue::number(as_number(value)?.max(*min).min(*max))
            }
            (Self::Integer { min, max }, InputValue::Integer(value)) => {
                InputValue::Integer((*value).max(i64::from(*min)).min(i64::from(*max)))
            }
            (Self::Choice(words), InputValue::Text(_)) => InputValue::Text(words.first()?.clone()),
            (Self::Boolean, InputValue::Bool(value)) => InputValue::Bool(*value),
            _ => return None,
        };
        self.contains(&nearest).then_some(nearest)
    }
}

impl fmt::Display for Domain {
    /// The end of a sentence that begins with "must be": `a whole number from 1 to 50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { min, max } => {
                write!(f, "a number from {} to {}", Plain(*min), Plain(*max))
            }
            Self::Integer { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Choice(words) => {
                if words.len() != 1 {
                    f.write_str("one of ")?;
                }
                for (index, word) in words.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    f.write_str(word)?;
                }
                Ok(())
            }
            Self::Boolean => f.write_str("true or false"),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an integer beyond 2^53 is far outside every range, exact or not"
)]
fn as_number(value: &InputValue) -> Option<f64> {
    match value {
        InputValue::Integer(value) => Some(*value as f64),
        InputValue::Number(value) => Some(*value),
        InputValue::Bool(_) | InputValue::Text(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inclusive() {
        let scale = Domain::Number {
            min: -1.0,
            max: 2.0,
        };
        for (number, inside) in [
            (-1.0, true),
            (2.0, true),
            (0.95, true),
            (2.000_1, false),
            (-1.5, false),
            (f64::NAN, false),
            (f64::INFINITY, false),
        ] {
            assert_eq!(
                scale.contains(&InputValue::number(number)),
                inside,
                "{number}"
            );
        }
        assert!(!scale.contains(&InputValue::text("1")));
        assert_eq!(
            scale.nearest(&InputValue::Number(2.5)),
            Some(InputValue::Integer(2))
        );
    }

    #[test]
    fn an_empty_domain_accepts_nothing() {
        let upside_down = Domain::Number { min: 3.0, max: 1.0 };
        let undefined = Domain::Number {
            min: f64::NAN,
            max: f64::NAN,
        };
        for domain in [upside_down, undefined, Domain::Choice(Vec::new())] {
            for value in [InputValue::Number(2.5), InputValue::text("1:1")] {
                assert!(!domain.contains(&value));
                assert_eq!(domain.nearest(&value), None);
            }
        }
    }
}
