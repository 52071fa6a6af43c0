//! What is wrong with a JSON value, and the sentence that says so.

use std::fmt::{self, Display};

use serde::de::{self, Unexpected};

use crate::error::ErrorCode;

/// A JSON value is not a valid request. Displays as one sentence for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    field: Option<String>,
    problem: Problem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A required field is absent.
    Missing,
    /// The object has no field of this name.
    Unknown {
        /// The names that it has.
        known: &'static [&'static str],
    },
    /// The value is of another JSON type.
    WrongType(Expected),
    /// The number is below zero, where only zero and above fit.
    Negative,
    /// The number is too large for its type.
    TooLarge,
    /// The text is not one of the accepted words.
    NotOneOf(&'static [&'static str]),
    /// The value is of the right JSON type and still not valid; the text completes "The field is …".
    Invalid(String),
}

/// The kind of value that a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    WholeNumber,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
    /// A kind that a type describes in its own words.
    Other(String),
}

/// The most characters of a field's name that an error quotes.
const LONGEST_NAME: usize = 64;

/// The name of a field as an error quotes it: cut when it is longer than any real field name.
pub(super) fn quoted(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

impl FieldError {
    pub(super) const fn new(problem: Problem) -> Self {
        Self {
            field: None,
            problem,
        }
    }

    pub(super) const fn wrong_type(expected: Expected) -> Self {
        Self::new(Problem::WrongType(expected))
    }

    fn named(name: &str, problem: Problem) -> Self {
        Self {
            field: Some(quoted(name)),
            problem,
        }
    }

    /// The same error, seen from the object whose field `name` it is in.
    pub(super) fn within(mut self, name: &str) -> Self {
        self.field = Some(match self.field {
            None => name.to_owned(),
            Some(item) if item.starts_with('[') => name.to_owned() + &item,
            Some(field) => format!("{name}.{field}"),
        });
        self
    }

    /// The same error, seen from the list whose item it is in.
    pub(super) fn within_item(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// The field at fault, dotted (`overrides.steps`, `slots.mood[0]`). `None` when the value as a whole is wrong.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The API's stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self.problem {
            Problem::Missing => ErrorCode::MissingField,
            Problem::Unknown { .. } => ErrorCode::UnknownField,
            Problem::Negative | Problem::TooLarge => ErrorCode::OutOfRange,
            Problem::WrongType(_) | Problem::NotOneOf(_) | Problem::Invalid(_) => {
                ErrorCode::InvalidValue
            }
        }
    }
}

impl Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(field) = &self.field else {
            return match &self.problem {
                Problem::WrongType(expected) => write!(f, "The value must be {expected}."),
                Problem::NotOneOf(words) => write!(f, "The value must be {}.", OneOf(words)),
                Problem::Invalid(what) => write!(f, "The value is {what}."),
                _ => f.write_str("The value is out of range."),
            };
        };
        match &self.problem {
            Problem::Missing => write!(f, "The field `{field}` is missing."),
            Problem::Unknown { .. } => {
                write!(f, "There is no field `{field}` here; check its spelling.")
            }
            Problem::WrongType(expected) => write!(f, "The field `{field}` takes {expected}."),
            Problem::Negative => write!(f, "The field `{field}` takes no negative number."),
            Problem::TooLarge => write!(
                f,
                "The number in the field `{field}` is larger than any it takes."
            ),
            Problem::NotOneOf(words) => {
                write!(f, "The field `{field}` takes one word: {}.", OneOf(words))
            }
            Problem::Invalid(what) => write!(f, "The field `{field}` is {what}."),
        }
    }
}

impl std::error::Error for FieldError {}

impl Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "true or false",
            Self::WholeNumber => "a whole number",
            Self::Number => "a number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Other(words) => words,
        })
    }
}

/// The accepted words, in a sentence.
struct OneOf(&'static [&'static str]);

impl Display for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let separator = match index {
                0 if self.0.len() > 1 => "one of ",
                0 => "",
                _ => ", ",
            };
            write!(f, "{separator}`{word}`")?;
        }
        Ok(())
    }
}

impl de::Error for FieldError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Problem::Invalid(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::wrong_type(Expected::Other(expected.to_string()))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(match found {
            Unexpected::Signed(number) if number < 0 => Problem::Negative,
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => Problem::TooLarge,
            _ => Problem::WrongType(Expected::Other(expected.to_string())),
        })
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::wrong_type(Expected::Other(expected.to_string()))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Problem::NotOneOf(expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::named(field, Problem::Unknown { known: expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::named(field, Problem::Missing)
    }
}
