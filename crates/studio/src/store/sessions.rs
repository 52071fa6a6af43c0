//! Sessions, and the nonces of used links.

use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use crate::Nonce;
use crate::database::{Database, DatabaseError};

/// A session that began here.
pub(crate) struct Session {
    /// The profile's epoch when it began.
    pub(crate) epoch: i64,
    pub(crate) expires_at: Timestamp,
    pub(crate) ended: bool,
}

/// Deletes what has expired. An expired link or session is refused for its age, before it is looked up.
pub(crate) fn prune(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query("DELETE FROM nonces WHERE expires_at <= ?", &[now.into()])?;
    db.query("DELETE FROM sessions WHERE expires_at <= ?", &[now.into()])?;
    Ok(())
}

/// Uses up a nonce; `false` when it was used before.
pub(crate) fn burn(
    db: &mut dyn Database,
    nonce: &Nonce,
    expires_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "INSERT INTO nonces (nonce, expires_at) VALUES (?, ?)
         ON CONFLICT (nonce) DO NOTHING RETURNING 1",
        &[nonce.as_str().into(), expires_at.into()],
    )?;
    Ok(!rows.is_empty())
}

pub(crate) fn insert(
    db: &mut dyn Database,
    id: &SessionId,
    epoch: i64,
    expires_at: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO sessions (id, epoch, expires_at) VALUES (?, ?, ?)",
        &[id.as_str().into(), epoch.into(), expires_at.into()],
    )?;
    Ok(())
}

pub(crate) fn load(
    db: &mut dyn Database,
    id: &SessionId,
) -> Result<Option<Session>, DatabaseError> {
    let rows = db.query(
        "SELECT epoch, expires_at, ended_at IS NOT NULL FROM sessions WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Session {
                epoch: row.integer()?,
                expires_at: row.moment()?,
                ended: row.flag()?,
            })
        })
        .transpose()
}

pub(crate) fn end(
    db: &mut dyn Database,
    id: &SessionId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        &[now.into(), id.as_str().into()],
    )?;
    Ok(())
}
