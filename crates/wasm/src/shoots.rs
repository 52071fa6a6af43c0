//! Photoshoots.

use selfsame_series::shoots::{self, ShootError, ShootRequest};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::composer::Composer;
use crate::convert::from_js;
use crate::convert::to_js;
use crate::refusal::Refused;

/// What a menu needs of every photoshoot.
#[wasm_bindgen(unchecked_return_type = "ShootListing[]")]
pub fn shoots() -> Result<JsValue, JsValue> {
    to_js(&shoots::listing())
}

#[wasm_bindgen]
impl Composer {
    /// Plans a photoshoot picture by picture, before anything is sent. `request` is an object or its JSON text. Throws
    /// a `Refusal`.
    #[wasm_bindgen(js_name = expandShoot, unchecked_return_type = "ShootPlan")]
    pub fn expand_shoot(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShootRequest | string")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let request: ShootRequest = from_js(request)?;
        let plan = request.expand(self.native());
        to_js(&plan.map_err(Refused::from)?)
    }
}

impl From<ShootError> for Refused {
    fn from(error: ShootError) -> Self {
        Self::new(error.code(), error.field(), &error)
    }
}
