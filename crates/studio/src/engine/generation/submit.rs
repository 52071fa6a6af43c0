//! The sending of a submit, and its outcome. Money is at stake: from the moment at which it may have been sent, a submit
//! is sent again only after the provider has said that it created nothing.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Prediction;

use super::cancel::stop_prediction;
use super::finish::{End, finish, finish_without_pictures, under_way};
use super::poll::seen;
use super::revive::revive;
use crate::effect::{Effect, OutboxItem};
use crate::engine::{Transaction, due, pace};
use crate::error::StudioError;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};

/// Records that the submit is sent now. Returns false if it must not be: the generation has been canceled meanwhile, or
/// the lease has ended.
pub(in crate::engine) fn start_sending(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
) -> Result<bool, StudioError> {
    let (Effect::Submit { generation, .. }, Some(row)) = (&item.effect, due::current(tx, item)?)
    else {
        return Ok(false);
    };
    generations::set_attempted(tx.db, generation, tx.now)?;
    outbox::set_sent(tx.db, row.id)?;
    tx.queue_moved();
    Ok(true)
}

pub(in crate::engine) fn submitted(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    generation: &GenerationId,
    outcome: SubmitOutcome,
) -> Result<(), StudioError> {
    if let SubmitOutcome::Accepted(prediction) = outcome {
        return accepted(tx, generation, &prediction);
    }
    // Every other outcome counts only if the generation waits for this very attempt.
    let (Some(state), Some(row)) = (under_way(tx, generation)?, due::current(tx, item)?) else {
        return Ok(());
    };
    match outcome {
        SubmitOutcome::Refused(error) => finish(tx, &state, End::Failed(error.person_failure())),
        SubmitOutcome::RetryAfter { seconds, .. } => put_off(tx, &state, &row, seconds),
        SubmitOutcome::Accepted(_) | SubmitOutcome::Unknown { .. } => Ok(outbox::change_kind(
            tx.db,
            row.id,
            EffectKind::Reconcile,
            tx.now,
        )?),
    }
}

/// The provider has created nothing and asks to be asked later.
fn put_off(
    tx: &mut Transaction<'_>,
    state: &State,
    row: &OutboxRow,
    seconds: u32,
) -> Result<(), StudioError> {
    let again = tx.now.plus_milliseconds(i64::from(seconds) * 1_000);
    let limit = row.created_at.plus_milliseconds(pace::SUBMIT_LIMIT);
    if state.cancel_requested || again > limit {
        return finish_without_pictures(tx, state, FailureCode::NotAccepted);
    }
    Ok(outbox::reschedule(tx.db, row.id, again, 0)?)
}

/// The provider has created `prediction` for the generation: from now on it is polled.
pub(super) fn accepted(
    tx: &mut Transaction<'_>,
    generation: &GenerationId,
    prediction: &Prediction,
) -> Result<(), StudioError> {
    let Some(state) = generations::load(tx.db, generation)? else {
        return Ok(());
    };
    if generations::holder(tx.db, &prediction.id)?.is_some() {
        // Either this was observed before, or a reconcile gave the prediction to a generation with the same input.
        // In that case this generation's reconcile finds the other prediction.
        return Ok(());
    }
    if state.provider_id.is_some() {
        return Ok(());
    }
    let state = match state.status.is_final() {
        false => state,
        true if state.given_up => revive(tx, &state)?,
        // The provider had said that it created nothing.
        true => return stop_prediction(tx, &prediction.id, None),
    };
    generations::set_accepted(tx.db, generation, &prediction.id, tx.now)?;
    outbox::remove_all_for(tx.db, generation)?;
    let next = tx.now.plus_milliseconds(pace::until_next_poll(0, false));
    outbox::add(
        tx.db,
        EffectKind::Poll,
        generation.as_str(),
        Some(generation),
        tx.now,
        next,
    )?;
    if state.cancel_requested && !prediction.phase.is_final() {
        stop_prediction(tx, &prediction.id, Some(generation))?;
    }
    let state = tx.state(generation)?;
    seen(tx, &state, prediction)
}
