//! A submit whose outcome is unknown: the provider either has its prediction or it does not.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::Prediction;

use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};

impl Transaction<'_> {
    pub(super) fn reconciled(
        &mut self,
        item: &OutboxItem,
        generation: &GenerationId,
        outcome: &ReadOutcome<Vec<Prediction>>,
    ) -> Result<(), StudioError> {
        let Some(state) = self.under_way(generation)? else {
            return Ok(());
        };
        if let ReadOutcome::Found(predictions) = outcome {
            // Twins with the same input are told apart by who has which already.
            for prediction in predictions {
                if generations::holder(self.db, &prediction.id)?.is_none() {
                    return self.accepted(generation, prediction);
                }
            }
        }
        let Some(row) = due::current(self, item)? else {
            return Ok(());
        };
        match outcome {
            ReadOutcome::Found(_) | ReadOutcome::Gone => self.not_found(&state, &row),
            ReadOutcome::RetryAfter { seconds, .. } => {
                self.reconcile_again(&state, &row, i64::from(*seconds) * 1_000)
            }
            ReadOutcome::Unavailable { .. } => self.reconcile_failed(&state, &row),
        }
    }

    /// The provider answered, and it is not there: perhaps not yet.
    fn not_found(&mut self, state: &State, row: &OutboxRow) -> Result<(), StudioError> {
        if row.hint.is_some() && !row.wake_requested {
            // The webhook spoke of another prediction; the listing decides.
            outbox::set_hint(self.db, row.id, None)?;
            return Ok(outbox::reschedule(self.db, row.id, self.now, row.failures)?);
        }
        if !row.wake_requested && self.since_attempt(state) >= pace::LISTING_LIMIT {
            return self.finish_without_pictures(state, FailureCode::OutcomeUnknown);
        }
        let wait = if row.wake_requested {
            0
        } else {
            pace::back_off(row.failures + 1)
        };
        self.reconcile_again(state, row, wait)
    }

    /// No answer, so nothing is known; also when the shell never came back with one.
    pub(super) fn reconcile_failed(
        &mut self,
        state: &State,
        row: &OutboxRow,
    ) -> Result<(), StudioError> {
        self.reconcile_again(state, row, pace::back_off(row.failures + 1))
    }

    fn reconcile_again(
        &mut self,
        state: &State,
        row: &OutboxRow,
        wait: i64,
    ) -> Result<(), StudioError> {
        if self.since_attempt(state) >= pace::PROVIDER_LIMIT {
            return self.finish_without_pictures(state, FailureCode::OutcomeUnknown);
        }
        let again = self.now.plus_milliseconds(wait);
        Ok(outbox::reschedule(
            self.db,
            row.id,
            again,
            row.failures + 1,
        )?)
    }

    fn since_attempt(&self, state: &State) -> i64 {
        let attempted_at = state.attempted_at.unwrap_or(state.created_at);
        self.now.as_millisecond() - attempted_at.as_millisecond()
    }
}
