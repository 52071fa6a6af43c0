//! The rules: each reads one way of asking for something and hands in edits.
//!
//! A rule gets a range of pieces. It gives the index behind what it read, or None if the words mean something else.

mod changes;
mod clauses;
mod commands;
mod counts;
mod descriptions;
mod excess;
mod grading;
mod places;
mod poses;
mod removals;
mod replacements;
mod steps;
#[cfg(test)]
mod testing;

pub(super) use clauses::read;
