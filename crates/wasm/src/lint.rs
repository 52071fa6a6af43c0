//! What will not work as a person may expect.

use selfsame_assist::lint;
use selfsame_prompt::compose::Composition;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::composer::Composer;
use crate::from_js::from_js;
use crate::refusal::Refused;
use crate::to_js::to_js;

/// Inspects compositions for one model, which is read once.
#[wasm_bindgen]
pub struct Linter {
    composer: Composer,
    linter: lint::Linter,
}

#[wasm_bindgen]
impl Linter {
    /// Reads a model, as a `Composer` does. Throws a `Refusal`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ModelProfile | string")] model: &JsValue,
    ) -> Result<Self, JsValue> {
        let composer = Composer::new(model)?;
        Ok(Self {
            linter: lint::Linter::new(composer.core().model()),
            composer,
        })
    }

    /// What there is to say of `composition`: first of its words, then of its settings. Throws a `Refusal` for a
    /// composition that cannot be sent at all.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn inspect(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Composition | string")] composition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let composition: Composition = from_js(composition)?;
        let composer = self.composer.core();
        let preview = composer.compose(&composition).map_err(Refused::from)?;
        to_js(&self.linter.inspect(&composition, &preview))
    }
}

/// `text` with `fix` carried out. A fix that does not fit the text changes nothing.
#[wasm_bindgen(js_name = applyFix)]
pub fn apply_fix(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Fix")] fix: &JsValue,
) -> Result<String, JsValue> {
    Ok(lint::apply_fix(text, &from_js(fix)?))
}
