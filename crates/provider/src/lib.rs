//! Provider adapters as pure functions: what to send to a provider, and what its response means.
//!
//! This crate has no sockets, no clock, no randomness and no token. The worker prefixes the base URL, adds the token,
//! sends the request and hands the response back. Everything a provider sends is untrusted text until a type of this
//! crate holds it. `docs/provider-notes.md` says what the code relies on, and how sure each of those facts is.
//!
//! * [`prediction`]: what a studio submits, and the prediction that it becomes;
//! * [`outcome`]: what became of a request, and what to do next;
//! * [`error`]: a failure in two halves, a sentence for the person and a redacted cause for the operator's log;
//! * [`http`]: requests and responses without a socket;
//! * [`pacer`]: when a call may go out, so that all people together stay within the provider's limits;
//! * [`replicate`]: the only module that knows Replicate's JSON;
//! * [`webhook`]: verifies Standard Webhooks signatures;
//! * [`delivery`] and [`picture`]: which URLs may be fetched, and which format the fetched bytes have;
//! * [`fingerprint`]: whether two pictures show the same thing;
//! * [`model_ref`] and [`lora_ref`]: how models and LoRA weights are referred to;
//! * [`secret`] and [`redact`]: keep secrets out of logs.

pub mod delivery;
pub mod error;
pub mod fingerprint;
pub mod http;
pub mod lora_ref;
pub mod model_ref;
pub mod outcome;
pub mod pacer;
pub mod picture;
pub mod prediction;
pub mod redact;
pub mod replicate;
pub mod secret;
pub mod webhook;

mod plain_url;

/// Compiles one of this crate's constant patterns, for a `LazyLock`.
///
/// # Panics
/// If the pattern is not a valid regular expression. Each pattern has a test that compiles it.
#[expect(
    clippy::expect_used,
    reason = "patterns are constants, and each has a test that compiles it"
)]
fn regex(pattern: &'static str) -> regex::Regex {
    regex::Regex::new(pattern).expect("a constant pattern is a valid regular expression")
}
