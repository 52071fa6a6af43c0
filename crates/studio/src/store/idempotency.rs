//! Idempotency keys, and the generation that each began.

use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// The use of a key.
pub(crate) struct Used {
    /// SHA-256 of the canonical request.
    pub(crate) body_hash: String,
    pub(crate) generation: GenerationId,
}

pub(crate) fn find(db: &mut dyn Database, key: &str) -> Result<Option<Used>, DatabaseError> {
    let rows = db.query(
        "SELECT body_hash, generation FROM idempotency WHERE key = ?",
        &[key.into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Used {
                body_hash: row.text()?,
                generation: row.parsed()?,
            })
        })
        .transpose()
}

pub(crate) fn insert(
    db: &mut dyn Database,
    key: &str,
    body_hash: &str,
    generation: &GenerationId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO idempotency (key, body_hash, generation, created_at) VALUES (?, ?, ?, ?)",
        &[
            key.into(),
            body_hash.into(),
            generation.as_str().into(),
            now.into(),
        ],
    )?;
    Ok(())
}

/// Deletes keys that were used at `until` or before.
pub(crate) fn prune(db: &mut dyn Database, until: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM idempotency WHERE created_at <= ?",
        &[until.into()],
    )?;
    Ok(())
}
