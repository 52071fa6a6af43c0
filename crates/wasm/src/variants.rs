//! Many prompts from one template.

use selfsame_series::variants::{self, VariantError, VariantRequest};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::from_js;
use crate::convert::to_js;
use crate::refusal::error_object;

/// Expands a template. Throws a `VariantError` for a fault in the template, a `Refusal` for a fault in the request.
#[wasm_bindgen(js_name = expandVariants, unchecked_return_type = "Variants")]
pub fn expand_variants(
    #[wasm_bindgen(unchecked_param_type = "VariantRequest | string")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    let request: VariantRequest = from_js(request)?;
    to_js(&request.expand().map_err(|error| thrown(&error))?)
}

/// Counts the variants of a template without making them. Throws as `expandVariants` does.
#[wasm_bindgen(js_name = countVariants, unchecked_return_type = "VariantCount")]
pub fn count_variants(
    #[wasm_bindgen(unchecked_param_type = "VariantRequest | string")] request: &JsValue,
) -> Result<JsValue, JsValue> {
    let request: VariantRequest = from_js(request)?;
    to_js(&request.count().map_err(|error| thrown(&error))?)
}

/// The built-in lists that a template can name as `__name__`.
#[wasm_bindgen(js_name = wildcards, unchecked_return_type = "Wildcard[]")]
pub fn wildcards() -> Result<JsValue, JsValue> {
    to_js(&variants::built_in())
}

fn thrown(error: &VariantError) -> JsValue {
    error_object(&error.to_string(), error)
}
