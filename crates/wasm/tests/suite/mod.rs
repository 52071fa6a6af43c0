//! Tests that run in Node, in a browser page and in a Worker alike.

mod composing;
#[path = "../../../assist/tests/conversation/mod.rs"]
mod conversation;
mod corpora;
mod picture;
mod recipes;
mod refusals;
mod templates;
mod tokens;
mod values;

use js_sys::{Error, JSON};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// The JavaScript object of a JSON text.
fn object(json: &str) -> JsValue {
    JSON::parse(json).expect("it is JSON")
}

/// The JSON text of a JavaScript value.
fn json(value: &JsValue) -> String {
    JSON::stringify(value).expect("it has a JSON text").into()
}

/// The fields of a thrown `Error` object, its message included.
fn thrown(error: &JsValue) -> Value {
    let object: &Error = error.dyn_ref().expect("an Error object");
    let mut fields: Value = serde_json::from_str(&json(error)).expect("its fields are JSON");
    fields["message"] = String::from(object.message()).into();
    fields
}
