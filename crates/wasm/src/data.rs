//! What a page shows before anything is written.

use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_recipe::recipe::BUILDER_VERSION;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::to_js::to_js;

/// Every preset, the default first.
#[wasm_bindgen(unchecked_return_type = "Preset[]")]
pub fn presets() -> Result<JsValue, JsValue> {
    to_js(&PRESETS)
}

/// Every quality specification, the default first.
#[wasm_bindgen(js_name = qualitySpecs, unchecked_return_type = "QualitySpec[]")]
pub fn quality_specs() -> Result<JsValue, JsValue> {
    to_js(&QUALITY_SPECS)
}

/// Raised whenever the same request would give another prompt or input; stored in every recipe.
#[wasm_bindgen(js_name = builderVersion)]
#[must_use]
pub fn builder_version() -> u32 {
    BUILDER_VERSION
}
