//! Reads the three published schemas and maps parameters onto them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod enhancements;
mod fixtures;
mod hostile;
mod mapping;
mod preview;
mod properties;
mod refusals;
