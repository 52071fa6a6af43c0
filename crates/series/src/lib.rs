//! Many prompts from one request: [`variants`] expands a template, [`shoots`] are photoshoots as data.
//!
//! Pure and deterministic: no I/O, no clock; randomness comes in as a seed.

pub mod shoots;
pub mod variants;
