//! Recipes and the mark in picture files: round trips through every format, and damaged files.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

mod bare;
mod files;
mod foreign;
mod hostile;
mod pictures;
mod round_trip;
