//! Selfsame's prompt builder for the browser, bundlers and Node: [`selfsame_core`] with JavaScript's types.
//!
//! Conversions only. What is wrong with a value is thrown as a plain object `{code, field, message}`, with the
//! codes and field names of the API. The TypeScript types are generated from the Rust types (`cargo xtask types`).

mod composer;
mod data;
mod dialect;
mod from_js;
mod import;
mod prompt;
mod recipe;
mod refusal;
mod seed;
mod to_js;
mod variants;

pub use composer::Composer;
pub use data::{builder_version, presets, quality_specs};
pub use dialect::parse_dialect;
pub use import::import_prompt;
pub use prompt::build;
pub use recipe::{canonical_recipe, parse_recipe, recipe_id};
pub use seed::draw_seed;
pub use variants::{count_variants, expand_variants, wildcards};

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
