//! The outbox: which effects are to be performed, and when.
//!
//! `due_at` is when a row is handed out next. While a row is leased, it is when the lease ends: a row that is due
//! *and* leased was handed out and has no outcome yet. A row that cannot be read is set aside: it stays as it is, with
//! `due_at` at [`NEVER`], until the studio is opened again. A submit that is [queued](super::queue) has [`QUEUED`], and one
//! of a paused series [`PAUSED`].

use std::sync::LazyLock;

use selfsame_primitives::ids::{GenerationId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::ProviderId;

use super::columns::Columns;
use super::effect_kind::EffectKind;
use crate::database::{Database, DatabaseError, Row};
use crate::effect::EffectClass;
use crate::schedule::Room;

/// When a set-aside row is due: the year 2200. Alarms of every release ignore it or accept it.
pub(crate) const NEVER: Timestamp = Timestamp::from_millisecond(7_258_118_400_000);

/// When a queued submit is due: a day later, so that releases without a queue take it for a row that was set aside and
/// hand it out when they open the studio.
pub(crate) const QUEUED: Timestamp = Timestamp::from_millisecond(7_258_204_800_000);

/// When a submit of a paused series is due: another day later. Releases without series leave it alone.
pub(crate) const PAUSED: Timestamp = Timestamp::from_millisecond(7_258_291_200_000);

/// Milliseconds after which an overdue row goes before rows of a higher class, so that no class starves another.
const OVERDUE: i64 = 60_000;

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct OutboxRow {
    pub(crate) id: i64,
    pub(crate) kind: EffectKind,
    /// A generation's, prediction's, picture's or deletion's id.
    pub(crate) subject: String,
    /// The generation that the row serves; `None` for a row that outlives its generation.
    pub(crate) generation: Option<GenerationId>,
    pub(crate) created_at: Timestamp,
    pub(crate) leased: bool,
    /// A leased submit that has not been sent: it waits for its turn at the provider. False for every other row, also
    /// for those that an earlier release has leased.
    pub(crate) unsent: bool,
    /// When the row was last handed out.
    pub(crate) leased_at: Option<Timestamp>,
    /// How often the row was handed out.
    pub(crate) attempt: u32,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// The answers so far that the subject does not exist.
    pub(crate) absence: Option<Absence>,
    /// A wake-up arrived while the row was leased: hand it out again at once.
    pub(crate) wake_requested: bool,
    /// The prediction that a webhook named before the submit's outcome was known.
    pub(crate) hint: Option<ProviderId>,
}

/// Answers that a row's subject does not exist, with none in between that it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Absence {
    /// How many answers, at least one.
    pub(crate) answers: u32,
    /// When the first one arrived.
    pub(crate) since: Timestamp,
}

/// A row that this release cannot read, and why.
#[derive(Debug)]
pub(crate) struct UnreadableRow {
    pub(crate) id: i64,
    pub(crate) cause: String,
}

const SELECT: &str =
    "SELECT id, kind, subject, generation, created_at, leased, unsent, leased_at, attempt,
    troubles, absences, absent_since, nudged, hint FROM outbox";

fn read(row: Row) -> Result<OutboxRow, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(OutboxRow {
        id: row.integer()?,
        kind: EffectKind::parse(&row.text()?)?,
        subject: row.text()?,
        generation: row.optional_parsed()?,
        created_at: row.moment()?,
        leased: row.flag()?,
        unsent: row.flag()?,
        leased_at: row.optional_moment()?,
        attempt: row.number()?,
        failures: row.number()?,
        absence: absence(row.number()?, row.optional_moment()?),
        wake_requested: row.flag()?,
        hint: row.optional_parsed()?,
    })
}

fn absence(answers: u32, since: Option<Timestamp>) -> Option<Absence> {
    since.map(|since| Absence { answers, since })
}

fn one(rows: Vec<Row>) -> Result<Option<OutboxRow>, DatabaseError> {
    rows.into_iter().next().map(read).transpose()
}

/// Reads rows one by one: a row that cannot be read does not affect the others.
fn many(rows: Vec<Row>) -> Result<Vec<Result<OutboxRow, UnreadableRow>>, DatabaseError> {
    rows.into_iter()
        .map(|row| {
            let id = Columns::new(row.clone()).integer()?;
            Ok(read(row).map_err(|error| UnreadableRow {
                id,
                cause: error.to_string(),
            }))
        })
        .collect()
}

