//! Previews for one model.

use selfsame_core::compose::{self, ComposeError, Composition};
use selfsame_core::model::ModelProfile;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::from_js::from_js;
use crate::refusal::Refused;
use crate::to_js::to_js;

/// Composes for one model, which is read once.
#[wasm_bindgen]
pub struct Composer(compose::Composer);

#[wasm_bindgen]
impl Composer {
    /// Reads a model: as the API sends it, or just `{trigger, class_word, dialect, weights}`; an object, or its
    /// JSON text. Throws a `Refusal`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ModelProfile | string")] model: &JsValue,
    ) -> Result<Self, JsValue> {
        let model: ModelProfile = from_js(model)?;
        Ok(Self(compose::Composer::new(model)))
    }

    /// What would be sent for `composition` (an object, or its JSON text), and why. Throws a `Refusal`.
    #[wasm_bindgen(unchecked_return_type = "Preview")]
    pub fn preview(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Composition | string")] composition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let composition: Composition = from_js(composition)?;
        let preview = self.0.compose(&composition).map_err(Refused::from)?;
        to_js(&preview)
    }
}

impl From<ComposeError> for Refused {
    fn from(error: ComposeError) -> Self {
        Self::new(error.code(), error.field(), &error)
    }
}
