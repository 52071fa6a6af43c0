//! Why a value was refused, in the API's words.

use core::fmt::{self, Display};

use selfsame_core::wire::{ErrorCode, Refusal};
use serde::de::{Error, Expected, Unexpected};
use wasm_bindgen::JsValue;

use crate::to_js::to_js;

/// A [`Refusal`] on its way to JavaScript: serde reports into it, and it gathers the path to the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused(Refusal);

impl Refused {
    pub(crate) fn new(code: ErrorCode, field: Option<&str>, message: impl Display) -> Self {
        Self(Refusal {
            code,
            field: field.map(ToOwned::to_owned),
            message: message.to_string(),
        })
    }

    /// Our fault.
    pub(crate) fn internal(message: impl Display) -> Self {
        Self::new(ErrorCode::Internal, None, message)
    }

    /// The same, seen from one level up.
    pub(crate) fn within(mut self, key: &str) -> Self {
        self.0.field = Some(match self.0.field {
            Some(below) => format!("{key}.{below}"),
            None => key.to_owned(),
        });
        self
    }
}

impl From<Refused> for JsValue {
    fn from(refused: Refused) -> Self {
        // A refusal holds nothing but strings: writing one cannot fail.
        to_js(&refused.0).unwrap_or_else(|cause| cause)
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Refused {}

impl Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(ErrorCode::InvalidValue, None, message)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("This is {found}; it should be {expected}."))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format_args!(
            "“{found}” is not one of {}.",
            expected.join(", ")
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            ErrorCode::UnknownField,
            Some(field),
            format_args!("There is no “{field}” here, only {}.", expected.join(", ")),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(
            ErrorCode::MissingField,
            Some(field),
            format_args!("“{field}” is missing."),
        )
    }
}
