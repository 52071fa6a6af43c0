//! Everything that made a picture, so that it can be made again.
//!
//! A [`Recipe`] has one form as text, its canonical JSON, and the SHA-256 of that text is its [`RecipeId`]. Equal
//! recipes are equal bytes, in the browser and in the Worker. [`Recipe::parse`] accepts the canonical text only,
//! [`Recipe::verify`] also checks it against an id, [`Recipe::replay`] returns the provider's input that makes the
//! picture again, and [`picture`] reads and writes recipes in picture files.

mod canonical;
mod id;
pub mod picture;
mod read;
mod recipe;
mod replay;
#[cfg(test)]
mod tests;

pub use id::RecipeId;
pub use read::{MAX_BYTES, RecipeError};
pub use recipe::{BUILDER_VERSION, Recipe, data_versions};
pub use replay::ReplayError;
