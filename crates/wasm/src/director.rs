//! The conversation.

use selfsame_assist::director::{Context, Director, PictureDraft};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::from_js;
use crate::convert::to_js;

/// Answers what a person said about `draft` (`{}` at the start) while they see the pictures of `context`. Throws a
/// `Refusal`.
#[wasm_bindgen(unchecked_return_type = "DirectorTurn")]
pub fn direct(
    #[wasm_bindgen(unchecked_param_type = "PictureDraft | string")] draft: &JsValue,
    say: &str,
    #[wasm_bindgen(unchecked_param_type = "Context | string")] context: &JsValue,
) -> Result<JsValue, JsValue> {
    let draft: PictureDraft = from_js(draft)?;
    let context: Context = from_js(context)?;
    to_js(&Director::english().direct(&draft, say, &context))
}
