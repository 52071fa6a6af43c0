//! Seeds from the platform's own randomness.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Crypto;

use crate::refusal::Refused;

#[wasm_bindgen]
extern "C" {
    /// The global object's `crypto`: there in windows, workers and Node 20 alike.
    #[wasm_bindgen(js_name = crypto, thread_local_v2)]
    static CRYPTO: Option<Crypto>;
}

/// A seed, 1 to 4294967295, drawn anew at each call. 0 is not a seed: a provider replaces it.
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
