//! A model version's schema, for developers who have one and no edge.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::schema::{InputSchema, SchemaError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::from_js::Json;
use crate::refusal::Refused;
use crate::to_js::to_js;

/// Reads a model version's `openapi_schema`, or its `Input` schema alone: an object, or its JSON text.
/// Throws a `Refusal`.
#[wasm_bindgen(js_name = parseDialect, unchecked_return_type = "Dialect")]
pub fn parse_dialect(
    #[wasm_bindgen(unchecked_param_type = "object | string")] schema: &JsValue,
) -> Result<JsValue, JsValue> {
    let dialect = InputSchema::from_openapi(Json::of(schema)?).map_err(Refused::from)?;
    to_js(&dialect)
}

impl From<SchemaError> for Refused {
    fn from(error: SchemaError) -> Self {
        Self::new(ErrorCode::ModelUnusable, None, &error)
    }
}
