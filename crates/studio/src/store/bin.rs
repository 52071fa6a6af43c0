//! The bin: generations, pictures and conversations with the moment of their deletion in `binned_at`. A picture whose
//! generation is in the bin as well is not an entry of its own.

use selfsame_api::BinnedId;
use selfsame_primitives::ids::{GenerationId, PictureId, SeriesId};
use selfsame_primitives::time::Timestamp;

use super::canaries::HIDDEN;
use super::columns::{Columns, json};
use super::{conversations, series, words};
use crate::database::{Database, DatabaseError};

/// Whether what lies in the bin by itself is read as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bin {
    /// It is.
    Included,
    /// It is not.
    Excluded,
}

impl Bin {
    /// The end of a condition.
    pub(crate) const fn condition(self) -> &'static str {
        match self {
            Self::Included => "",
            Self::Excluded => "AND binned_at IS NULL",
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BinRow {
    pub(crate) id: BinnedId,
    pub(crate) binned_at: Timestamp,
    /// The generation itself, or that of the picture; `None` for a conversation.
    pub(crate) generation: Option<GenerationId>,
}

/// What came of putting a generation into the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It is there now.
    Done,
    /// It is under way.
    UnderWay,
    /// No such generation exists outside the bin.
    Missing,
}

pub(crate) fn put_generation(
    db: &mut dyn Database,
    id: &GenerationId,
    now: Timestamp,
) -> Result<Put, DatabaseError> {
    let rows = db.query(
        "SELECT finished_at IS NOT NULL FROM generations WHERE id = ? AND binned_at IS NULL",
        &[id.as_str().into()],
    )?;
    match Columns::one(rows)?.map(|mut row| row.flag()).transpose()? {
        None => Ok(Put::Missing),
        Some(false) => Ok(Put::UnderWay),
        Some(true) => {
            db.query(
                "UPDATE generations SET binned_at = ? WHERE id = ?",
                &[now.into(), id.as_str().into()],
            )?;
            Ok(Put::Done)
        }
    }
}

/// Puts those of the pictures into the bin that are outside it, and returns them, each with its generation.
pub(crate) fn put_pictures(
    db: &mut dyn Database,
    ids: &[PictureId],
    now: Timestamp,
) -> Result<Vec<(GenerationId, PictureId)>, DatabaseError> {
    let rows = db.query(
        "UPDATE pictures SET binned_at = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND binned_at IS NULL
            AND generation NOT IN (SELECT id FROM generations WHERE binned_at IS NOT NULL)
         RETURNING generation, id",
        &[now.into(), json(&ids)?],
    )?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.parsed()?, row.parsed()?))
        })
        .collect()
}

const ENTRIES: &str = "SELECT id, at, generation FROM (
        SELECT id, binned_at AS at, id AS generation FROM generations
            WHERE binned_at IS NOT NULL AND canary IS NULL
        UNION ALL
        SELECT id, binned_at, generation FROM pictures WHERE binned_at IS NOT NULL
            AND generation NOT IN (SELECT id FROM generations WHERE binned_at IS NOT NULL)
        UNION ALL
        SELECT id, binned_at, NULL FROM conversations WHERE binned_at IS NOT NULL
    )";

/// At most `limit` entries that were put into the bin after `expired` and come after `before`, the last deleted first.
pub(crate) fn page(
    db: &mut dyn Database,
    expired: Timestamp,
    before: Option<(Timestamp, &str)>,
    limit: u32,
) -> Result<Vec<BinRow>, DatabaseError> {
    let order = "ORDER BY at DESC, id DESC LIMIT ?";
    let rows = match before {
        None => db.query(
            &format!("{ENTRIES} WHERE at > ? {order}"),
            &[expired.into(), limit.into()],
        ),
        Some((at, id)) => db.query(
            &format!("{ENTRIES} WHERE at > ? AND (at, id) < (?, ?) {order}"),
            &[expired.into(), at.into(), id.into(), limit.into()],
        ),
    }?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(BinRow {
                id: row.parsed()?,
                binned_at: row.moment()?,
                generation: row.optional_parsed()?,
            })
        })
        .collect()
}

/// Takes a generation that was put into the bin after `expired` out again. Returns whether it was there.
pub(crate) fn restore_generation(
    db: &mut dyn Database,
    id: &GenerationId,
    expired: Timestamp,
) -> Result<bool, DatabaseError> {
    set_generation(db, id, None, expired)
}

/// Makes a generation in the bin one that was put there at `expired`. Returns whether it was there.
pub(crate) fn expire_generation(
    db: &mut dyn Database,
    id: &GenerationId,
    expired: Timestamp,
) -> Result<bool, DatabaseError> {
    set_generation(db, id, Some(expired), expired)
}

/// Takes the generations of a series that were put into the bin after `expired` out again, and returns them.
pub(crate) fn restore_series(
    db: &mut dyn Database,
    id: &SeriesId,
    expired: Timestamp,
) -> Result<Vec<GenerationId>, DatabaseError> {
    db.query(
        "UPDATE generations SET binned_at = NULL WHERE series = ? AND binned_at > ? RETURNING id",
        &[id.as_str().into(), expired.into()],
    )?
    .into_iter()
    .map(|row| Columns::new(row).parsed())
    .collect()
}

