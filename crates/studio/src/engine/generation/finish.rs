//! The end of a generation: its reservation is settled and its outbox rows are removed.

use selfsame_api::{Failure, FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::default_failure;

use crate::engine::Transaction;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::ledger::{self, Entry};
use crate::store::{outbox, outputs};

/// How a generation ends.
pub(super) enum End {
    /// With this many stored pictures, at least one.
    Succeeded { stored: u32 },
    /// Without a picture.
    Failed(Failure),
    /// By the person's cancel, without a picture.
    Canceled,
}

/// The generation, if it exists and has not ended. No observation changes a generation that has ended.
pub(super) fn under_way(
    tx: &mut Transaction<'_>,
    id: &GenerationId,
) -> Result<Option<State>, StudioError> {
    let state = generations::load(tx.db, id)?;
    Ok(state.filter(|state| !state.status.is_final()))
}

/// Ends a generation that is under way.
pub(super) fn finish(tx: &mut Transaction<'_>, state: &State, end: End) -> Result<(), StudioError> {
    let (status, failure, stored) = match end {
        End::Succeeded { stored } => (GenerationStatus::Succeeded, None, stored),
        End::Failed(failure) => (GenerationStatus::Failed, Some(failure), 0),
        End::Canceled => (GenerationStatus::Canceled, None, 0),
    };
    generations::set_finished(tx.db, &state.id, status, failure.as_ref(), tx.now)?;
    let unused = state.pictures.saturating_sub(stored);
    ledger::add(tx.db, Entry::Settle, Some(&state.id), stored, tx.now)?;
    ledger::add(tx.db, Entry::Release, Some(&state.id), unused, tx.now)?;
    outbox::remove_all_for(tx.db, &state.id)?;
    outputs::forget(tx.db, &state.id)?;
    tx.touch(&state.id)
}

/// Ends a generation that made no picture: as canceled if the person has asked for that, else as failed with the
/// code's default message.
pub(super) fn finish_without_pictures(
    tx: &mut Transaction<'_>,
    state: &State,
    code: FailureCode,
) -> Result<(), StudioError> {
    let end = if state.cancel_requested {
        End::Canceled
    } else {
        End::Failed(default_failure(code))
    };
    finish(tx, state, end)
}
