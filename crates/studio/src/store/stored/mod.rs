//! The JSON in the database's columns: types of their own, so that a change of the API's types changes no row.
//!
//! **What may change.** A new field gets a `serde` default and is left out while it has that value, because the release
//! before may read the row after a roll-back. No field is renamed or removed. Unknown fields are ignored. A word that
//! is unknown makes its row unreadable, and the row is set aside. `tests/golden` holds what each release has written.

mod generation;
mod request;

pub(crate) use generation::{
    StoredEffect, StoredFailure, StoredProgress, StoredSpan, StoredSubmission,
};
pub(crate) use request::StoredRequest;
