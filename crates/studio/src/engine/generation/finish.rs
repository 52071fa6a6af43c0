//! The end of a generation: its reservation is settled and its outbox rows are removed.

use selfsame_api::{Failure, FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::default_failure;

use crate::engine::{Transaction, canary};
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::ledger::{self, Booking};
use crate::store::{outbox, outputs, profile};

/// How a generation ends.
pub(super) enum End {
    /// With this many stored pictures, at least one.
    Succeeded { stored: u32 },
    /// Without a picture.
    Failed(Failure),
    /// By the person's cancel, without a picture. This many count as used: all, if the provider had begun, else none.
    Canceled { used: u32 },
    /// Without the provider's last word, which [revives](super::revive) the generation if it is heard later. It ends as
    /// canceled if the person has asked for that, else as failed with this code.
    GivenUp(FailureCode),
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
    let given_up = matches!(end, End::GivenUp(_));
    let (status, failure, used) = match end {
        End::Succeeded { stored } => (GenerationStatus::Succeeded, None, stored),
        End::Failed(failure) => (GenerationStatus::Failed, Some(failure), 0),
        End::GivenUp(code) if !state.cancel_requested => {
            (GenerationStatus::Failed, Some(default_failure(code)), 0)
        }
        End::Canceled { used } => (GenerationStatus::Canceled, None, used),
        End::GivenUp(_) => (GenerationStatus::Canceled, None, 0),
    };
    if canary::end(tx, state, failure.as_ref())? {
        return Ok(());
    }
    generations::set_finished(tx.db, &state.id, status, failure.as_ref(), given_up, tx.now)?;
    settle(tx, &state.id, used)?;
    outbox::remove_all_for(tx.db, &state.id)?;
    outputs::forget(tx.db, &state.id)?;
    tx.queue_moved();
    tx.touch(&state.id)
}

/// Settles `used` pictures out of what the generation reserved, and releases the rest. A generation that was revived
/// has no reservation any more: its pictures are charged, and the person is granted what they have spent meanwhile.
fn settle(tx: &mut Transaction<'_>, id: &GenerationId, used: u32) -> Result<(), StudioError> {
    let account = ledger::account(tx.db, id)?;
    let settled = used.min(account.reserved);
    let released = account.reserved - settled;
    ledger::add(tx.db, Booking::Settle, Some(id), settled, tx.now)?;
    ledger::add(tx.db, Booking::Release, Some(id), released, tx.now)?;
    let charged = used.saturating_sub(settled + account.used);
    let limited = profile::load(tx.db)?.is_some_and(|profile| profile.limited);
    if limited && charged > 0 {
        let left = u32::try_from(ledger::balance(tx.db)?.left()).unwrap_or(0);
        let covered = charged.saturating_sub(left);
        ledger::add(tx.db, Booking::Cover, Some(id), covered, tx.now)?;
    }
    Ok(ledger::add(
        tx.db,
        Booking::Charge,
        Some(id),
        charged,
        tx.now,
    )?)
}

/// Ends a generation that made no picture: as canceled if the person has asked for that, else as failed with the
/// code's default message.
pub(super) fn finish_without_pictures(
    tx: &mut Transaction<'_>,
    state: &State,
    code: FailureCode,
) -> Result<(), StudioError> {
    let end = if state.cancel_requested {
        End::Canceled { used: 0 }
    } else {
        End::Failed(default_failure(code))
    };
    finish(tx, state, end)
}
