//! The parts of a preview by themselves: the prompt without a model, and a model version's input schema.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::placement::{PromptError, PromptRequest};
use selfsame_prompt::schema::{InputSchema, SchemaError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, json, to_js};
use crate::refusal::Refused;

/// Builds one prompt, without a model or parameters. Throws a `Refusal`.
#[wasm_bindgen(unchecked_return_type = "Built")]
pub fn build(
    #[wasm_bindgen(unchecked_param_type = "PromptRequest | string")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    let request: PromptRequest = from_js(request)?;
    to_js(&request.build().map_err(Refused::from)?)
}

/// Reads a model version's `openapi_schema`, or its `Input` schema alone: an object, or its JSON text. For developers
/// who have a schema and no Worker. Throws a `Refusal`.
#[wasm_bindgen(js_name = parseDialect, unchecked_return_type = "Dialect")]
pub fn parse_dialect(
    #[wasm_bindgen(unchecked_param_type = "object | string")] schema: &JsValue,
) -> Result<JsValue, JsValue> {
    let schema = InputSchema::from_openapi(&json(schema)?).map_err(Refused::from)?;
    to_js(&schema)
}

impl From<PromptError> for Refused {
    fn from(error: PromptError) -> Self {
        let code = match error {
            PromptError::TooLong { .. } => ErrorCode::PromptTooLong,
        };
        Self::new(code, Some("input"), &error)
    }
}

impl From<SchemaError> for Refused {
    fn from(error: SchemaError) -> Self {
        Self::new(ErrorCode::ModelUnusable, None, &error)
    }
}
