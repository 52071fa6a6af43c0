//! Deleting the person.
//!
//! Their rows go at once, and with them every session. What reaches outside goes afterwards: cancels, then one effect that
//! deletes their files, their model versions at the provider and the directory's rows. It is handed out until all of that is
//! done; at last the shell deletes the database itself, and with it the row of the effect. Every step can be repeated, so a
//! deletion that stopped anywhere goes on.

use selfsame_primitives::ids::{DeletionId, UserId};
use selfsame_provider::outcome::SubmitOutcome;
use serde::{Deserialize, Serialize};

use super::generation::cancel::{self, stop_prediction};
use super::transaction::Transaction;
use super::{due, pace};
use crate::database::DatabaseError;
use crate::effect::{Effect, Erasure, Observation, OutboxItem};
use crate::error::StudioError;
use crate::request::{Request, Signal};
use crate::store::deletion::{self, StoredDeletion};
use crate::store::effect_kind::EffectKind;
use crate::store::outbox::{self, OutboxRow};

/// Milliseconds for which an unreachable provider holds up a deletion: a day. Then the person is deleted, and the receipt
/// says which versions remain.
const PROVIDER_PATIENCE: i64 = 24 * 60 * 60 * 1_000;

/// Deletes the person, whether or not their studio was ever opened. The directory has noted it before. Repeating the
/// request changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletePerson {
    /// Whose studio it is.
    pub user: UserId,
    /// The deletion in the directory.
    pub deletion: DeletionId,
    /// Whether the provider is to delete the versions of the person's own models.
    pub provider_versions: bool,
}

impl Request for DeletePerson {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>) -> Result<(), StudioError> {
        if deletion::load(tx.db)?.is_some() {
            return Ok(());
        }
        for prediction in deletion::predictions(tx.db)? {
            stop_prediction(tx, &prediction, None)?;
        }
        let own = deletion::own_versions(tx.db)?;
        let (versions, kept) = if self.provider_versions {
            (own, Vec::new())
        } else {
            (Vec::new(), own)
        };
        let begun = StoredDeletion {
            id: self.deletion,
            user: self.user,
            removed: deletion::count(tx.db)?,
            versions,
            versions_kept: u32::try_from(kept.len()).unwrap_or(u32::MAX),
        };
        deletion::begin(tx.db, &begun, tx.now)?;
        tx.signal(Signal::CloseAll);
        go_on(tx, &begun)
    }
}

/// The deletion that is under way.
pub(super) fn under_way(tx: &mut Transaction<'_>) -> Result<Option<StoredDeletion>, StudioError> {
    Ok(deletion::load(tx.db)?)
}

/// Erases what is outside once nothing else is under way: a create that is answered later would go on at the provider, and
/// a copy that ends later would leave a file behind.
fn go_on(tx: &mut Transaction<'_>, deletion: &StoredDeletion) -> Result<(), StudioError> {
    if outbox::next(tx.db)?.is_none() {
        let kind = EffectKind::Erase;
        outbox::add(tx.db, kind, deletion.id.as_str(), None, tx.now, tx.now)?;
    }
    Ok(())
}

/// The effect of the outbox's last row.
pub(super) fn effect(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<Effect, StudioError> {
    let deletion = deletion::load(tx.db)?
        .ok_or_else(|| DatabaseError("an erase row without a deletion".to_owned()))?;
    let versions = deletion.versions.iter().map(|(model, version)| {
        let model = model.parse().ok();
        model.zip(version.parse().ok())
    });
    let readable: Vec<_> = versions.flatten().collect();
    let unreadable = deletion.versions.len() - readable.len();
    let unreadable = u32::try_from(unreadable).unwrap_or(u32::MAX);
    Ok(Effect::Erase(Erasure {
        prefix: format!("people/{}/", deletion.user),
        user: deletion.user,
        deletion: deletion.id,
        removed: deletion.removed,
        versions: readable,
        versions_kept: deletion.versions_kept.saturating_add(unreadable),
        provider_needed: tx.now < row.created_at.plus_milliseconds(PROVIDER_PATIENCE),
    }))
}

/// Takes in what became of an effect while the person is being deleted.
pub(super) fn observe(
    tx: &mut Transaction<'_>,
    deletion: &StoredDeletion,
    item: &OutboxItem,
    observation: &Observation,
) -> Result<(), StudioError> {
    let Some(row) = due::current(tx, item)? else {
        return Ok(());
    };
    match (row.kind, observation) {
        (EffectKind::Cancel, Observation::Canceled(outcome)) => {
            cancel::canceled(tx, item, outcome)?;
        }
        (EffectKind::Submit, Observation::Submitted(SubmitOutcome::Accepted(prediction))) => {
            outbox::remove(tx.db, row.id)?;
            stop_prediction(tx, &prediction.id, None)?;
        }
        (EffectKind::Cancel | EffectKind::Erase, Observation::PutOff { milliseconds }) => {
            due::put_off(tx, item, *milliseconds)?;
        }
        (EffectKind::Erase, _) => erase_again(tx, &row)?,
        _ => outbox::remove(tx.db, row.id)?,
    }
    go_on(tx, deletion)
}

/// Takes back a row whose lease has ended without an answer while the person is being deleted. A create that may have been
/// sent ends by the provider's own deadline.
pub(super) fn recover(
    tx: &mut Transaction<'_>,
    deletion: &StoredDeletion,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    match row.kind {
        EffectKind::Cancel => cancel::failed(tx, row)?,
        EffectKind::Erase => erase_again(tx, row)?,
        _ => outbox::remove(tx.db, row.id)?,
    }
    go_on(tx, deletion)
}

/// There is no limit to the attempts.
fn erase_again(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<(), StudioError> {
    let failures = row.failures + 1;
    let again = tx.now.plus_milliseconds(pace::back_off(failures));
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}