/// Adds an effect that is due at `due_at`, unless the outbox has it already.
pub(crate) fn add(
    db: &mut dyn Database,
    kind: EffectKind,
    subject: &str,
    generation: Option<&GenerationId>,
    now: Timestamp,
    due_at: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO outbox (kind, subject, generation, created_at, due_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (kind, subject) DO NOTHING",
        &[
            kind.into(),
            subject.into(),
            generation.map(GenerationId::as_str).into(),
            now.into(),
            due_at.into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn load(db: &mut dyn Database, id: i64) -> Result<Option<OutboxRow>, DatabaseError> {
    one(db.query(&format!("{SELECT} WHERE id = ?"), &[id.into()])?)
}

pub(crate) fn find(
    db: &mut dyn Database,
    kind: EffectKind,
    subject: &str,
) -> Result<Option<OutboxRow>, DatabaseError> {
    one(db.query(
        &format!("{SELECT} WHERE kind = ? AND subject = ?"),
        &[kind.into(), subject.into()],
    )?)
}

/// The ids of leased rows whose lease has ended without an answer.
pub(crate) fn expired(db: &mut dyn Database, now: Timestamp) -> Result<Vec<i64>, DatabaseError> {
    db.query(
        "SELECT id FROM outbox WHERE due_at <= ? AND leased = 1 ORDER BY due_at, id",
        &[now.into()],
    )?
    .into_iter()
    .map(|row| Columns::new(row).integer())
    .collect()
}

/// Selects due rows in order, with at most a given number of each class. An unknown kind counts as the last class;
/// reading it sets it aside.
static DUE: LazyLock<String> = LazyLock::new(|| {
    let classes = EffectKind::ALL.map(|kind| {
        let class = kind.class() as u8;
        format!("WHEN '{}' THEN {class}", kind.as_str())
    });
    format!(
        "WITH due AS (
            SELECT *, CASE kind {} ELSE {} END AS class
            FROM outbox WHERE due_at <= ? AND leased = 0
        ), placed AS (
            SELECT *, row_number() OVER (PARTITION BY class ORDER BY due_at, id) AS place FROM due
        )
        {} WHERE place <= CASE class WHEN 0 THEN ? WHEN 1 THEN ? WHEN 2 THEN ? WHEN 3 THEN ? ELSE ? END
        ORDER BY due_at > ?, CASE WHEN due_at > ? THEN class END, due_at, id LIMIT ?",
        classes.join(" "),
        EffectClass::Delete as u8,
        SELECT.replace("FROM outbox", "FROM placed"),
    )
});

/// The due rows of which each fits into `room`, if not all together, in the order in which they are to be performed: first
/// by class, within a class the longest due first. A row that is overdue by more than a minute goes before all that are not.
pub(crate) fn due(
    db: &mut dyn Database,
    now: Timestamp,
    room: Room,
) -> Result<Vec<Result<OutboxRow, UnreadableRow>>, DatabaseError> {
    let overdue = now.plus_milliseconds(-OVERDUE);
    many(db.query(
        &DUE,
        &[
            now.into(),
            room.of(EffectClass::Cancel).into(),
            room.of(EffectClass::Submit).into(),
            room.of(EffectClass::Read).into(),
            room.of(EffectClass::Fetch).into(),
            room.of(EffectClass::Delete).into(),
            overdue.into(),
            overdue.into(),
            room.total().into(),
        ],
    )?)
}

/// When the next row is due or the next lease ends; in the past if a row is due already.
pub(crate) fn next(db: &mut dyn Database) -> Result<Option<Timestamp>, DatabaseError> {
    let rows = db.query(
        "SELECT min(due_at) FROM outbox WHERE due_at < ?",
        &[NEVER.into()],
    )?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_moment())
}

/// When the next row that is not due at `now` will be due, or the next lease ends.
pub(crate) fn next_after(
    db: &mut dyn Database,
    now: Timestamp,
) -> Result<Option<Timestamp>, DatabaseError> {
    let rows = db.query(
        "SELECT min(due_at) FROM outbox WHERE due_at > ? AND due_at < ?",
        &[now.into(), NEVER.into()],
    )?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_moment())
}

/// Leases a row from `now` until `until`. A submit counts as not sent until [`set_sent`].
pub(crate) fn lease(
    db: &mut dyn Database,
    id: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET leased = 1, unsent = (kind = ?), leased_at = ?, attempt = attempt + 1,
            nudged = 0, due_at = ?
         WHERE id = ?",
        &[
            EffectKind::Submit.into(),
            now.into(),
            until.into(),
            id.into(),
        ],
    )?;
    Ok(())
}

/// From now on a leased submit may have been sent.
pub(crate) fn set_sent(db: &mut dyn Database, id: i64) -> Result<(), DatabaseError> {
    db.query("UPDATE outbox SET unsent = 0 WHERE id = ?", &[id.into()])?;
    Ok(())
}

/// Ends the lease of a row whose effect was not performed, and hands the row out again at `due_at`. Nothing is counted
/// as a failure, and a submit counts as added later by as long as it has waited, so that the wait shortens no time limit.
pub(crate) fn put_off(
    db: &mut dyn Database,
    row: &OutboxRow,
    due_at: Timestamp,
) -> Result<(), DatabaseError> {
    let created_at = match (row.kind, row.leased_at) {
        (EffectKind::Submit, Some(leased_at)) => {
            let waited = due_at.as_millisecond() - leased_at.as_millisecond();
            row.created_at.plus_milliseconds(waited)
        }
        _ => row.created_at,
    };
    db.query(
        "UPDATE outbox SET leased = 0, unsent = 0, due_at = ?, created_at = ? WHERE id = ?",
        &[due_at.into(), created_at.into(), row.id.into()],
    )?;
    Ok(())
}

