//! Recipes inside pictures.

use js_sys::JSON;
use selfsame_primitives::error::ErrorCode;
use selfsame_recipe::metadata::{self, MetadataError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::recipe;
use crate::refusal::Refused;

/// A PNG, JPEG or WebP file with `recipe` in it, in the place of any other; the pixels are not touched. Takes the
/// object that the API gives, or any JSON text of it. Throws a `Refusal`.
#[wasm_bindgen(js_name = embedRecipe)]
pub fn embed_recipe(
    picture: &[u8],
    #[wasm_bindgen(unchecked_param_type = "Recipe | string")] recipe: &JsValue,
) -> Result<Vec<u8>, JsValue> {
    let recipe = recipe::read(recipe)?;
    Ok(metadata::embed(picture, &recipe).map_err(Refused::from)?)
}

/// The recipe in a PNG, JPEG or WebP file; `null` when there is none. Throws a `Refusal`.
#[wasm_bindgen(js_name = readRecipe, unchecked_return_type = "Recipe | null")]
pub fn read_recipe(picture: &[u8]) -> Result<JsValue, JsValue> {
    match metadata::read(picture).map_err(Refused::from)? {
        Some(recipe) => JSON::parse(&recipe.canonical_json()),
        None => Ok(JsValue::NULL),
    }
}

/// A PNG, JPEG or WebP file without a recipe: as it was before one was embedded. Throws a `Refusal`.
#[wasm_bindgen(js_name = stripRecipe)]
pub fn strip_recipe(picture: &[u8]) -> Result<Vec<u8>, JsValue> {
    Ok(metadata::strip(picture).map_err(Refused::from)?)
}

impl From<MetadataError> for Refused {
    fn from(error: MetadataError) -> Self {
        match error {
            MetadataError::Recipe(error) => error.into(),
            error => Self::new(ErrorCode::PictureUnreadable, None, &error),
        }
    }
}
