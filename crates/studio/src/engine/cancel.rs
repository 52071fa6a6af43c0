//! Canceling. Before the submit nothing is sent; after it the provider is asked, and what it then says is the end:
//! a success that arrives anyway keeps its pictures, because they are paid for.

use selfsame_api::{Generation, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{CancelOutcome, ReadOutcome};
use selfsame_provider::prediction::ProviderId;

use super::authorize::SignedInPerson;
use super::finish::End;
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::generations;
use crate::store::outbox::{self, EffectKind, OutboxRow};
use serde::{Deserialize, Serialize};

/// Ends a generation as soon as the provider lets go of it. Too late for one whose pictures are being stored, and for
/// one that has ended: those are answered as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelGeneration {
    /// Which.
    pub id: GenerationId,
}

impl PersonRequest for CancelGeneration {
    type Reply = Generation;

    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Generation, StudioError> {
        transaction.cancel(&self.id)?;
        transaction.view(&self.id)
    }
}

impl Transaction<'_> {
    fn cancel(&mut self, id: &GenerationId) -> Result<(), StudioError> {
        let state = self.state(id)?;
        let too_late = state.status.is_final() || state.status == GenerationStatus::Saving;
        if too_late || state.cancel_requested {
            return Ok(());
        }
        let unsent =
            outbox::find(self.db, EffectKind::Submit, id.as_str())?.is_some_and(|row| !row.leased);
        if unsent {
            return self.finish_generation(&state, End::Canceled);
        }
        generations::set_cancel_requested(self.db, id)?;
        if let Some(provider_id) = &state.provider_id {
            self.stop_upstream(provider_id, Some(id))?;
        }
        self.touch(id)
    }

    /// Asks the provider to stop. `generation` is whoever waits for the answer.
    pub(super) fn stop_upstream(
        &mut self,
        provider_id: &ProviderId,
        generation: Option<&GenerationId>,
    ) -> Result<(), StudioError> {
        Ok(outbox::add(
            self.db,
            EffectKind::Cancel,
            provider_id.as_str(),
            generation,
            self.now,
            self.now,
        )?)
    }

    pub(super) fn cancel_answered(
        &mut self,
        item: &OutboxItem,
        outcome: &CancelOutcome,
    ) -> Result<(), StudioError> {
        let Some(row) = due::current(self, item)? else {
            return Ok(());
        };
        let wait = match outcome {
            ReadOutcome::Gone if row.failures + 1 < pace::GONE_TIMES => {
                pace::back_off(row.failures + 1)
            }
            ReadOutcome::Found(_) | ReadOutcome::Gone => {
                outbox::remove(self.db, row.id)?;
                return self.look_after_cancel(&row, outcome);
            }
            ReadOutcome::RetryAfter { seconds, .. } => i64::from(*seconds) * 1_000,
            ReadOutcome::Unavailable { .. } => pace::back_off(row.failures + 1),
        };
        self.cancel_again(&row, wait)
    }

    /// The shell never came back with an answer.
    pub(super) fn cancel_failed(&mut self, row: &OutboxRow) -> Result<(), StudioError> {
        self.cancel_again(row, pace::back_off(row.failures + 1))
    }

    fn cancel_again(&mut self, row: &OutboxRow, wait: i64) -> Result<(), StudioError> {
        if self.now >= row.created_at.plus_milliseconds(pace::PROVIDER_LIMIT) {
            // The provider's own deadline has passed: there is nothing left to stop.
            return Ok(outbox::remove(self.db, row.id)?);
        }
        let again = self.now.plus_milliseconds(wait);
        Ok(outbox::reschedule(
            self.db,
            row.id,
            again,
            row.failures + 1,
        )?)
    }

    /// The answer to a cancel is a look, too; when it shows no end yet, the next look comes at once.
    fn look_after_cancel(
        &mut self,
        row: &OutboxRow,
        outcome: &CancelOutcome,
    ) -> Result<(), StudioError> {
        let Some(generation) = &row.generation else {
            return Ok(());
        };
        let Some(state) = self.under_way(generation)? else {
            return Ok(());
        };
        match outcome {
            ReadOutcome::Found(prediction) if prediction.phase.is_final() => {
                self.seen(&state, prediction)
            }
            _ => match outbox::find(self.db, EffectKind::Poll, generation.as_str())? {
                Some(poll) => Ok(outbox::wake(self.db, poll.id, self.now)?),
                None => Ok(()),
            },
        }
    }
}
