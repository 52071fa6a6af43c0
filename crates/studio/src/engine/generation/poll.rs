//! Polls: what the provider says about a prediction is the truth about its generation.

use selfsame_api::{FailureCode, GenerationStatus, Progress};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::default_failure;
use selfsame_provider::outcome::{PollOutcome, ReadOutcome};
use selfsame_provider::prediction::{Phase, Prediction};

use super::cancel::stop_prediction;
use super::finish::{End, finish, finish_without_pictures, under_way};
use super::revive::last_word;
use super::save::save;
use crate::effect::OutboxItem;
use crate::engine::{Transaction, due, pace};
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};
use crate::store::{ledger, received};

pub(in crate::engine) fn polled(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    generation: &GenerationId,
    outcome: PollOutcome,
) -> Result<(), StudioError> {
    if let ReadOutcome::Found(prediction) = &outcome
        && prediction.phase.is_final()
    {
        return last_word(tx, generation, prediction);
    }
    // Everything but an end counts only from the current attempt.
    let (Some(state), Some(row)) = (under_way(tx, generation)?, due::current(tx, item)?) else {
        return Ok(());
    };
    match outcome {
        ReadOutcome::Found(prediction) => {
            seen(tx, &state, &prediction)?;
            look_again(tx, &state, &row)
        }
        ReadOutcome::Gone if due::note_absence(tx, &row)? => {
            give_up(tx, &state, FailureCode::RequestLost)
        }
        ReadOutcome::RetryAfter { seconds, .. } => {
            no_answer(tx, &state, &row, i64::from(seconds) * 1_000)
        }
        ReadOutcome::Gone | ReadOutcome::Unavailable { .. } => failed(tx, &state, &row),
    }
}

/// Brings the next look at a generation forward, at most to a second after the last one. A back-off stands.
pub(super) fn look_soon(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<(), StudioError> {
    if row.leased {
        return Ok(outbox::request_wake(tx.db, row.id)?);
    }
    if row.failures > 0 {
        return Ok(());
    }
    Ok(outbox::bring_forward(
        tx.db,
        row.id,
        pace::next_look(row, tx.now),
    )?)
}

/// The prediction is under way: polls again, unless the provider's own deadline has passed.
fn look_again(tx: &mut Transaction<'_>, state: &State, row: &OutboxRow) -> Result<(), StudioError> {
    let age = age(tx, state);
    if age >= pace::PROVIDER_LIMIT {
        return give_up(tx, state, FailureCode::TimedOut);
    }
    outbox::clear_absence(tx.db, row.id)?;
    let next = if row.wake_requested {
        // A webhook that arrived meanwhile may know more than this poll.
        pace::next_look(row, tx.now)
    } else {
        let beside_webhooks = state.submission.webhook_url.is_some()
            && pace::webhooks_arrive(received::latest_webhook(tx.db)?, tx.now);
        tx.now
            .plus_milliseconds(pace::until_next_poll(age, beside_webhooks))
    };
    Ok(outbox::reschedule(tx.db, row.id, next, 0)?)
}

/// There was no usable answer, or the lease ended without one.
pub(in crate::engine) fn failed(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    no_answer(tx, state, row, 0)
}

/// Polls again after a back-off, of at least `wait` milliseconds, for as long as there can be pictures.
fn no_answer(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
    wait: i64,
) -> Result<(), StudioError> {
    let accepted_at = state.accepted_at.unwrap_or(state.created_at);
    if pace::is_last_attempt(row, accepted_at.plus_milliseconds(pace::FILES_LIMIT)) {
        return give_up(tx, state, FailureCode::ProviderUnreachable);
    }
    let failures = row.failures.saturating_add(1);
    let wait = pace::until_next_look(failures, age(tx, state)).max(wait);
    let again = tx.now.plus_milliseconds(wait);
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}

/// Ends the generation although the provider has not, and asks the provider to cancel what may still run. The answer
/// can still show that there are pictures.
fn give_up(tx: &mut Transaction<'_>, state: &State, code: FailureCode) -> Result<(), StudioError> {
    finish(tx, state, End::GivenUp(code))?;
    match &state.provider_id {
        Some(provider_id) => stop_prediction(tx, provider_id, Some(&state.id)),
        None => Ok(()),
    }
}

/// Milliseconds since the provider accepted the generation.
fn age(tx: &Transaction<'_>, state: &State) -> i64 {
    let accepted_at = state.accepted_at.unwrap_or(state.created_at);
    tx.now.as_millisecond() - accepted_at.as_millisecond()
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
        Phase::Canceled if state.cancel_requested => {
            let started = prediction.started || state.status == GenerationStatus::Generating;
            let held = ledger::account(tx.db, &state.id)?.reserved;
            let used = if started && !state.cancel_is_free {
                held
            } else {
                0
            };
            finish(tx, state, End::Canceled { used })
        }
        Phase::Canceled => {
            // Only the provider's deadline, or somebody with the provider's account, cancels unasked.
            let late = age(tx, state) >= i64::from(pace::CANCEL_AFTER_SECONDS) * 1_000;
            let code = if late {
                FailureCode::TimedOut
            } else {
                FailureCode::Stopped
            };
            finish(tx, state, End::Failed(default_failure(code)))
        }
        Phase::Aborted => finish_without_pictures(tx, state, FailureCode::NotStarted),
    }
}

/// Polls can overlap and a provider's replica can lag, so neither the status nor the progress ever goes back.
fn progressed(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &Prediction,
    phase: GenerationStatus,
) -> Result<(), StudioError> {
    let status = if state.status == GenerationStatus::Generating {
        state.status
    } else {
        phase
    };
    let progress = further(state.progress, prediction.progress);
    if status == state.status && progress == state.progress {
        return Ok(());
    }
    generations::set_progress(tx.db, &state.id, status, progress)?;
    tx.touch(&state.id)
}

/// The later of two reports. One that takes the percentage or the step back is ignored.
fn further(known: Option<Progress>, reported: Option<Progress>) -> Option<Progress> {
    match (known, reported) {
        (Some(known), Some(new)) if new.percent < known.percent || new.step < known.step => {
            Some(known)
        }
        (known, reported) => reported.or(known),
    }
}
