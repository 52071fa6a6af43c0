//! The JSON in the database's columns: types of their own, so that a change of the API's types changes no row.
//!
//! **What may change.** A new field gets a `serde` default and is left out while it has that value, because the release
//! before may read the row after a roll-back. No field is renamed or removed. Unknown fields are ignored. A word that
//! is unknown makes its row unreadable, and the row is set aside. `tests/golden` holds what each release has written.

mod consent;
mod generation;
mod plan;
mod preset;
mod request;
mod schema;
mod thumbnail;

use selfsame_prompt::parameters::InputValue;

pub(crate) use consent::StoredConsent;
pub(crate) use generation::{
    StoredEffect, StoredEnhancement, StoredFailure, StoredProgress, StoredSpan, StoredSubmission,
};
pub(crate) use plan::{StoredFrame, StoredPlan};
pub(crate) use preset::StoredSettings;
pub(crate) use request::StoredRequest;
use request::{StoredChoice, StoredOverrides};
pub(crate) use schema::StoredInputSchema;
pub(crate) use thumbnail::StoredThumbnail;

/// A stored number, in either of its two forms.
#[expect(
    clippy::cast_precision_loss,
    reason = "the numbers of a request or a schema are small"
)]
const fn number(value: &InputValue) -> Option<f64> {
    match value {
        InputValue::Integer(integer) => Some(*integer as f64),
        InputValue::Number(number) => Some(*number),
        InputValue::Bool(_) | InputValue::Text(_) => None,
    }
}
