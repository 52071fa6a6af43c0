//! The words alone.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::placement::{PromptError, PromptRequest};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::from_js::from_js;
use crate::refusal::Refused;
use crate::to_js::to_js;

/// Builds one prompt, without a model or parameters. Throws a `Refusal`.
#[wasm_bindgen(unchecked_return_type = "Built")]
pub fn build(
    #[wasm_bindgen(unchecked_param_type = "PromptRequest | string")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    let request: PromptRequest = from_js(request)?;
    to_js(&request.build().map_err(Refused::from)?)
}

impl From<PromptError> for Refused {
    fn from(error: PromptError) -> Self {
        let code = match error {
            PromptError::TooLong { .. } => ErrorCode::PromptTooLong,
        };
        Self::new(code, Some("input"), &error)
    }
}
