//! The lint: its corpus, and what holds for any text.

mod corpus;
mod fixtures;
mod properties;
