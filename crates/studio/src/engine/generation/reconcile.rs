//! The reconcile of a submit whose outcome is unknown: either the provider has its prediction or it was not created.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::outcome::{Listing, ReadOutcome};

use super::cancel::stop_prediction;
use super::finish::{End, finish, under_way};
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
            no_answer(tx, &state, &row, i64::from(*seconds) * 1_000)
        }
        // What an incomplete list or a missing one does not show may exist all the same.
        ReadOutcome::Found(_) | ReadOutcome::Gone | ReadOutcome::Unavailable { .. } => {
            failed(tx, &state, &row)
        }
    }
}

/// There was no usable answer, or the lease ended without one, so nothing is known.
pub(in crate::engine) fn failed(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    no_answer(tx, state, row, 0)
}

/// Looks again after a back-off, of at least `wait` milliseconds, for as long as there can be pictures.
fn no_answer(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
    wait: i64,
) -> Result<(), StudioError> {
    let limit = attempted_at(state).plus_milliseconds(pace::FILES_LIMIT);
    if pace::is_last_attempt(row, limit) {
        return give_up(tx, state, row);
    }
    let failures = row.failures.saturating_add(1);
    let wait = pace::until_next_look(failures, since_attempt(tx, state)).max(wait);
    let again = tx.now.plus_milliseconds(wait);
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}

/// The provider has answered that it has no such prediction, or does not list it yet.
fn not_found(tx: &mut Transaction<'_>, state: &State, row: &OutboxRow) -> Result<(), StudioError> {
    let soon = pace::next_look(row, tx.now);
    if row.wake_requested {
        // A webhook named a prediction while this look was under way.
        return Ok(outbox::reschedule(tx.db, row.id, soon, 0)?);
    }
    if row.hint.is_some() {
        // The webhook named another generation's prediction: the list decides.
        outbox::set_hint(tx.db, row.id, None)?;
        return Ok(outbox::reschedule(tx.db, row.id, soon, 0)?);
    }
    let absence = outbox::add_absence(tx.db, row, tx.now)?;
    if pace::is_absent(absence, tx.now) && since_attempt(tx, state) >= pace::LISTING_LIMIT {
        return give_up(tx, state, row);
    }
    let again = tx.now.plus_milliseconds(pace::back_off(absence.answers));
    Ok(outbox::reschedule(tx.db, row.id, again, 0)?)
}

/// Ends the generation, and asks the provider to cancel the prediction that a webhook named, if one did.
fn give_up(tx: &mut Transaction<'_>, state: &State, row: &OutboxRow) -> Result<(), StudioError> {
    finish(tx, state, End::GivenUp(FailureCode::OutcomeUnknown))?;
    match &row.hint {
        Some(prediction) => stop_prediction(tx, prediction, Some(&state.id)),
        None => Ok(()),
    }
}

/// When the submit was sent.
fn attempted_at(state: &State) -> Timestamp {
    state.attempted_at.unwrap_or(state.created_at)
}

/// Milliseconds since the submit was sent.
fn since_attempt(tx: &Transaction<'_>, state: &State) -> i64 {
    tx.now.as_millisecond() - attempted_at(state).as_millisecond()
}
