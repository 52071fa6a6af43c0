//! The stand-in as a client sees it: over HTTP, on a port of its own.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail like tests"
)]

mod conformance;
mod creating;
mod delivery;
mod endings;
mod faults;
mod lists;
mod receiver;
mod support;
mod webhooks;
