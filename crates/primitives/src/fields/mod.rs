//! Reads typed requests from JSON values. A value that does not fit is refused with the field, a stable code and a
//! sentence for the person who wrote the request.
//!
//! `serde_json` reports such errors as English text only. Here the deserializer has an error type of its own, so that
//! callers match on enums and the wording stays in one place. It lives in this crate because the Worker and the
//! browser module both read requests, and nothing else is known to both.

mod deserializer;
mod error;
mod parse;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub use error::{Expected, FieldError, Problem};
pub use parse::{ParseError, parse};

/// Reads `value` as `T`.
///
/// An object is read by its field names only: serde's derived types would also take a list, by position, and that is
/// refused here.
///
/// # Examples
///
/// ```
/// use selfsame_primitives::{error::ErrorCode, fields};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Request {
///     steps: u32,
/// }
///
/// let error = fields::read::<Request>(&serde_json::json!({"steps": "many"})).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::InvalidValue);
/// assert_eq!(error.field(), Some("steps"));
/// assert_eq!(error.to_string(), "The field `steps` takes a whole number.");
/// ```
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, FieldError> {
    T::deserialize(deserializer::Json(value))
}

#[cfg(test)]
mod tests;
