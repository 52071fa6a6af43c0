//! What must hold in every place where the module runs.

mod composing;
#[path = "../../../assist/tests/conversation/mod.rs"]
mod conversation;
mod corpora;
mod metadata;
mod recipes;
mod refusals;
mod templates;
mod tokens;
mod values;

use js_sys::JSON;
use wasm_bindgen::JsValue;

/// The JavaScript object of a JSON text.
fn object(json: &str) -> JsValue {
    JSON::parse(json).expect("it is JSON")
}

/// The JSON text of a JavaScript value.
fn json(value: &JsValue) -> String {
    JSON::stringify(value).expect("it has a JSON text").into()
}
