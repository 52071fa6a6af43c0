//! Recipes in picture files.

use js_sys::JSON;
use selfsame_primitives::error::ErrorCode;
use selfsame_recipe::picture::{PictureError, embed, read, strip};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::recipe;
use crate::refusal::Refused;

/// Embeds `recipe` in a PNG, JPEG or WebP file, in place of any other recipe; the pixels stay as they are. Takes the
/// object that the API gives, or any JSON text of it. Throws a `Refusal`.
#[wasm_bindgen(js_name = embedRecipe)]
pub fn embed_recipe(
    picture: &[u8],
    #[wasm_bindgen(unchecked_param_type = "Recipe | string")] recipe: &JsValue,
) -> Result<Vec<u8>, JsValue> {
    let recipe = recipe::read(recipe)?;
    Ok(embed(picture, &recipe).map_err(Refused::from)?)
}

/// Reads the recipe in a PNG, JPEG or WebP file; `null` when it has none. Throws a `Refusal`.
#[wasm_bindgen(js_name = readRecipe, unchecked_return_type = "Recipe | null")]
pub fn read_recipe(picture: &[u8]) -> Result<JsValue, JsValue> {
    match read(picture).map_err(Refused::from)? {
        Some(recipe) => JSON::parse(&recipe.canonical_json()),
        None => Ok(JsValue::NULL),
    }
}

/// Takes the recipe out of a PNG, JPEG or WebP file, which is then as it was before one was embedded. Throws a
/// `Refusal`.
#[wasm_bindgen(js_name = stripRecipe)]
pub fn strip_recipe(picture: &[u8]) -> Result<Vec<u8>, JsValue> {
    Ok(strip(picture).map_err(Refused::from)?)
}

impl From<PictureError> for Refused {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Recipe(error) => error.into(),
            error => Self::new(ErrorCode::PictureUnreadable, None, &error),
        }
    }
}
