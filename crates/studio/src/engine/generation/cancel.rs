//! Cancels. Before the submit is sent, a cancel ends the generation at once. After it, the provider is asked to cancel and
//! its answer is the end: pictures that arrive in spite of a cancel are paid for, so they are kept.
//!
//! A cancel that reaches the prediction before its start costs nothing. After the start the provider is paid for it, so
//! the pictures count as used although there are none: otherwise a limited person could spend without limit. Whether
//! it had started, the provider's answer says, or an earlier one that the studio has seen. When the provider is not
//! heard, nobody knows: the generation is given up and its pictures are released, and they are not taken back later.
//! A cancel that follows from what the operator does costs the person nothing.

use selfsame_api::{Generation, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{CancelOutcome, ReadOutcome};
use selfsame_provider::prediction::ProviderId;
use serde::{Deserialize, Serialize};

use super::finish::{End, finish};
use super::poll::look_soon;
use super::revive::last_word;
use crate::database::DatabaseError;
use crate::effect::OutboxItem;
use crate::engine::{SignedInPerson, Transaction, due, pace};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::Unreadable;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::{self, CancelPrice, State};
use crate::store::outbox::{self, OutboxRow};

/// Ends a generation as soon as the provider lets go of it. It is too late for a generation that has ended or whose
/// pictures are being stored: the reply then shows it unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelGeneration {
    /// The generation.
    pub id: GenerationId,
}

impl PersonRequest for CancelGeneration {
    type Reply = Generation;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Generation, StudioError> {
        cancel(tx, &self.id)?;
        tx.view(&self.id)
    }
}

pub(in crate::engine) fn cancel(
    tx: &mut Transaction<'_>,
    id: &GenerationId,
) -> Result<(), StudioError> {
    let state = tx.state(id)?;
    cancel_at(tx, &state, CancelPrice::Charged)
}

/// Cancels each of `generations` because of what the operator did. The person was not told that it costs anything, so it
/// costs them nothing. One that cannot be read is reported and stays as it is.
pub(in crate::engine) fn cancel_free_of_charge(
    tx: &mut Transaction<'_>,
    generations: impl IntoIterator<Item = GenerationId>,
) -> Result<(), StudioError> {
    for id in generations {
        match generations::load(tx.db, &id) {
            Ok(Some(state)) => cancel_at(tx, &state, CancelPrice::Free)?,
            Ok(None) => {}
            Err(DatabaseError(cause)) => tx.set_aside(vec![Unreadable {
                id: id.to_string(),
                cause,
            }]),
        }
    }
    Ok(())
}

fn cancel_at(
    tx: &mut Transaction<'_>,
    state: &State,
    price: CancelPrice,
) -> Result<(), StudioError> {
    let id = &state.id;
    let too_late = state.status.is_final() || state.status == GenerationStatus::Saving;
    if too_late || state.cancel_requested {
        return Ok(());
    }
    let submit = outbox::find(tx.db, EffectKind::Submit, id.as_str())?;
    if submit.is_some_and(|row| !row.leased || row.unsent) {
        tx.queue_moved();
        return finish(tx, state, End::Canceled { used: 0 });
    }
    generations::set_cancel_requested(tx.db, id, price)?;
    if let Some(provider_id) = &state.provider_id {
        stop_prediction(tx, provider_id, Some(id))?;
    }
    tx.touch(id)
}

/// Asks the provider to cancel a prediction. `generation` is the one that the answer concerns, if
/// any does.
pub(in crate::engine) fn stop_prediction(
    tx: &mut Transaction<'_>,
    provider_id: &ProviderId,
    generation: Option<&GenerationId>,
) -> Result<(), StudioError> {
    Ok(outbox::add(
        tx.db,
        EffectKind::Cancel,
        provider_id.as_str(),
        generation,
        tx.now,
        tx.now,
    )?)
}

pub(in crate::engine) fn canceled(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    outcome: &CancelOutcome,
) -> Result<(), StudioError> {
    let Some(row) = due::current(tx, item)? else {
        return Ok(());
    };
    match outcome {
        ReadOutcome::Gone if !due::note_absence(tx, &row)? => failed(tx, &row),
        ReadOutcome::Found(_) | ReadOutcome::Gone => {
            outbox::remove(tx.db, row.id)?;
            apply_answer(tx, &row, outcome)
        }
        ReadOutcome::RetryAfter { seconds, .. } => {
            again_after(tx, &row, i64::from(*seconds) * 1_000)
        }
        ReadOutcome::Unavailable { .. } => failed(tx, &row),
    }
}

/// There was no usable answer, or the lease ended without one.
pub(in crate::engine) fn failed(
    tx: &mut Transaction<'_>,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    again_after(tx, row, pace::back_off(row.failures + 1))
}

/// Cancels again after `wait` milliseconds, unless the provider's own deadline has passed: then nothing is left to
/// cancel.
fn again_after(tx: &mut Transaction<'_>, row: &OutboxRow, wait: i64) -> Result<(), StudioError> {
    if tx.now >= row.created_at.plus_milliseconds(pace::PROVIDER_LIMIT) {
        return Ok(outbox::remove(tx.db, row.id)?);
    }
    let again = tx.now.plus_milliseconds(wait);
    Ok(outbox::reschedule(tx.db, row.id, again, row.failures + 1)?)
}

/// The answer to a cancel shows the prediction, as a poll does. If it shows no end yet, the next poll comes soon.
fn apply_answer(
    tx: &mut Transaction<'_>,
    row: &OutboxRow,
    outcome: &CancelOutcome,
) -> Result<(), StudioError> {
    let Some(generation) = &row.generation else {
        return Ok(());
    };
    match outcome {
        ReadOutcome::Found(prediction) if prediction.phase.is_final() => {
            last_word(tx, generation, prediction)
        }
        _ => match outbox::find(tx.db, EffectKind::Poll, generation.as_str())? {
            Some(poll) => look_soon(tx, &poll),
            None => Ok(()),
        },
    }
}
