//! The access log: who used the person's account, and how. Rows are added and never changed, and are deleted after a
//! year.

use selfsame_api::{AccessAction, AccessEntry, Actor};
use selfsame_primitives::ids::{RequestId, SessionId, UserId};
use selfsame_primitives::time::Timestamp;

use super::columns::{Columns, NumberedPage, numbered_page, word};
use crate::database::{Database, DatabaseError, Row};

/// How long entries are kept, in milliseconds: a year.
const KEPT: i64 = 365 * 24 * 60 * 60 * 1_000;

/// What rows that cannot be read are called.
const TABLE: &str = "access log";

/// What is recorded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access<'a> {
    pub(crate) actor: Actor,
    /// Which operator it was.
    pub(crate) operator: Option<&'a UserId>,
    pub(crate) action: AccessAction,
    /// Details that the person may read.
    pub(crate) detail: Option<&'a str>,
    /// The session that it is about.
    pub(crate) session: Option<&'a SessionId>,
    /// The person is told of it.
    pub(crate) notice: bool,
}

impl<'a> Access<'a> {
    /// Something that `actor` did.
    pub(crate) const fn by(actor: Actor, action: AccessAction) -> Self {
        Self {
            actor,
            operator: None,
            action,
            detail: None,
            session: None,
            notice: false,
        }
    }

    /// It is about a session.
    pub(crate) const fn to_session(self, session: &'a SessionId) -> Self {
        let session = Some(session);
        Self { session, ..self }
    }
}

/// Adds an entry, which `request` did, and returns it.
pub(crate) fn add(
    db: &mut dyn Database,
    now: Timestamp,
    request: Option<&RequestId>,
    access: &Access<'_>,
) -> Result<AccessEntry, DatabaseError> {
    let until = now.plus_milliseconds(-KEPT);
    db.query("DELETE FROM access_log WHERE at <= ?", &[until.into()])?;
    let rows = db.query(
        "INSERT INTO access_log (at, actor, operator, action, detail, session, request, notice)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         RETURNING id, at, actor, operator, action, detail, session, request",
        &[
            now.into(),
            word(&access.actor)?,
            access.operator.map(UserId::as_str).into(),
            word(&access.action)?,
            access.detail.into(),
            access.session.map(SessionId::as_str).into(),
            request.map(RequestId::as_str).into(),
            access.notice.into(),
        ],
    )?;
    match rows.into_iter().next() {
        Some(row) => read(row),
        None => Err(DatabaseError("an access log entry is missing".to_owned())),
    }
}

/// Up to `limit` entries with a number below `before`.
pub(crate) fn page(
    db: &mut dyn Database,
    before: Option<i64>,
    limit: u32,
) -> Result<NumberedPage<AccessEntry>, DatabaseError> {
    let rows = db.query(
        "SELECT id, at, actor, operator, action, detail, session, request FROM access_log
         WHERE id < ? ORDER BY id DESC LIMIT ?",
        &[
            before.unwrap_or(i64::from(u32::MAX)).into(),
            (limit + 1).into(),
        ],
    )?;
    numbered_page(rows, limit, TABLE, read)
}

/// Up to `limit` entries that the person was not told of, without those about `session` itself.
pub(crate) fn unseen(
    db: &mut dyn Database,
    session: &SessionId,
    limit: u32,
) -> Result<NumberedPage<AccessEntry>, DatabaseError> {
    let rows = db.query(
        "SELECT id, at, actor, operator, action, detail, session, request FROM access_log
         WHERE notice = 1 AND id > (SELECT notices_seen FROM profile) AND session IS NOT ?
         ORDER BY id DESC LIMIT ?",
        &[session.as_str().into(), limit.into()],
    )?;
    numbered_page(rows, limit, TABLE, read)
}

/// Marks every notice as seen.
pub(crate) fn mark_seen(db: &mut dyn Database) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE profile SET notices_seen =
            (SELECT ifnull(max(id), 0) FROM access_log WHERE notice = 1)",
        &[],
    )?;
    Ok(())
}

fn read(row: Row) -> Result<AccessEntry, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(AccessEntry {
        id: row.number()?,
        at: row.moment()?,
        actor: row.word()?,
        operator: row.optional_parsed()?,
        action: row.word()?,
        detail: row.optional_text()?,
        session: row.optional_parsed()?,
        request: row.optional_parsed()?,
    })
}
