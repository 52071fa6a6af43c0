//! Looking at a prediction: the provider's own word is the truth.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{PollOutcome, ReadOutcome};
use selfsame_provider::prediction::{Phase, Prediction};

use super::finish::End;
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};

impl Transaction<'_> {
    pub(super) fn polled(
        &mut self,
        item: &OutboxItem,
        generation: &GenerationId,
        outcome: PollOutcome,
    ) -> Result<(), StudioError> {
        let Some(state) = self.under_way(generation)? else {
            return Ok(());
        };
        let row = due::current(self, item)?;
        match (outcome, row) {
            // An end is an end, however late the news.
            (ReadOutcome::Found(prediction), _) if prediction.phase.is_final() => {
                self.seen(&state, &prediction)
            }
            (_, None) => Ok(()),
            (ReadOutcome::Found(prediction), Some(row)) => {
                self.seen(&state, &prediction)?;
                let accepted_at = state.accepted_at.unwrap_or(state.created_at);
                // A webhook that came meanwhile may know more than this look.
                let wait = if row.wake_requested {
                    0
                } else {
                    pace::until_next_poll(accepted_at, self.now)
                };
                self.poll_again(&state, &row, wait, 0)
            }
            (ReadOutcome::Gone, Some(row)) if row.failures + 1 >= pace::GONE_TIMES => {
                self.finish_without_pictures(&state, FailureCode::PicturesLost)
            }
            (ReadOutcome::RetryAfter { seconds, .. }, Some(row)) => {
                let wait = i64::from(seconds) * 1_000;
                self.poll_again(&state, &row, wait, row.failures)
            }
            (ReadOutcome::Gone | ReadOutcome::Unavailable { .. }, Some(row)) => {
                self.poll_failed(&state, &row)
            }
        }
    }

    /// No answer; also when the shell never came back with one.
    pub(super) fn poll_failed(
        &mut self,
        state: &State,
        row: &OutboxRow,
    ) -> Result<(), StudioError> {
        let failures = row.failures + 1;
        self.poll_again(state, row, pace::back_off(failures), failures)
    }

    fn poll_again(
        &mut self,
        state: &State,
        row: &OutboxRow,
        wait: i64,
        failures: u32,
    ) -> Result<(), StudioError> {
        let accepted_at = state.accepted_at.unwrap_or(state.created_at);
        if self.now >= accepted_at.plus_milliseconds(pace::PROVIDER_LIMIT) {
            self.finish_without_pictures(state, FailureCode::TimedOut)?;
            return match &state.provider_id {
                Some(provider_id) => self.stop_upstream(provider_id, None),
                None => Ok(()),
            };
        }
        let again = self.now.plus_milliseconds(wait);
        Ok(outbox::reschedule(self.db, row.id, again, failures)?)
    }

    /// Takes in one look at a prediction that this generation holds.
    pub(super) fn seen(
        &mut self,
        state: &State,
        prediction: &Prediction,
    ) -> Result<(), StudioError> {
        if state.provider_id.as_ref() != Some(&prediction.id)
            || state.status == GenerationStatus::Saving
        {
            return Ok(());
        }
        match &prediction.phase {
            Phase::Starting => self.progressed(state, prediction, GenerationStatus::Booting),
            Phase::Processing => self.progressed(state, prediction, GenerationStatus::Generating),
            Phase::Succeeded => self.save(state, prediction),
            Phase::Failed(problem) => {
                self.finish_generation(state, End::Failed(problem.person_failure()))
            }
            Phase::Canceled | Phase::Aborted => {
                self.finish_without_pictures(state, FailureCode::TimedOut)
            }
        }
    }

    fn progressed(
        &mut self,
        state: &State,
        prediction: &Prediction,
        phase: GenerationStatus,
    ) -> Result<(), StudioError> {
        // Two looks can overlap; a generation at work does not go back to booting.
        let status = if state.status == GenerationStatus::Generating {
            state.status
        } else {
            phase
        };
        let progress = prediction.progress.or(state.progress);
        if status == state.status && progress == state.progress {
            return Ok(());
        }
        generations::set_progress(self.db, &state.id, status, progress)?;
        self.touch(&state.id)
    }
}
