//! Many prompts from one request: [`variants`] expands a template, and [`shoots`] plans a photoshoot.
//!
//! Pure and deterministic: no I/O and no clock. Randomness comes in as a seed.

pub mod shoots;
pub mod variants;
