//! Conversations, each with its draft. `binned_at` is the moment of its deletion, as it is of pictures.

use selfsame_api::{Conversation, Draft, RawJson, Title};
use selfsame_primitives::ids::ConversationId;
use selfsame_primitives::time::Timestamp;
use serde_json::{Map, Value as Json};

use super::Readable;
use super::columns::{Columns, json, readable};
use super::words::match_expression;
use crate::database::{Database, DatabaseError, Row, Value};

const SELECT: &str = "SELECT id, revision, title, pinned, draft_version, created_at, active_at,
    binned_at FROM conversations";

fn read(row: Row) -> Result<Conversation, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(Conversation {
        id: row.parsed()?,
        revision: row.number()?,
        title: row.parsed()?,
        pinned: row.flag()?,
        draft_version: row.number()?,
        created_at: row.moment()?,
        active_at: row.moment()?,
        deleted_at: row.optional_moment()?,
    })
}

/// A conversation that begins.
pub(crate) struct New<'a> {
    pub(crate) id: &'a ConversationId,
    pub(crate) title: &'a Title,
    /// The idempotency key of the request that began it, and the hash of that request.
    pub(crate) key: &'a str,
    pub(crate) body_hash: &'a str,
    pub(crate) now: Timestamp,
}

pub(crate) fn insert(db: &mut dyn Database, new: &New<'_>) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO conversations (id, title, key, body_hash, created_at, active_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        &[
            new.id.as_str().into(),
            new.title.as_str().into(),
            new.key.into(),
            new.body_hash.into(),
            new.now.into(),
            new.now.into(),
        ],
    )?;
    Ok(())
}

/// The conversation that a request with this key began, and the hash of that request.
pub(crate) fn of_key(
    db: &mut dyn Database,
    key: &str,
) -> Result<Option<(ConversationId, String)>, DatabaseError> {
    let rows = db.query(
        "SELECT id, body_hash FROM conversations WHERE key = ?",
        &[key.into()],
    )?;
    let row = Columns::one(rows)?;
    row.map(|mut row| Ok((row.parsed()?, row.text()?)))
        .transpose()
}

/// A conversation, deleted or not.
pub(crate) fn find(
    db: &mut dyn Database,
    id: &ConversationId,
) -> Result<Option<Conversation>, DatabaseError> {
    let rows = db.query(&format!("{SELECT} WHERE id = ?"), &[id.as_str().into()])?;
    rows.into_iter().next().map(read).transpose()
}

/// The conversations of these ids, deleted or not, and those that cannot be read.
pub(crate) fn named(
    db: &mut dyn Database,
    ids: &[&ConversationId],
) -> Result<Readable<Conversation>, DatabaseError> {
    let rows = db.query(
        &format!("{SELECT} WHERE id IN (SELECT value FROM json_each(?))"),
        &[json(&ids)?],
    )?;
    readable(rows, read)
}

/// How many there are that are not deleted.
pub(crate) fn count(db: &mut dyn Database) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "SELECT count(*) FROM conversations WHERE binned_at IS NULL",
        &[],
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// Where a page of the list ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) pinned: bool,
    pub(crate) active_at: Timestamp,
    pub(crate) id: ConversationId,
}

/// Up to `limit` conversations that come after `before`, pinned ones first, and those that cannot be read. With `words`, those
/// whose title has all of them, or one of whose turns has.
pub(crate) fn page(
    db: &mut dyn Database,
    words: Option<&str>,
    before: Option<&Place>,
    limit: u32,
) -> Result<Readable<Conversation>, DatabaseError> {
    let mut sql = format!("{SELECT} WHERE binned_at IS NULL");
    let mut parameters: Vec<Value> = Vec::new();
    if let Some(words) = words {
        sql.push_str(
            " AND (id IN (SELECT conversation FROM title_words WHERE title_words MATCH ?)
                OR id IN (SELECT conversation FROM turns WHERE turns.id IN
                    (SELECT rowid FROM turn_words WHERE turn_words MATCH ?)))",
        );
        let words = match_expression(words);
        parameters.extend([words.as_str().into(), words.as_str().into()]);
    }
    if let Some(place) = before {
        sql.push_str(" AND (pinned, active_at, id) < (?, ?, ?)");
        parameters.extend([
            place.pinned.into(),
            place.active_at.into(),
            place.id.as_str().into(),
        ]);
    }
    sql.push_str(" ORDER BY pinned DESC, active_at DESC, id DESC LIMIT ?");
    parameters.push(limit.into());
    readable(db.query(&sql, &parameters)?, read)
}

/// Writes what can change of a conversation, its draft apart.
pub(crate) fn update(
    db: &mut dyn Database,
    conversation: &Conversation,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE conversations
         SET revision = ?, title = ?, pinned = ?, draft_version = ?, active_at = ?, binned_at = ?
         WHERE id = ?",
        &[
            conversation.revision.into(),
            conversation.title.as_str().into(),
            conversation.pinned.into(),
            conversation.draft_version.into(),
            conversation.active_at.into(),
            conversation.deleted_at.into(),
            conversation.id.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The draft; `None` before the first.
pub(crate) fn draft(
    db: &mut dyn Database,
    id: &ConversationId,
) -> Result<Option<Draft>, DatabaseError> {
    let rows = db.query(
        "SELECT draft_version, draft FROM conversations WHERE id = ? AND draft IS NOT NULL",
        &[id.as_str().into()],
    )?;
    let row = Columns::one(rows)?;
    row.map(|mut row| {
        Ok(Draft {
            version: row.number()?,
            content: row.raw()?,
        })
    })
    .transpose()
}

pub(crate) fn set_draft(
    db: &mut dyn Database,
    id: &ConversationId,
    content: &RawJson<Map<String, Json>>,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE conversations SET draft = ? WHERE id = ?",
        &[content.as_str().into(), id.as_str().into()],
    )?;
    Ok(())
}

/// Makes a conversation in the bin one that was put there at `expired`. Returns whether it was there.
pub(crate) fn expire(
    db: &mut dyn Database,
    id: &ConversationId,
    expired: Timestamp,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "UPDATE conversations SET binned_at = ? WHERE id = ? AND binned_at > ? RETURNING 1",
        &[expired.into(), id.as_str().into(), expired.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Removes what was deleted at `expired` or before, with every word of it. Its generations stay. Returns whether there was
/// anything.
pub(crate) fn purge(db: &mut dyn Database, expired: Timestamp) -> Result<bool, DatabaseError> {
    let removed = db.query(
        "DELETE FROM conversations WHERE binned_at <= ? RETURNING id",
        &[expired.into()],
    )?;
    let ids = removed.into_iter().map(|row| Columns::new(row).text());
    let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
    for statement in [
        "DELETE FROM turns WHERE conversation",
        "UPDATE generations SET conversation = NULL WHERE conversation",
    ] {
        let sql = format!("{statement} IN (SELECT value FROM json_each(?))");
        db.query(&sql, &[json(&ids)?])?;
    }
    Ok(!ids.is_empty())
}
