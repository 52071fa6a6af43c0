//! Reading what people write: [`director`] turns a conversation into slots and parameters, [`lint`] finds what will
//! not work in a prompt, and [`import`] converts prompts that were pasted from other tools.
//!
//! Pure and deterministic: no I/O, no clock, no randomness.

pub mod director;
pub mod import;
pub mod lint;

mod rows;
mod text;
