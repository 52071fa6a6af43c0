//! The lint: its corpus, its fixes, and what holds for any text.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod corpus;
mod fixes;
mod fixtures;
#[path = "../../../../tests/support/growth.rs"]
mod growth;
mod properties;
