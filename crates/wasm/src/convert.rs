//! Values across the boundary, as JSON would carry them.
//!
//! Out of Rust, `serde-wasm-bindgen` makes the objects. Into Rust, values become `serde_json::Value`s first and are
//! read by [`fields`] then, because `serde-wasm-bindgen` reads `undefined` as `null` where JSON has no field at all,
//! reports errors without the field at fault, and recurses through cyclic objects until the stack overflows.

use js_sys::{Array, JSON, Object};
use selfsame_primitives::error::ErrorCode;
use selfsame_primitives::fields;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use crate::refusal::Refused;

/// How deep a value can nest, as in `serde_json`. Cyclic objects end here.
const MAX_DEPTH: u32 = 128;

/// Reads an object, or the JSON text of one.
pub(crate) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Refused> {
    Ok(fields::read(&json(value)?)?)
}

/// Converts a value, or parses the JSON text of one.
pub(crate) fn json(value: &JsValue) -> Result<Value, Refused> {
    let Some(text) = value.as_string() else {
        return json_value(value, MAX_DEPTH);
    };
    let parsed = JSON::parse(&text).map_err(|cause| {
        let cause = cause
            .dyn_into::<js_sys::Error>()
            .map_or_else(|_| String::new(), |error| error.message().into());
        Refused::new(
            ErrorCode::InvalidJson,
            None,
            &format_args!("This is not JSON: {cause}."),
        )
    })?;
    json_value(&parsed, MAX_DEPTH)
}

/// What JSON cannot hold, such as a `bigint`, becomes `null`, which the reader then refuses with the field's name.
fn json_value(value: &JsValue, depth: u32) -> Result<Value, Refused> {
    let Some(depth) = depth.checked_sub(1) else {
        let message = "This value nests too deeply, or contains itself.";
        return Err(Refused::new(ErrorCode::InvalidValue, None, &message));
    };
    if let Some(text) = value.as_string() {
        return Ok(Value::String(text));
    }
    if let Some(number) = value.as_f64() {
        return Ok(json_number(number));
    }
    if let Some(value) = value.as_bool() {
        return Ok(Value::Bool(value));
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        let items = items.iter().map(|item| json_value(&item, depth));
        return items.collect::<Result<_, _>>().map(Value::Array);
    }
    if !value.is_object() {
        return Ok(Value::Null);
    }
    let mut fields = Map::new();
    for entry in Object::entries(value.unchecked_ref()) {
        let entry: Array = entry.unchecked_into();
        let field = entry.get(1);
        if !field.is_undefined() {
            let name = entry.get(0).as_string().unwrap_or_default();
            fields.insert(name, json_value(&field, depth)?);
        }
    }
    Ok(Value::Object(fields))
}

/// JavaScript does not distinguish 3 and 3.0, so every number without a fraction is an integer, as far as a double
/// holds integers exactly.
fn json_number(number: f64) -> Value {
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an integer that a double holds exactly"
    )]
    if number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER {
        Value::from(number as i64)
    } else {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
}

/// Makes the plain object that JSON would give: maps as objects, `None` as `null`, every number a `number`.
pub(crate) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsValue> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| Refused::internal(&error.to_string()).into())
}
