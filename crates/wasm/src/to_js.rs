//! Rust values as the plain objects that JSON would give: maps as objects, `None` as `null`, every number a `number`.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::refusal::Refused;

/// `value`, property by property: for what is shown at every keystroke.
pub(crate) fn objects(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Refused::internal(&error.to_string()).into())
}

/// `value`, as one JSON text: a fraction of the code for each type, and there are many.
#[cfg(feature = "studio")]
pub(crate) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsValue> {
    match selfsame_recipe::canonical::write(value) {
        Some(text) => js_sys::JSON::parse(&text),
        None => Err(Refused::internal("This value cannot be written as JSON.").into()),
    }
}

/// The small module shows little else than previews, so it has no other way.
#[cfg(not(feature = "studio"))]
pub(crate) use objects as to_js;
