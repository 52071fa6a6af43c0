//! Selfsame's prompt builder for the browser, bundlers and Node: the pure crates with JavaScript's types.
//!
//! Conversions only. What is wrong with a value is thrown as a plain object `{code, field, message}`, with the
//! codes and field names of the API. The TypeScript types are generated from the Rust types (`cargo xtask types`).

mod composer;
mod data;
#[cfg(feature = "studio")]
mod dialect;
#[cfg(feature = "studio")]
mod director;
mod from_js;
#[cfg(feature = "studio")]
mod import;
#[cfg(feature = "studio")]
mod lint;
#[cfg(feature = "studio")]
mod metadata;
#[cfg(feature = "studio")]
mod prompt;
#[cfg(feature = "studio")]
mod recipe;
mod refusal;
mod seed;
#[cfg(feature = "studio")]
mod shoots;
mod to_js;
#[cfg(feature = "studio")]
mod tokens;
#[cfg(feature = "studio")]
mod variants;

pub use composer::Composer;
pub use data::{builder_version, presets, quality_specs};
#[cfg(feature = "studio")]
pub use dialect::parse_dialect;
#[cfg(feature = "studio")]
pub use director::direct;
#[cfg(feature = "studio")]
pub use import::import_prompt;
#[cfg(feature = "studio")]
pub use lint::{Linter, apply_fix};
#[cfg(feature = "studio")]
pub use metadata::{embed_recipe, read_recipe, strip_recipe};
#[cfg(feature = "studio")]
pub use prompt::build;
#[cfg(feature = "studio")]
pub use recipe::{canonical_recipe, parse_recipe, recipe_id, replay};
pub use seed::draw_seed;
#[cfg(feature = "studio")]
pub use shoots::shoots;
#[cfg(feature = "studio")]
pub use tokens::{count_tokens, load_vocabularies};
#[cfg(feature = "studio")]
pub use variants::{count_variants, expand_variants, wildcards};

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// As fast as the standard library's, which is 7 KB larger.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
