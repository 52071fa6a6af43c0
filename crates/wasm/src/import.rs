//! The import of prompts from other tools.

use selfsame_assist::import;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;

/// Imports a prompt that was pasted from another tool: the text that is left, the settings that moved, what was
/// dropped and why, and a diff to show first. Keep what was pasted to undo it.
#[wasm_bindgen(js_name = importPrompt, unchecked_return_type = "Import")]
pub fn import_prompt(text: &str) -> Result<JsValue, JsValue> {
    to_js(&import::import(text))
}
