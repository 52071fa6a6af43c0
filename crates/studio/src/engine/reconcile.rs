//! A submit whose outcome is unknown: the provider either has its prediction or it does not.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::Prediction;

use super::pace;
use super::transaction::Transaction;
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, Entry};

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
        let Some(entry) = self.current(item)? else {
            return Ok(());
        };
        match outcome {
            ReadOutcome::Found(_) | ReadOutcome::Gone => self.not_found(&state, &entry),
            ReadOutcome::RetryAfter { seconds, .. } => {
                self.reconcile_again(&state, &entry, i64::from(*seconds) * 1_000)
            }
            ReadOutcome::Unavailable { .. } => self.reconcile_trouble(&state, &entry),
        }
    }

    /// The provider answered, and it is not there: perhaps not yet.
    fn not_found(&mut self, state: &State, entry: &Entry) -> Result<(), StudioError> {
        if entry.hint.is_some() && !entry.nudged {
            // The webhook spoke of another prediction; the listing decides.
            outbox::set_hint(self.db, entry.id, None)?;
            return Ok(outbox::reschedule(
                self.db,
                entry.id,
                self.now,
                entry.troubles,
            )?);
        }
        if !entry.nudged && self.since_attempt(state) >= pace::LISTING_LIMIT {
            return self.come_to_nothing(state, FailureCode::OutcomeUnknown);
        }
        let wait = if entry.nudged {
            0
        } else {
            pace::back_off(entry.troubles + 1)
        };
        self.reconcile_again(state, entry, wait)
    }

    /// No answer, so nothing is known; also when the shell never came back with one.
    pub(super) fn reconcile_trouble(
        &mut self,
        state: &State,
        entry: &Entry,
    ) -> Result<(), StudioError> {
        self.reconcile_again(state, entry, pace::back_off(entry.troubles + 1))
    }

    fn reconcile_again(
        &mut self,
        state: &State,
        entry: &Entry,
        wait: i64,
    ) -> Result<(), StudioError> {
        if self.since_attempt(state) >= pace::PROVIDER_LIMIT {
            return self.come_to_nothing(state, FailureCode::OutcomeUnknown);
        }
        let again = self.now.plus_milliseconds(wait);
        Ok(outbox::reschedule(
            self.db,
            entry.id,
            again,
            entry.troubles + 1,
        )?)
    }

    fn since_attempt(&self, state: &State) -> i64 {
        let attempted_at = state.attempted_at.unwrap_or(state.created_at);
        self.now.as_millisecond() - attempted_at.as_millisecond()
    }
}
