//! Patterns that are compiled once.

use regex::Regex;

/// Compiles a pattern of this crate, for a `LazyLock`.
///
/// # Panics
/// When the pattern is no regular expression. Every pattern is a constant and is compiled by a test.
#[expect(
    clippy::expect_used,
    reason = "patterns are constants of this crate, and each has a test that compiles it"
)]
pub fn constant(source: &'static str) -> Regex {
    Regex::new(source).expect("a constant pattern is a regular expression")
}
