//! The objects in the object store: their keys, and their deletion.

use selfsame_primitives::ids::{PictureId, UserId};

use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::outbox::{self, EffectKind, OutboxRow};

/// The key of a picture's object: under its owner's prefix.
pub(super) fn object_key(user: &UserId, id: &PictureId) -> String {
    format!("people/{user}/pictures/{id}")
}

/// Deletes a picture's object. If a deletion is under way already, it may be too early for the bytes that this call
/// is about, so it is repeated.
pub(super) fn delete(tx: &mut Transaction<'_>, id: &PictureId) -> Result<(), StudioError> {
    let kind = EffectKind::Delete;
    outbox::add(tx.db, kind, id.as_str(), None, tx.now, tx.now)?;
    match outbox::find(tx.db, kind, id.as_str())? {
        Some(row) if row.leased => Ok(outbox::wake(tx.db, row.id, tx.now)?),
        _ => Ok(()),
    }
}

pub(super) fn deleted(tx: &mut Transaction<'_>, item: &OutboxItem) -> Result<(), StudioError> {
    match due::current(tx, item)? {
        Some(row) if row.wake_requested => Ok(outbox::reschedule(tx.db, row.id, tx.now, 0)?),
        Some(row) => Ok(outbox::remove(tx.db, row.id)?),
        None => Ok(()),
    }
}

pub(super) fn kept(tx: &mut Transaction<'_>, item: &OutboxItem) -> Result<(), StudioError> {
    match due::current(tx, item)? {
        Some(row) => delete_failed(tx, &row),
        None => Ok(()),
    }
}

/// The object could not be deleted, or the lease ended without an answer. There is no limit to the attempts, because
/// the person has been told that the picture is gone.
pub(super) fn delete_failed(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<(), StudioError> {
    let failures = row.failures + 1;
    let again = tx.now.plus_milliseconds(pace::back_off(failures));
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}
