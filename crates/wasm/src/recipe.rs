//! Recipes: their one text, its id, and making a picture again.

use js_sys::JSON;
use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::model::ModelProfile;
use selfsame_recipe::{Recipe, RecipeError, ReplayError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::from_js;
use crate::convert::to_js;
use crate::refusal::Refused;

/// A recipe's canonical JSON: what its id is made from, and what a picture carries. Takes the object that the API
/// gives, or any JSON text of it. Throws a `Refusal`.
#[wasm_bindgen(js_name = canonicalRecipe)]
pub fn canonical_recipe(
    #[wasm_bindgen(unchecked_param_type = "Recipe | string")] recipe: &JsValue,
) -> Result<String, JsValue> {
    Ok(read(recipe)?.canonical_json())
}

/// A recipe's id: the SHA-256 of its canonical JSON, 64 lower-case hex digits. Takes the object that the API
/// gives, or any JSON text of it. Throws a `Refusal`.
#[wasm_bindgen(js_name = recipeId)]
pub fn recipe_id(
    #[wasm_bindgen(unchecked_param_type = "Recipe | string")] recipe: &JsValue,
) -> Result<String, JsValue> {
    Ok(read(recipe)?.id().to_string())
}

/// Reads canonical JSON and nothing else; with `id`, only when that is its id. Throws a `Refusal`.
#[wasm_bindgen(js_name = parseRecipe, unchecked_return_type = "Recipe")]
pub fn parse_recipe(text: &str, id: Option<String>) -> Result<JsValue, JsValue> {
    let recipe = Recipe::parse(text).map_err(Refused::from)?;
    if id.is_some_and(|id| id != recipe.id().to_string()) {
        return Err(Refused::from(RecipeError::OtherId).into());
    }
    JSON::parse(text)
}

/// The provider's `input` that makes a recipe's picture again, as number `index` of its request, with `version` of
/// `model` at `provider`. Nothing is brought into range or left out, because either would make another picture: what
/// the version cannot take is refused, and so is any LoRA that is neither the model's own nor an enhancement that it
/// offers. Throws a `Refusal`; when the recipe can be read, its code is `recipe_invalid`, and its field what stands in the
/// way: `provider`, `version`, `enhancements`, `seed`, `index` or `input`.
#[wasm_bindgen(unchecked_return_type = "Record<string, InputValue>")]
pub fn replay(
    #[wasm_bindgen(unchecked_param_type = "Recipe | string")] recipe: &JsValue,
    provider: &str,
    version: &str,
    #[wasm_bindgen(unchecked_param_type = "ModelProfile | string")] model: &JsValue,
) -> Result<JsValue, JsValue> {
    let (recipe, model): (_, ModelProfile) = (read(recipe)?, from_js(model)?);
    let input = recipe.replay(provider, version, &model);
    to_js(&input.map_err(Refused::from)?)
}

/// The recipe of an object or of the JSON text of one.
pub(crate) fn read(recipe: &JsValue) -> Result<Recipe, Refused> {
    let text = recipe
        .as_string()
        .or_else(|| JSON::stringify(recipe).ok()?.as_string());
    let text =
        text.ok_or_else(|| Refused::new(ErrorCode::InvalidValue, None, &"This must be a recipe."))?;
    Ok(Recipe::read(&text)?)
}

impl From<RecipeError> for Refused {
    fn from(error: RecipeError) -> Self {
        let code = match error {
            RecipeError::NotJson => ErrorCode::InvalidJson,
            RecipeError::UnknownField(_) => ErrorCode::UnknownField,
            RecipeError::MissingField(_) => ErrorCode::MissingField,
            RecipeError::InvalidValue(_) => ErrorCode::InvalidValue,
            RecipeError::TooLarge
            | RecipeError::OtherParts
            | RecipeError::NotCanonical
            | RecipeError::OtherId => ErrorCode::RecipeInvalid,
        };
        Self::new(code, error.field(), &error)
    }
}

impl From<ReplayError> for Refused {
    fn from(error: ReplayError) -> Self {
        Self::new(ErrorCode::RecipeInvalid, error.field(), &error)
    }
}
