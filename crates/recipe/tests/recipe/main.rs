//! Recipes: the corpus, and replaying.
#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

mod corpus;
mod random;
mod replay;
