//! Parameters onto the three published schemas, through the public interface only.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fixtures;
mod hostile;
mod mapping;
mod preview;
mod properties;
mod refusals;
