//! Why a value was refused, in the API's words.

use core::fmt::{self, Display};

use selfsame_primitives::error::{ErrorCode, Refusal};
use serde::de::{Error, Expected, Unexpected};
use wasm_bindgen::JsValue;

use crate::to_js::to_js;

/// A [`Refusal`] on its way to JavaScript: serde reports into it, and it gathers the path to the fault. Boxed,
/// because every step of reading returns one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused(Box<Refusal>);

impl Refused {
    pub(crate) fn new(code: ErrorCode, field: Option<&str>, message: &dyn Display) -> Self {
        Self(Box::new(Refusal {
            code,
            field: field.map(ToOwned::to_owned),
            message: message.to_string(),
        }))
    }

    /// Our fault.
    pub(crate) fn internal(message: &str) -> Self {
        Self::new(ErrorCode::Internal, None, &message)
    }

    /// A value of another kind.
    pub(crate) fn not(expected: &dyn Expected) -> Self {
        let message = format!("This must be {}.", plain(&expected.to_string()));
        Self::new(ErrorCode::InvalidValue, None, &message)
    }

    /// Something that has to be there is not, and nobody has said yet what.
    pub(crate) fn is_missing(&self) -> bool {
        self.0.code == ErrorCode::MissingField && self.0.field.is_none()
    }

    /// The same, seen from the list whose item it is.
    pub(crate) fn within_item(self, index: u32) -> Self {
        self.within(&index.to_string())
    }

    /// The same, seen from the object whose field it is.
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
        to_js(&*refused.0).unwrap_or_else(|cause| cause)
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Refused {}

impl Error for Refused {
    /// Core's own types say what a text is not: "not a trigger word (…)".
    fn custom<T: Display>(message: T) -> Self {
        let message = format!("This is {message}.");
        Self::new(ErrorCode::InvalidValue, None, &message)
    }

    /// What was found is not repeated: the person sees it in the field, and printing it would be a tenth of the
    /// module.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::not(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::not(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        let message = format!("This must be {expected}.");
        Self::new(ErrorCode::MissingField, None, &message)
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("“{found}” is not one of {}.", Listed(expected));
        Self::new(ErrorCode::InvalidValue, None, &message)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            ErrorCode::UnknownField,
            Some(field),
            &format_args!("There is no “{field}” here, only {}.", Listed(expected)),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(
            ErrorCode::MissingField,
            Some(field),
            &format_args!("“{field}” is missing."),
        )
    }
}

/// What serde expected, in words for people who do not write Rust.
fn plain(expected: &str) -> &str {
    match expected {
        "f64" => "a number",
        "u32" | "u64" => "a whole number",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}

/// Words with commas between them.
struct Listed(&'static [&'static str]);

impl Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}
