//! The lint.

use selfsame_assist::lint::{self, Finding};
use selfsame_prompt::compose::Composition;
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::composer::Composer;
use crate::convert::{from_js, to_js};
use crate::refusal::Refused;

#[wasm_bindgen]
impl Composer {
    /// Composes once for both a preview and the linter's findings. The preview is that of `preview`, the findings are
    /// those of `Linter.inspect`. Throws a `Refusal`.
    #[wasm_bindgen(unchecked_return_type = "{ preview: Preview; findings: Finding[] }")]
    pub fn review(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Composition | string")] composition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let composition: Composition = from_js(composition)?;
        let preview = self.compose(&composition).map_err(Refused::from)?;
        let findings = self.linter().inspect(&composition, &preview);
        to_js(&Review {
            preview: self.show(preview)?,
            findings: &findings,
        })
    }
}

#[derive(Serialize)]
struct Review<'a> {
    #[serde(serialize_with = "preserve::serialize")]
    preview: JsValue,
    findings: &'a [Finding],
}

/// Finds what will not work in compositions for one model, which is read once.
#[wasm_bindgen]
pub struct Linter {
    composer: Composer,
}

#[wasm_bindgen]
impl Linter {
    /// Reads a model, as a `Composer` does. Throws a `Refusal`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ModelProfile | string")] model: &JsValue,
    ) -> Result<Self, JsValue> {
        let composer = Composer::new(model)?;
        Ok(Self { composer })
    }

    /// The findings about `composition`, first about its words, then about its settings. It composes to find them:
    /// `Composer.review` gives the preview as well. Throws a `Refusal` for a composition that cannot be sent.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn inspect(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Composition | string")] composition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let composition: Composition = from_js(composition)?;
        let composer = self.composer.native();
        let preview = composer.compose(&composition).map_err(Refused::from)?;
        to_js(&self.composer.linter().inspect(&composition, &preview))
    }
}

/// Applies `fix` to `text`. A fix that does not match the text changes nothing.
#[wasm_bindgen(js_name = applyFix)]
pub fn apply_fix(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Fix")] fix: &JsValue,
) -> Result<String, JsValue> {
    Ok(lint::apply_fix(text, &from_js(fix)?))
}
