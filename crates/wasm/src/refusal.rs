//! Errors that JavaScript catches: `Error` objects with the API's code, the field at fault and a sentence.

use std::fmt::Display;

use js_sys::{Error, Object};
use selfsame_primitives::error::{ErrorCode, Refusal};
use selfsame_primitives::fields::FieldError;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::convert::to_js;

/// A [`Refusal`] on its way to JavaScript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused(Refusal);

impl Refused {
    pub(crate) fn new(code: ErrorCode, field: Option<&str>, message: &dyn Display) -> Self {
        Self(Refusal {
            code,
            field: field.map(ToOwned::to_owned),
            message: message.to_string(),
        })
    }

    /// A defect of this module, or of the platform.
    pub(crate) fn internal(message: &str) -> Self {
        Self::new(ErrorCode::Internal, None, &message)
    }
}

impl From<FieldError> for Refused {
    fn from(error: FieldError) -> Self {
        Self::new(error.code(), error.field(), &error)
    }
}

impl From<Refused> for JsValue {
    fn from(Refused(refusal): Refused) -> Self {
        error_object(&refusal.message, &refusal)
    }
}

/// Makes an `Error`, so that `instanceof` and the stack work, and gives it the fields of `details`.
pub(crate) fn error_object(message: &str, details: &impl Serialize) -> JsValue {
    let error = Error::new(message);
    match to_js(details) {
        Ok(details) => Object::assign(&error, &Object::from(details)).into(),
        Err(cause) => cause,
    }
}
