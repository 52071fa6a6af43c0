//! What has been received before, because clients and providers repeat themselves: idempotency keys, each with the
//! generation or the series that it began, and webhooks.

use selfsame_primitives::ids::{GenerationId, SeriesId};
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// The use of a key.
pub(crate) struct UsedKey {
    /// SHA-256 of the canonical request.
    pub(crate) body_hash: String,
    pub(crate) began: Began,
}

/// What a request began.
pub(crate) enum Began {
    Generation(GenerationId),
    /// A series, or a frame of it that was made again.
    Series(SeriesId),
}

pub(crate) fn find_key(db: &mut dyn Database, key: &str) -> Result<Option<UsedKey>, DatabaseError> {
    let rows = db.query(
        "SELECT body_hash, generation, series FROM idempotency WHERE key = ?",
        &[key.into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            let (body_hash, generation) = (row.text()?, row.parsed()?);
            let began = row.optional_parsed()?.map(Began::Series);
            Ok(UsedKey {
                body_hash,
                began: began.unwrap_or(Began::Generation(generation)),
            })
        })
        .transpose()
}

pub(crate) fn add_key(
    db: &mut dyn Database,
    key: &str,
    body_hash: &str,
    generation: &GenerationId,
    series: Option<&SeriesId>,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO idempotency (key, body_hash, generation, series, created_at)
         VALUES (?, ?, ?, ?, ?)",
        &[
            key.into(),
            body_hash.into(),
            generation.as_str().into(),
            series.map(SeriesId::as_str).into(),
            now.into(),
        ],
    )?;
    Ok(())
}

/// Deletes keys that were used at `until` or before.
pub(crate) fn prune_keys(db: &mut dyn Database, until: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM idempotency WHERE created_at <= ?",
        &[until.into()],
    )?;
    Ok(())
}

/// Records a webhook; `false` when it was received before.
pub(crate) fn add_webhook(
    db: &mut dyn Database,
    id: &str,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "INSERT INTO webhooks (id, heard_at) VALUES (?, ?)
         ON CONFLICT (id) DO NOTHING RETURNING 1",
        &[id.into(), now.into()],
    )?;
    Ok(!rows.is_empty())
}

/// When the latest webhook was received.
pub(crate) fn latest_webhook(db: &mut dyn Database) -> Result<Option<Timestamp>, DatabaseError> {
    let rows = db.query("SELECT max(heard_at) FROM webhooks", &[])?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_moment())
}

/// Deletes webhooks that were received at `until` or before.
pub(crate) fn prune_webhooks(db: &mut dyn Database, until: Timestamp) -> Result<(), DatabaseError> {
    db.query("DELETE FROM webhooks WHERE heard_at <= ?", &[until.into()])?;
    Ok(())
}
