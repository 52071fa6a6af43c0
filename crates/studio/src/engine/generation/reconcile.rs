//! The reconcile of a submit whose outcome is unknown: either the provider has its prediction or it was not created.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{Listing, ReadOutcome};

use super::finish::{finish_without_pictures, under_way};
use super::submit::accepted;
use crate::effect::OutboxItem;
use crate::engine::{Transaction, due, pace};
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};

pub(in crate::engine) fn reconciled(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    generation: &GenerationId,
    outcome: &ReadOutcome<Listing>,
) -> Result<(), StudioError> {
    let Some(state) = under_way(tx, generation)? else {
        return Ok(());
    };
    if let ReadOutcome::Found(listing) = outcome {
        // Predictions with the same input are interchangeable: take the first that no generation holds.
        for prediction in &listing.predictions {
            if generations::holder(tx.db, &prediction.id)?.is_none() {
                return accepted(tx, generation, prediction);
            }
        }
    }
    let Some(row) = due::current(tx, item)? else {
        return Ok(());
    };
    match outcome {
        ReadOutcome::Found(listing) if listing.complete => not_found(tx, &state, &row),
        ReadOutcome::RetryAfter { seconds, .. } => {
            again_after(tx, &state, &row, i64::from(*seconds) * 1_000)
        }
        // What an incomplete list or a missing one does not show may exist all the same.
        ReadOutcome::Found(_) | ReadOutcome::Gone | ReadOutcome::Unavailable { .. } => {
            failed(tx, &state, &row)
        }
    }
}

/// There was no answer, or the lease ended without one, so nothing is known.
pub(in crate::engine) fn failed(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    again_after(tx, state, row, pace::back_off(row.failures + 1))
}

/// The provider has answered that it has no such prediction, or does not list it yet.
fn not_found(tx: &mut Transaction<'_>, state: &State, row: &OutboxRow) -> Result<(), StudioError> {
    if row.wake_requested {
        // A webhook named a prediction while this look was under way.
        return again_after(tx, state, row, 0);
    }
    if row.hint.is_some() {
        // The webhook named another generation's prediction: the list decides.
        outbox::set_hint(tx.db, row.id, None)?;
        return Ok(outbox::reschedule(tx.db, row.id, tx.now, row.failures)?);
    }
    if since_attempt(tx, state) >= pace::LISTING_LIMIT {
        return finish_without_pictures(tx, state, FailureCode::OutcomeUnknown);
    }
    again_after(tx, state, row, pace::back_off(row.failures + 1))
}

/// Looks again after `wait` milliseconds, unless the provider's own deadline has passed.
fn again_after(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
    wait: i64,
) -> Result<(), StudioError> {
    if since_attempt(tx, state) >= pace::PROVIDER_LIMIT {
        return finish_without_pictures(tx, state, FailureCode::OutcomeUnknown);
    }
    let again = tx.now.plus_milliseconds(wait);
    Ok(outbox::reschedule(tx.db, row.id, again, row.failures + 1)?)
}

/// Milliseconds since the submit was handed out.
fn since_attempt(tx: &Transaction<'_>, state: &State) -> i64 {
    let attempted_at = state.attempted_at.unwrap_or(state.created_at);
    tx.now.as_millisecond() - attempted_at.as_millisecond()
}
