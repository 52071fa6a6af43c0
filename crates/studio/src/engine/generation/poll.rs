//! Polls: what the provider says about a prediction is the truth about its generation.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{PollOutcome, ReadOutcome};
use selfsame_provider::prediction::{Phase, Prediction};

use super::cancel::stop_prediction;
use super::finish::{End, finish, finish_without_pictures, under_way};
use super::save::save;
use crate::effect::OutboxItem;
use crate::engine::{Transaction, due, pace};
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};

pub(in crate::engine) fn polled(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    generation: &GenerationId,
    outcome: PollOutcome,
) -> Result<(), StudioError> {
    let Some(state) = under_way(tx, generation)? else {
        return Ok(());
    };
    let row = due::current(tx, item)?;
    match (outcome, row) {
        // An end counts however late it is observed; everything else counts only from the current attempt.
        (ReadOutcome::Found(prediction), _) if prediction.phase.is_final() => {
            seen(tx, &state, &prediction)
        }
        (_, None) => Ok(()),
        (ReadOutcome::Found(prediction), Some(row)) => {
            seen(tx, &state, &prediction)?;
            let accepted_at = state.accepted_at.unwrap_or(state.created_at);
            // A webhook that arrived meanwhile may know more than this poll.
            let wait = if row.wake_requested {
                0
            } else {
                pace::until_next_poll(accepted_at, tx.now)
            };
            again_after(tx, &state, &row, wait, 0)
        }
        (ReadOutcome::Gone, Some(row)) if row.failures + 1 >= pace::GONE_TIMES => {
            finish_without_pictures(tx, &state, FailureCode::PicturesLost)
        }
        (ReadOutcome::RetryAfter { seconds, .. }, Some(row)) => {
            let wait = i64::from(seconds) * 1_000;
            again_after(tx, &state, &row, wait, row.failures)
        }
        (ReadOutcome::Gone | ReadOutcome::Unavailable { .. }, Some(row)) => {
            failed(tx, &state, &row)
        }
    }
}

/// There was no usable answer, or the lease ended without one.
pub(in crate::engine) fn failed(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    let failures = row.failures + 1;
    again_after(tx, state, row, pace::back_off(failures), failures)
}

/// Polls again after `wait` milliseconds, unless the provider's own deadline has passed.
fn again_after(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
    wait: i64,
    failures: u32,
) -> Result<(), StudioError> {
    let accepted_at = state.accepted_at.unwrap_or(state.created_at);
    if tx.now >= accepted_at.plus_milliseconds(pace::PROVIDER_LIMIT) {
        finish_without_pictures(tx, state, FailureCode::TimedOut)?;
        return match &state.provider_id {
            Some(provider_id) => stop_prediction(tx, provider_id, None),
            None => Ok(()),
        };
    }
    let again = tx.now.plus_milliseconds(wait);
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}

/// Applies the provider's view of a prediction to the generation that holds it.
pub(super) fn seen(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &Prediction,
) -> Result<(), StudioError> {
    if state.provider_id.as_ref() != Some(&prediction.id)
        || state.status == GenerationStatus::Saving
    {
        return Ok(());
    }
    match &prediction.phase {
        Phase::Starting => progressed(tx, state, prediction, GenerationStatus::Booting),
        Phase::Processing => progressed(tx, state, prediction, GenerationStatus::Generating),
        Phase::Succeeded => save(tx, state, prediction),
        Phase::Failed(error) => finish(tx, state, End::Failed(error.person_failure())),
        Phase::Canceled | Phase::Aborted => {
            finish_without_pictures(tx, state, FailureCode::TimedOut)
        }
    }
}

fn progressed(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &Prediction,
    phase: GenerationStatus,
) -> Result<(), StudioError> {
    // Two polls can overlap, and the older one must not take the status back.
    let status = if state.status == GenerationStatus::Generating {
        state.status
    } else {
        phase
    };
    let progress = prediction.progress.or(state.progress);
    if status == state.status && progress == state.progress {
        return Ok(());
    }
    generations::set_progress(tx.db, &state.id, status, progress)?;
    tx.touch(&state.id)
}
