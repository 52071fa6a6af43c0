//! Reading what people write: [`director`] turns a conversation into slots and parameters, [`lint`] finds what will
//! not work in a prompt, [`content`] refuses what no request may ask for, and [`import`] converts prompts that were pasted
//! from other tools.
//!
//! Pure and deterministic: no I/O, no clock, no randomness.

pub mod content;
pub mod director;
pub mod import;
pub mod lint;

mod rows;
mod text;
