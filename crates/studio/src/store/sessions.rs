//! Sessions. One ends when it is ended, when the profile's epoch rises, when it was not used for [`IDLE`], and at
//! `expires_at`.

use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;

use super::Readable;
use super::columns::{Columns, readable};
use crate::database::{Database, DatabaseError, Row};

/// How long a session lasts, in milliseconds: 30 days.
pub(crate) const LONGEST: i64 = 30 * 24 * 60 * 60 * 1_000;
/// How long a session lasts without a request, in milliseconds: 14 days.
pub(crate) const IDLE: i64 = 14 * 24 * 60 * 60 * 1_000;

/// A session that began here and was not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    /// The profile's epoch when it began.
    pub(crate) epoch: i64,
    pub(crate) expires_at: Timestamp,
    /// Fingerprint of the browser's cookie.
    pub(crate) browser: Option<String>,
    /// The browser's name and network; absent for a session of an older release.
    pub(crate) name: Option<String>,
    pub(crate) network: Option<String>,
    /// The last request; `None` for a session of an older release that has made none since.
    pub(crate) last_seen: Option<Timestamp>,
}

impl Session {
    /// When it began.
    pub(crate) const fn began(&self) -> Timestamp {
        self.expires_at.plus_milliseconds(-LONGEST)
    }

    /// When it ends if there is no further request.
    pub(crate) fn ends(&self) -> Timestamp {
        let idle = self.last_seen.map(|at| at.plus_milliseconds(IDLE));
        idle.map_or(self.expires_at, |idle| idle.min(self.expires_at))
    }
}

const SELECT: &str = "SELECT id, epoch, expires_at, browser, name, network, last_seen_at
    FROM sessions WHERE ended_at IS NULL";

fn read(row: Row) -> Result<Session, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(Session {
        id: row.parsed()?,
        epoch: row.integer()?,
        expires_at: row.moment()?,
        browser: row.optional_text()?,
        name: row.optional_text()?,
        network: row.optional_text()?,
        last_seen: row.optional_moment()?,
    })
}

/// Deletes sessions that have expired, which are refused for their age before they are looked up.
pub(crate) fn prune(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query("DELETE FROM sessions WHERE expires_at <= ?", &[now.into()])?;
    Ok(())
}

pub(crate) fn insert(db: &mut dyn Database, session: &Session) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO sessions (id, epoch, expires_at, browser, name, network, last_seen_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &[
            session.id.as_str().into(),
            session.epoch.into(),
            session.expires_at.into(),
            session.browser.as_deref().into(),
            session.name.as_deref().into(),
            session.network.as_deref().into(),
            session.last_seen.into(),
        ],
    )?;
    Ok(())
}

/// A session that was not ended. It may have timed out or be of an earlier epoch.
pub(crate) fn load(
    db: &mut dyn Database,
    id: &SessionId,
) -> Result<Option<Session>, DatabaseError> {
    let rows = db.query(&format!("{SELECT} AND id = ?"), &[id.as_str().into()])?;
    rows.into_iter().next().map(read).transpose()
}

/// Every session that was not ended, the last seen first, and those that cannot be read.
pub(crate) fn open(db: &mut dyn Database) -> Result<Readable<Session>, DatabaseError> {
    let rows = db.query(
        &format!("{SELECT} ORDER BY ifnull(last_seen_at, 0) DESC, id DESC"),
        &[],
    )?;
    readable(rows, read)
}

/// Notes that a session was used.
pub(crate) fn see(
    db: &mut dyn Database,
    id: &SessionId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE sessions SET last_seen_at = ? WHERE id = ?",
        &[now.into(), id.as_str().into()],
    )?;
    Ok(())
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