fn set_generation(
    db: &mut dyn Database,
    id: &GenerationId,
    binned_at: Option<Timestamp>,
    expired: Timestamp,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "UPDATE generations SET binned_at = ?
         WHERE id = ? AND binned_at > ? AND canary IS NULL RETURNING 1",
        &[binned_at.into(), id.as_str().into(), expired.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Takes those of the pictures out of the bin that are entries of it and were put there after `expired`. Returns the
/// generation of each.
pub(crate) fn restore_pictures(
    db: &mut dyn Database,
    ids: &[PictureId],
    expired: Timestamp,
) -> Result<Vec<GenerationId>, DatabaseError> {
    set_pictures(db, ids, None, expired)
}

/// Makes those of the pictures that are entries of the bin ones that were put there at `expired`. Returns the generation
/// of each.
pub(crate) fn expire_pictures(
    db: &mut dyn Database,
    ids: &[PictureId],
    expired: Timestamp,
) -> Result<Vec<GenerationId>, DatabaseError> {
    set_pictures(db, ids, Some(expired), expired)
}

fn set_pictures(
    db: &mut dyn Database,
    ids: &[PictureId],
    binned_at: Option<Timestamp>,
    expired: Timestamp,
) -> Result<Vec<GenerationId>, DatabaseError> {
    let rows = db.query(
        "UPDATE pictures SET binned_at = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND binned_at > ?
            AND generation NOT IN (SELECT id FROM generations WHERE binned_at IS NOT NULL)
         RETURNING generation",
        &[binned_at.into(), json(&ids)?, expired.into()],
    )?;
    rows.into_iter()
        .map(|row| Columns::new(row).parsed())
        .collect()
}

/// Makes everything that the bin lists expire at `expired`.
pub(crate) fn expire_all(db: &mut dyn Database, expired: Timestamp) -> Result<(), DatabaseError> {
    for table in ["generations", "pictures", "conversations"] {
        db.query(
            &format!("UPDATE {table} SET binned_at = ? WHERE binned_at < ?"),
            &[expired.into(), HIDDEN.into()],
        )?;
    }
    Ok(())
}

/// When the oldest entry was put into the bin.
pub(crate) fn oldest(db: &mut dyn Database) -> Result<Option<Timestamp>, DatabaseError> {
    let rows = db.query(
        "SELECT min(at) FROM (
            SELECT min(binned_at) AS at FROM generations
            WHERE binned_at IS NOT NULL AND canary IS NULL
            UNION ALL SELECT min(binned_at) FROM pictures WHERE binned_at IS NOT NULL
            UNION ALL SELECT min(binned_at) FROM conversations WHERE binned_at IS NOT NULL
        )",
        &[],
    )?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_moment())
}

/// Removes everything that was put into the bin at `expired` or before, with every word of it, and leaves the deletion
/// of the objects to the outbox. Reads no stored JSON, so that nothing that cannot be read stays. What a generation
/// was charged stays in the ledger; its idempotency key stays without the hash of the request, so that a late repetition
/// of that request makes no pictures.
///
/// Returns whether there was anything.
pub(crate) fn purge(
    db: &mut dyn Database,
    expired: Timestamp,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let generations = "SELECT id FROM generations WHERE binned_at <= ?";
    let pictures = format!("binned_at <= ? OR generation IN ({generations})");
    // A deletion that is under way may be too early for these bytes: see `outbox::request_wake`.
    db.query(
        &format!(
            "INSERT INTO outbox (kind, subject, created_at, due_at)
             SELECT 'delete', id, ?, ? FROM pictures WHERE {pictures}
             ON CONFLICT (kind, subject) DO UPDATE SET nudged = 1"
        ),
        &[now.into(), now.into(), expired.into(), expired.into()],
    )?;
    db.query(
        &format!(
            "DELETE FROM share_links WHERE picture IN (SELECT id FROM pictures WHERE {pictures})"
        ),
        &[expired.into(), expired.into()],
    )?;
    let removed = db.query(
        &format!("DELETE FROM pictures WHERE {pictures} RETURNING 1"),
        &[expired.into(), expired.into()],
    )?;
    for statement in [
        "UPDATE idempotency SET body_hash = '' WHERE generation IN",
        "DELETE FROM outputs WHERE generation IN",
    ] {
        db.query(&format!("{statement} ({generations})"), &[expired.into()])?;
    }
    let ended = db.query(
        "DELETE FROM generations WHERE binned_at <= ? RETURNING 1",
        &[expired.into()],
    )?;
    series::remove_empty(db)?;
    let talked = conversations::purge(db, expired)?;
    if !removed.is_empty() || talked {
        words::forget_deleted(db)?;
    }
    Ok(!removed.is_empty() || !ended.is_empty() || talked)
}
