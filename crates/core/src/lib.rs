//! Selfsame's core: from what a person writes to exactly what a provider is sent.
//!
//! Pure and deterministic: no I/O, no clock, no randomness, no JavaScript. The browser previews with this code
//! and the edge decides with it, so both give the same bytes.
//!
//! * [`prompt`] places the trigger word and appends the quality specification;
//! * [`params`] holds the presets and the bounded parameter types;
//! * [`dialect`] maps canonical parameters onto one model version's input schema and reports the effect of each;
//! * [`slots`] is the vocabulary of the builder, and the prose that it makes;
//! * [`tokens`] counts what FLUX's two text encoders make of a prompt, and says where each stops reading;
//! * [`lint`] says what will not work, where, and how to mend it;
//! * [`compose`] puts prompt, parameters, dialect, slots and tokens together: one [`Preview`](compose::Preview);
//! * [`import`] makes prompts that were pasted from other tools fit for this one;
//! * [`shoots`] are photoshoots as data, and the pictures that they come to;
//! * [`variants`] makes many prompts of one template;
//! * [`director`] turns what a person says into slots and parameters;
//! * [`recipe`] is what a stored picture keeps, to be made again, and [`metadata`] puts it into the picture's file;
//! * [`canonical`] writes any of them as JSON in its one form;
//! * [`wire`] is the API's JSON; [`ids`], [`time`] and [`model`] are the words that all of them use.
// What ts-rs derives names `std`.
#![cfg_attr(not(feature = "typescript"), no_std)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod canonical;
mod codes;
pub mod compose;
pub mod dialect;
pub mod director;
pub mod ids;
pub mod import;
mod json;
pub mod lint;
pub mod metadata;
pub mod model;
mod order;
pub mod params;
pub mod prompt;
pub mod recipe;
pub mod shoots;
pub mod slots;
mod text;
pub mod time;
pub mod tokens;
pub mod variants;
pub mod wire;