/// Takes the submits of a series that have not been sent out of the queue. A leased one that waits for its turn at the
/// provider loses its lease, so that it is not sent afterwards.
pub(crate) fn hold_submits(db: &mut dyn Database, series: &SeriesId) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = ?, leased = 0, unsent = 0
         WHERE kind = ? AND (leased = 0 OR unsent = 1)
            AND subject IN (SELECT id FROM generations WHERE series = ?)",
        &[
            PAUSED.into(),
            EffectKind::Submit.into(),
            series.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Puts the submits that [`hold_submits`] took out back into the queue.
pub(crate) fn queue_held_submits(
    db: &mut dyn Database,
    series: &SeriesId,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = ? WHERE kind = ? AND due_at = ?
            AND subject IN (SELECT id FROM generations WHERE series = ?)",
        &[
            QUEUED.into(),
            EffectKind::Submit.into(),
            PAUSED.into(),
            series.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Ends every lease, because the shell that held them is gone, and gives rows that were set aside another try: this
/// release may read what an earlier one could not.
pub(crate) fn reopen(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = ? WHERE due_at > ? AND (leased = 1 OR due_at = ?)",
        &[now.into(), now.into(), NEVER.into()],
    )?;
    Ok(())
}

/// Sets a row aside: it is kept, and not handed out until the studio is opened again. A leased row stays leased, so
/// that a submit which may have been sent is never taken for one that was not.
pub(crate) fn set_aside(db: &mut dyn Database, id: i64) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = ? WHERE id = ?",
        &[NEVER.into(), id.into()],
    )?;
    Ok(())
}

/// Ends a row's lease and hands the row out again at `due_at`, after this many failures in a row.
pub(crate) fn reschedule(
    db: &mut dyn Database,
    id: i64,
    due_at: Timestamp,
    failures: u32,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET leased = 0, unsent = 0, due_at = ?, troubles = ? WHERE id = ?",
        &[due_at.into(), failures.into(), id.into()],
    )?;
    Ok(())
}

/// Records one more answer that a row's subject does not exist, and returns all of them.
pub(crate) fn add_absence(
    db: &mut dyn Database,
    row: &OutboxRow,
    now: Timestamp,
) -> Result<Absence, DatabaseError> {
    let absence = row.absence.map_or(
        Absence {
            answers: 1,
            since: now,
        },
        |before| Absence {
            answers: before.answers.saturating_add(1),
            since: before.since,
        },
    );
    db.query(
        "UPDATE outbox SET absences = ?, absent_since = ? WHERE id = ?",
        &[absence.answers.into(), absence.since.into(), row.id.into()],
    )?;
    Ok(absence)
}

/// Forgets the answers that a row's subject does not exist, because it does.
pub(crate) fn clear_absence(db: &mut dyn Database, id: i64) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET absences = 0, absent_since = NULL WHERE id = ?",
        &[id.into()],
    )?;
    Ok(())
}

/// Ends a row's lease and makes it a row of another kind that is due at once.
pub(crate) fn change_kind(
    db: &mut dyn Database,
    id: i64,
    kind: EffectKind,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET kind = ?, leased = 0, due_at = ?, troubles = 0, absences = 0,
            absent_since = NULL, attempt = attempt + 1
         WHERE id = ?",
        &[kind.into(), now.into(), id.into()],
    )?;
    Ok(())
}

/// Ends a row's lease and makes it a row of another kind that is due at once and outlives its generation.
pub(crate) fn hand_on(
    db: &mut dyn Database,
    id: i64,
    kind: EffectKind,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    change_kind(db, id, kind, now)?;
    db.query(
        "UPDATE outbox SET generation = NULL WHERE id = ?",
        &[id.into()],
    )?;
    Ok(())
}

/// Asks that a leased row is handed out again soon after its effect has an outcome.
pub(crate) fn request_wake(db: &mut dyn Database, id: i64) -> Result<(), DatabaseError> {
    db.query("UPDATE outbox SET nudged = 1 WHERE id = ?", &[id.into()])?;
    Ok(())
}

/// Makes a row due at `due_at`, unless it is due earlier.
pub(crate) fn bring_forward(
    db: &mut dyn Database,
    id: i64,
    due_at: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = min(due_at, ?) WHERE id = ?",
        &[due_at.into(), id.into()],
    )?;
    Ok(())
}

/// Sets or clears the prediction that a reconcile looks at first.
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

/// Removes the row of a kind and a subject, if there is one.
pub(crate) fn remove_subject(
    db: &mut dyn Database,
    kind: EffectKind,
    subject: &str,
) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM outbox WHERE kind = ? AND subject = ?",
        &[kind.into(), subject.into()],
    )?;
    Ok(())
}

/// Removes every row that serves a generation.
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
