//! How a generation ends: once, with its reservation settled and nothing left to do for it.

use selfsame_api::{Failure, FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::default_failure;

use super::transaction::Transaction;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::ledger::{self, Entry};
use crate::store::{outbox, outputs};

/// An end.
pub(super) enum End {
    /// So many pictures are stored, at least one.
    Succeeded {
        /// How many.
        stored: u32,
    },
    /// No picture came of it.
    Failed(Failure),
    /// The person ended it.
    Canceled,
}

impl Transaction<'_> {
    /// The generation, unless it has ended (or never was): then nothing that is observed changes it.
    pub(super) fn under_way(&mut self, id: &GenerationId) -> Result<Option<State>, StudioError> {
        let state = generations::load(self.db, id)?;
        Ok(state.filter(|state| !state.status.is_final()))
    }

    /// Ends a generation that is under way.
    pub(super) fn finish_generation(&mut self, state: &State, end: End) -> Result<(), StudioError> {
        let (status, failure, stored) = match end {
            End::Succeeded { stored } => (GenerationStatus::Succeeded, None, stored),
            End::Failed(failure) => (GenerationStatus::Failed, Some(failure), 0),
            End::Canceled => (GenerationStatus::Canceled, None, 0),
        };
        generations::set_finished(self.db, &state.id, status, failure.as_ref(), self.now)?;
        let unused = state.pictures.saturating_sub(stored);
        ledger::add(self.db, Entry::Settle, Some(&state.id), stored, self.now)?;
        ledger::add(self.db, Entry::Release, Some(&state.id), unused, self.now)?;
        outbox::remove_all_for(self.db, &state.id)?;
        outputs::forget(self.db, &state.id)?;
        self.touch(&state.id)
    }

    /// Ends a generation of which no picture came, in the failure's usual words; as canceled, if that is what the
    /// person wanted anyway.
    pub(super) fn finish_without_pictures(
        &mut self,
        state: &State,
        code: FailureCode,
    ) -> Result<(), StudioError> {
        let end = if state.cancel_requested {
            End::Canceled
        } else {
            End::Failed(default_failure(code))
        };
        self.finish_generation(state, end)
    }
}
