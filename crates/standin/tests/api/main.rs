//! Tests the stand-in over HTTP, each test on a port of its own.

#![expect(clippy::unwrap_used, reason = "test helpers may panic as tests do")]

mod conformance;
mod creating;
mod delivery;
mod endings;
mod faults;
mod files;
mod lists;
mod misbehaviour;
mod receiver;
mod streams;
mod support;
mod trainings;
mod versions;
mod webhooks;
