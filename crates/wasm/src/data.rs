//! What a page needs before anything is written: presets, quality specifications, limits and seeds.

use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::{MAX_CHARACTERS, QUALITY_SPECS};
use selfsame_recipe::BUILDER_VERSION;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Crypto;

use crate::convert::to_js;
use crate::refusal::Refused;

#[wasm_bindgen]
extern "C" {
    /// The global object's `crypto`, which windows, workers and Node have alike.
    #[wasm_bindgen(js_name = crypto, thread_local_v2)]
    static CRYPTO: Option<Crypto>;
}

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

/// The version of the builder, raised whenever the same request would give another prompt or input. Every recipe
/// stores it.
#[wasm_bindgen(js_name = builderVersion)]
#[must_use]
pub fn builder_version() -> u32 {
    BUILDER_VERSION
}

/// The longest text that can be sent, in characters: Unicode code points, `[...text].length` in JavaScript. A
/// string's `length` counts UTF-16 units, of which an emoji has two and more.
#[wasm_bindgen(js_name = maxCharacters)]
#[must_use]
pub fn max_characters() -> usize {
    MAX_CHARACTERS
}

/// Draws a seed from 1 to 4294967295 with the platform's cryptographic random numbers. 0 is not a seed: a provider
/// replaces it.
#[wasm_bindgen(js_name = drawSeed)]
pub fn draw_seed() -> Result<u32, JsValue> {
    let crypto = CRYPTO
        .with(Option::clone)
        .ok_or_else(|| Refused::internal("This platform has no Web Crypto to draw a seed with."))?;
    loop {
        let mut bytes = [0; 4];
        crypto.get_random_values_with_u8_array(&mut bytes)?;
        let seed = u32::from_le_bytes(bytes);
        if seed != 0 {
            return Ok(seed);
        }
    }
}
