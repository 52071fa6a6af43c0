//! What was said in conversations.

use selfsame_api::{NewTurn, Turn, Words};
use selfsame_primitives::ids::{ConversationId, GenerationId};
use selfsame_primitives::time::Timestamp;

use super::columns::{Columns, NumberedPage, json, numbered_page, word};
use crate::database::{Database, DatabaseError, Row};

const SELECT: &str = "SELECT id, speaker, said, edits, reply, question, suggestions, generation, created_at FROM turns";

fn read(row: Row) -> Result<Turn, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(Turn {
        number: row.number()?,
        content: NewTurn {
            by: row.word()?,
            said: row.parsed()?,
            edits: row.json()?,
            reply: row.parsed()?,
            question: row.optional_parsed()?,
            suggestions: row.json()?,
            generation: row.optional_parsed()?,
        },
        created_at: row.moment()?,
    })
}

/// Adds a turn, which a request with the idempotency key `key` makes.
pub(crate) fn add(
    db: &mut dyn Database,
    conversation: &ConversationId,
    key: &str,
    turn: &NewTurn,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO turns (conversation, key, speaker, said, edits, reply, question, suggestions,
            generation, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            conversation.as_str().into(),
            key.into(),
            word(&turn.by)?,
            turn.said.as_str().into(),
            json(&turn.edits)?,
            turn.reply.as_str().into(),
            turn.question.as_ref().map(Words::as_str).into(),
            json(&turn.suggestions)?,
            turn.generation.as_ref().map(GenerationId::as_str).into(),
            now.into(),
        ],
    )?;
    Ok(())
}

/// The turn that a request with this key made.
pub(crate) fn of_key(
    db: &mut dyn Database,
    conversation: &ConversationId,
    key: &str,
) -> Result<Option<Turn>, DatabaseError> {
    let rows = db.query(
        &format!("{SELECT} WHERE conversation = ? AND key = ?"),
        &[conversation.as_str().into(), key.into()],
    )?;
    rows.into_iter().next().map(read).transpose()
}

/// Notes what the turns of a conversation led to that have led to nothing yet.
pub(crate) fn lead_to(
    db: &mut dyn Database,
    conversation: &ConversationId,
    generation: &GenerationId,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE turns SET generation = ? WHERE conversation = ? AND generation IS NULL",
        &[generation.as_str().into(), conversation.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn count(
    db: &mut dyn Database,
    conversation: &ConversationId,
) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "SELECT count(*) FROM turns WHERE conversation = ?",
        &[conversation.as_str().into()],
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// Up to `limit` turns with a number below `before`, newest first.
pub(crate) fn page(
    db: &mut dyn Database,
    conversation: &ConversationId,
    before: Option<i64>,
    limit: u32,
) -> Result<NumberedPage<Turn>, DatabaseError> {
    let rows = db.query(
        &format!("{SELECT} WHERE conversation = ? AND id < ? ORDER BY id DESC LIMIT ?"),
        &[
            conversation.as_str().into(),
            before.unwrap_or(i64::from(u32::MAX)).into(),
            (limit + 1).into(),
        ],
    )?;
    numbered_page(rows, limit, "turn", read)
}
