//! One prompt: from what a person writes to exactly what a provider is sent.
//!
//! Pure and deterministic: no I/O, no clock, no randomness, no JavaScript. The browser previews with this code and
//! the Worker decides with it, so both give the same bytes.
//!
//! * [`placement`] places the trigger word and appends the quality specification;
//! * [`slots`] is the vocabulary of the builder, and the prose that it makes;
//! * [`parameters`] holds the presets and the bounded parameter types;
//! * [`schema`] maps canonical parameters onto one model version's input schema and reports the effect of each;
//! * [`enhancement`] is what a request can use of the operator's catalogue of LoRAs;
//! * [`fold`] compares texts in any spelling;
//! * [`tokens`] counts the tokens of FLUX's two text encoders;
//! * [`compose`] puts them together: one [`Preview`](compose::Preview) of what is sent to one [`model`].

pub mod compose;
pub mod enhancement;
pub mod fold;
pub mod model;
pub mod parameters;
pub mod placement;
pub mod schema;
pub mod slots;
pub mod tokens;
