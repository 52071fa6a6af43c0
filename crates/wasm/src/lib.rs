//! Selfsame's prompt builder for the browser, bundlers and Node: the pure crates with JavaScript's types.
//!
//! Conversions only. An invalid value is thrown as an `Error` object with the properties `code`, `field` and
//! `message`, whose codes and field names are the API's. The TypeScript types are generated from the Rust types
//! (`cargo xtask types`).
//!
//! There are two builds. Without the feature `studio`, the module previews prompts and nothing else; a page loads
//! that one first.

mod composer;
mod convert;
mod data;
mod refusal;

pub use composer::Composer;
pub use data::{builder_version, draw_seed, max_characters, presets, quality_specs};

#[cfg(feature = "studio")]
mod director;
#[cfg(feature = "studio")]
mod import;
#[cfg(feature = "studio")]
mod lint;
#[cfg(feature = "studio")]
mod picture;
#[cfg(feature = "studio")]
mod prompt;
#[cfg(feature = "studio")]
mod recipe;
#[cfg(feature = "studio")]
mod shoots;
#[cfg(feature = "studio")]
mod tokens;
#[cfg(feature = "studio")]
mod variants;

#[cfg(feature = "studio")]
pub use director::direct;
#[cfg(feature = "studio")]
pub use import::import_prompt;
#[cfg(feature = "studio")]
pub use lint::{Linter, apply_fix};
#[cfg(feature = "studio")]
pub use picture::{embed_recipe, read_recipe, strip_recipe};
#[cfg(feature = "studio")]
pub use prompt::{build, parse_dialect};
#[cfg(feature = "studio")]
pub use recipe::{canonical_recipe, parse_recipe, recipe_id, replay};
#[cfg(feature = "studio")]
pub use shoots::shoots;
#[cfg(feature = "studio")]
pub use tokens::{count_tokens, load_vocabularies};
#[cfg(feature = "studio")]
pub use variants::{count_variants, expand_variants, wildcards};

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// As fast as the standard library's allocator, which is 7 KB larger.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
