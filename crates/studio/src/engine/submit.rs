//! What became of a submit. The one place where money is at stake: a submit is sent again only after the provider
//! said that it created nothing.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Prediction;

use super::finish::End;
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, EffectKind, OutboxRow};

impl Transaction<'_> {
    pub(super) fn submitted(
        &mut self,
        item: &OutboxItem,
        generation: &GenerationId,
        outcome: SubmitOutcome,
    ) -> Result<(), StudioError> {
        if let SubmitOutcome::Accepted(prediction) = outcome {
            return self.accepted(generation, &prediction);
        }
        // Anything but an acceptance counts only while this very attempt is what the generation waits for.
        let (Some(state), Some(row)) = (self.under_way(generation)?, due::current(self, item)?)
        else {
            return Ok(());
        };
        match outcome {
            SubmitOutcome::Refused(problem) => {
                self.finish_generation(&state, End::Failed(problem.person_failure()))
            }
            SubmitOutcome::RetryAfter { seconds, .. } => self.put_off(&state, &row, seconds),
            SubmitOutcome::Accepted(_) | SubmitOutcome::Unknown { .. } => Ok(outbox::change_kind(
                self.db,
                row.id,
                EffectKind::Reconcile,
                self.now,
            )?),
        }
    }

    /// The provider created nothing and asks for patience.
    fn put_off(&mut self, state: &State, row: &OutboxRow, seconds: u32) -> Result<(), StudioError> {
        let again = self.now.plus_milliseconds(i64::from(seconds) * 1_000);
        let limit = state.created_at.plus_milliseconds(pace::SUBMIT_LIMIT);
        if state.cancel_requested || again > limit {
            return self.finish_without_pictures(state, FailureCode::ProviderUnavailable);
        }
        Ok(outbox::reschedule(self.db, row.id, again, 0)?)
    }

    /// The provider has it: from now on its prediction is looked at.
    pub(super) fn accepted(
        &mut self,
        generation: &GenerationId,
        prediction: &Prediction,
    ) -> Result<(), StudioError> {
        let Some(state) = generations::load(self.db, generation)? else {
            return Ok(());
        };
        if generations::holder(self.db, &prediction.id)?.is_some() {
            // Heard before; or a reconcile took it for a twin with the very same input, whose own prediction is then
            // the one this generation's reconcile finds.
            return Ok(());
        }
        if state.status.is_final() {
            // It came to light after the generation was given up: nobody waits for it any more.
            return self.stop_upstream(&prediction.id, None);
        }
        if state.provider_id.is_some() {
            return Ok(());
        }
        generations::set_accepted(self.db, generation, &prediction.id, self.now)?;
        outbox::remove_all_for(self.db, generation)?;
        let next = self
            .now
            .plus_milliseconds(pace::until_next_poll(self.now, self.now));
        outbox::add(
            self.db,
            EffectKind::Poll,
            generation.as_str(),
            Some(generation),
            self.now,
            next,
        )?;
        if state.cancel_requested && !prediction.phase.is_final() {
            self.stop_upstream(&prediction.id, Some(generation))?;
        }
        let state = self.state(generation)?;
        self.seen(&state, prediction)
    }
}
