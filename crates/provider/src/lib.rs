//! Provider adapters as pure functions: what to ask a provider, and what its answer means.
//!
//! No sockets, no clock, no randomness and no token: the edge adds the base URL and the token, performs the
//! request, and hands the bytes back. Everything a provider sends is untrusted text until a type here holds it.
//!
//! * [`submission`] is what a studio wants made; [`prediction`] is how a provider sees it;
//! * [`outcome`] is what became of a request, and what to do about it;
//! * [`error`] is a failure twice: plain words for the person, a redacted cause for the operator's log;
//! * [`http`] is a request and an answer without a socket;
//! * [`replicate`] is the only place that knows Replicate's JSON;
//! * [`webhook`] verifies Standard Webhooks signatures;
//! * [`delivery`] and [`picture`] decide which URL may be fetched and what the bytes are;
//! * [`model_ref`] and [`lora_ref`] are the grammars of model and LoRA references;
//! * [`secret`] and [`redact`] keep secrets out of logs.

pub mod delivery;
pub mod error;
pub mod http;
pub mod lora_ref;
pub mod model_ref;
pub mod outcome;
pub mod picture;
pub mod prediction;
pub mod redact;
pub mod replicate;
pub mod secret;
pub mod submission;
pub mod webhook;

mod pattern;
mod text;
