//! The nonces of used links, each with the session that it began.

use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use crate::Nonce;
use crate::database::{Database, DatabaseError};

/// The use of a link.
pub(crate) struct UsedLink {
    /// The session that it began; `None` for a use in an older release.
    pub(crate) session: Option<SessionId>,
    /// The fingerprint of the browser that used it, if it has one.
    pub(crate) browser: Option<String>,
    /// When it was used; `None` for a use in an older release.
    pub(crate) at: Option<Timestamp>,
}

/// Deletes the nonces of expired links, which are refused for their age before they are looked up.
pub(crate) fn prune(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query("DELETE FROM nonces WHERE expires_at <= ?", &[now.into()])?;
    Ok(())
}

/// The use of a link; `None` when it was not used.
pub(crate) fn used(
    db: &mut dyn Database,
    nonce: &Nonce,
) -> Result<Option<UsedLink>, DatabaseError> {
    let rows = db.query(
        "SELECT session, browser, used_at FROM nonces WHERE nonce = ?",
        &[nonce.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(UsedLink {
                session: row.optional_parsed()?,
                browser: row.optional_text()?,
                at: row.optional_moment()?,
            })
        })
        .transpose()
}

/// Uses up a link that was not used before.
pub(crate) fn burn(
    db: &mut dyn Database,
    nonce: &Nonce,
    expires_at: Timestamp,
    session: &SessionId,
    browser: Option<&str>,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO nonces (nonce, expires_at, session, browser, used_at) VALUES (?, ?, ?, ?, ?)",
        &[
            nonce.as_str().into(),
            expires_at.into(),
            session.as_str().into(),
            browser.into(),
            now.into(),
        ],
    )?;
    Ok(())
}
