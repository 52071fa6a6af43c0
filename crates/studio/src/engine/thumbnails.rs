//! A picture's smaller versions: made by an effect of their own after the picture is stored, so that neither a failure nor a
//! crash of the decoder can lose the picture. Until they are made, and when they cannot be made, the picture is served as it
//! is.

use selfsame_primitives::ids::{PictureId, UserId};

use super::pictures::{delete_objects, object_key, thumbnail_key};
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::{Effect, FetchFailure, OutboxItem};
use crate::error::StudioError;
use crate::store::effect_kind::EffectKind;
use crate::store::outbox::{self, OutboxRow};
use crate::store::pictures;
use crate::thumbnail::{Thumbnail, ThumbnailSize};

/// Failures after which the picture is served as it is for good. A crash counts as one.
const MOST_FAILURES: u32 = 3;

/// Queues the effect that makes the smaller versions, unless it is queued already.
pub(super) fn request(tx: &mut Transaction<'_>, id: &PictureId) -> Result<(), StudioError> {
    let kind = EffectKind::Thumbnails;
    Ok(outbox::add(tx.db, kind, id.as_str(), None, tx.now, tx.now)?)
}

/// The effect that makes them; `None` if they are made or the picture is gone.
pub(super) fn effect(
    tx: &mut Transaction<'_>,
    user: &UserId,
    picture: PictureId,
) -> Result<Option<Effect>, StudioError> {
    if !pictures::lacks_thumbnails(tx.db, &picture)? {
        return Ok(None);
    }
    Ok(Some(Effect::MakeThumbnails {
        key: object_key(user, &picture),
        into: ThumbnailSize::ALL.map(|size| (size, thumbnail_key(user, &picture, size))),
        picture,
    }))
}

pub(super) fn made(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    id: &PictureId,
    made: &[Thumbnail],
) -> Result<(), StudioError> {
    if !pictures::exists(tx.db, id)? {
        // The picture was deleted meanwhile, and its objects were written again.
        delete_objects(tx, id)?;
    } else if pictures::lacks_thumbnails(tx.db, id)? {
        pictures::set_thumbnails(tx.db, id, made)?;
    }
    match due::current(tx, item)? {
        Some(row) => Ok(outbox::remove(tx.db, row.id)?),
        None => Ok(()),
    }
}

pub(super) fn not_made(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    id: &PictureId,
    kind: FetchFailure,
) -> Result<(), StudioError> {
    let Some(row) = due::current(tx, item)? else {
        return Ok(());
    };
    match kind {
        FetchFailure::Transient => failed(tx, id, &row),
        FetchFailure::Absent | FetchFailure::Permanent => give_up(tx, id, &row),
    }
}

/// An attempt failed, or its lease ended without an answer.
pub(super) fn failed(
    tx: &mut Transaction<'_>,
    id: &PictureId,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    let failures = row.failures + 1;
    if failures >= MOST_FAILURES || !pictures::exists(tx.db, id)? {
        return give_up(tx, id, row);
    }
    let again = tx.now.plus_milliseconds(pace::back_off(failures));
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}

fn give_up(tx: &mut Transaction<'_>, id: &PictureId, row: &OutboxRow) -> Result<(), StudioError> {
    outbox::remove(tx.db, row.id)?;
    if pictures::exists(tx.db, id)? {
        Ok(pictures::set_thumbnails(tx.db, id, &[])?)
    } else {
        delete_objects(tx, id)
    }
}
