//! Rust values as the plain objects that JSON would give.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::refusal::Refused;

/// `value` as plain objects: maps as objects, `None` as `null`, every number a `number`.
pub(crate) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsValue> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Refused::internal(&error.to_string()).into())
}
