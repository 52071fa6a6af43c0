//! The outbox: what is to be done outside, and when.
//!
//! `due_at` is when a row is handed out next. While it is leased, that is when the lease ends: a row that is due
//! *and* leased was handed out and never answered.

use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::ProviderId;

use super::columns::{Columns, word};
use crate::database::{Database, DatabaseError, Value};

/// What a row asks for; with [`Entry::subject`], of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Of a generation.
    Submit,
    /// Of a generation.
    Reconcile,
    /// Of a generation.
    Poll,
    /// Of a prediction.
    Cancel,
    /// Of a picture.
    Fetch,
    /// Of a picture.
    Delete,
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    /// A generation's, prediction's or picture's id.
    pub(crate) subject: String,
    /// The generation it serves; none for what outlives it.
    pub(crate) generation: Option<GenerationId>,
    pub(crate) created_at: Timestamp,
    pub(crate) leased: bool,
    /// How often it was handed out.
    pub(crate) attempt: u32,
    /// How often in a row that came to nothing.
    pub(crate) troubles: u32,
    /// A webhook came while it was leased: look again at once.
    pub(crate) nudged: bool,
    /// The prediction that a webhook named before the submit's outcome was known.
    pub(crate) hint: Option<ProviderId>,
}

const SELECT: &str = "SELECT id, kind, subject, generation, created_at, leased, attempt, troubles,
    nudged, hint FROM outbox";

fn read(mut row: Columns) -> Result<Entry, DatabaseError> {
    Ok(Entry {
        id: row.integer()?,
        kind: row.word()?,
        subject: row.text()?,
        generation: row.optional_parsed()?,
        created_at: row.moment()?,
        leased: row.flag()?,
        attempt: row.number()?,
        troubles: row.number()?,
        nudged: row.flag()?,
        hint: row.optional_parsed()?,
    })
}

fn one(rows: Vec<Vec<Value>>) -> Result<Option<Entry>, DatabaseError> {
    Columns::one(rows)?.map(read).transpose()
}

fn many(rows: Vec<Vec<Value>>) -> Result<Vec<Entry>, DatabaseError> {
    rows.into_iter()
        .map(|row| read(Columns::new(row)))
        .collect()
}

/// Asks for something at `due_at`, unless it is asked for already.
pub(crate) fn add(
    db: &mut dyn Database,
    kind: Kind,
    subject: &str,
    generation: Option<&GenerationId>,
    now: Timestamp,
    due_at: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO outbox (kind, subject, generation, created_at, due_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (kind, subject) DO NOTHING",
        &[
            word(&kind)?,
            subject.into(),
            generation.map(GenerationId::as_str).into(),
            now.into(),
            due_at.into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn load(db: &mut dyn Database, id: i64) -> Result<Option<Entry>, DatabaseError> {
    one(db.query(&format!("{SELECT} WHERE id = ?"), &[id.into()])?)
}

pub(crate) fn find(
    db: &mut dyn Database,
    kind: Kind,
    subject: &str,
) -> Result<Option<Entry>, DatabaseError> {
    one(db.query(
        &format!("{SELECT} WHERE kind = ? AND subject = ?"),
        &[word(&kind)?, subject.into()],
    )?)
}

/// Rows that were handed out, whose lease has ended without an answer.
pub(crate) fn unanswered(
    db: &mut dyn Database,
    now: Timestamp,
) -> Result<Vec<Entry>, DatabaseError> {
    many(db.query(
        &format!("{SELECT} WHERE due_at <= ? AND leased = 1 ORDER BY due_at, id"),
        &[now.into()],
    )?)
}

/// At most `limit` rows that are due, the longest due first.
pub(crate) fn due(
    db: &mut dyn Database,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Entry>, DatabaseError> {
    many(db.query(
        &format!("{SELECT} WHERE due_at <= ? AND leased = 0 ORDER BY due_at, id LIMIT ?"),
        &[now.into(), limit.into()],
    )?)
}

/// When the next row is due, or the next lease ends.
pub(crate) fn next(db: &mut dyn Database) -> Result<Option<Timestamp>, DatabaseError> {
    let rows = db.query("SELECT min(due_at) FROM outbox", &[])?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_moment())
}

/// Hands a row out until `until`.
pub(crate) fn lease(db: &mut dyn Database, id: i64, until: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET leased = 1, attempt = attempt + 1, nudged = 0, due_at = ? WHERE id = ?",
        &[until.into(), id.into()],
    )?;
    Ok(())
}

/// Ends every lease: whoever held one is gone.
pub(crate) fn end_leases(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = min(due_at, ?) WHERE leased = 1",
        &[now.into()],
    )?;
    Ok(())
}

/// Takes a row back to be handed out again at `due_at`, after so many troubles in a row.
pub(crate) fn reschedule(
    db: &mut dyn Database,
    id: i64,
    due_at: Timestamp,
    troubles: u32,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET leased = 0, due_at = ?, troubles = ? WHERE id = ?",
        &[due_at.into(), troubles.into(), id.into()],
    )?;
    Ok(())
}

/// Takes a row back as one of another kind, due at once.
pub(crate) fn turn_into(
    db: &mut dyn Database,
    id: i64,
    kind: Kind,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET kind = ?, leased = 0, due_at = ?, troubles = 0, attempt = attempt + 1
         WHERE id = ?",
        &[word(&kind)?, now.into(), id.into()],
    )?;
    Ok(())
}

/// Makes a row due at once, or as soon as it is answered.
pub(crate) fn nudge(db: &mut dyn Database, id: i64, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET nudged = leased, due_at = CASE leased WHEN 1 THEN due_at ELSE ? END
         WHERE id = ?",
        &[now.into(), id.into()],
    )?;
    Ok(())
}

/// Names the prediction to look at, or takes the name back.
pub(crate) fn set_hint(
    db: &mut dyn Database,
    id: i64,
    hint: Option<&ProviderId>,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET hint = ? WHERE id = ?",
        &[hint.map(ProviderId::as_str).into(), id.into()],
    )?;
    Ok(())
}

pub(crate) fn remove(db: &mut dyn Database, id: i64) -> Result<(), DatabaseError> {
    db.query("DELETE FROM outbox WHERE id = ?", &[id.into()])?;
    Ok(())
}

/// Removes everything that serves a generation.
pub(crate) fn remove_all_for(
    db: &mut dyn Database,
    generation: &GenerationId,
) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM outbox WHERE generation = ?",
        &[generation.as_str().into()],
    )?;
    Ok(())
}
