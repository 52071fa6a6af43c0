//! Recipes in pictures: round trips through every kind of file, and files that are no pictures any more.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

mod files;
mod foreign;
mod hostile;
mod pictures;
mod round_trip;
