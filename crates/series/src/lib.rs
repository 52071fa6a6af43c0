//! Many prompts from one request: [`variants`] expands a template, [`shoots`] plans a photoshoot, and [`comparisons`] varies
//! one composition along one or two axes.
//!
//! Pure and deterministic: no I/O and no clock. Randomness comes in as a seed.

pub mod comparisons;
pub mod shoots;
pub mod variants;

mod plan;

pub use plan::{
    Difference, Frame, MOST_FRAMES, MOST_TITLE_CHARACTERS, Place, Plan, PlanError, title,
};
