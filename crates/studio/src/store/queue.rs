//! The queue of generations that wait until others of the person end. A queued generation has a submit in the outbox that
//! is due at [`QUEUED`].
//!
//! Each series is a lane, and so are all single requests together. Lanes take turns: the one with the fewest generations
//! under way is next, among equals the one that sent something the longest ago. Within a lane the rows' ids are the order.

use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use super::effect_kind::EffectKind;
use super::outbox::QUEUED;
use crate::database::{Database, DatabaseError};

/// A queued submit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Queued {
    row: i64,
    /// The generation's id, which is read when the row is handed out.
    subject: String,
    /// Whether it is a frame of a series.
    pub(crate) of_series: bool,
    /// It is sent before the first frame of a series that is added now.
    pub(crate) precedes_new_lane: bool,
}

impl Queued {
    /// The generation; `None` if the row is damaged.
    pub(crate) fn generation(&self) -> Option<GenerationId> {
        self.subject.parse().ok()
    }
}

/// The queued submits, the next one first.
pub(crate) fn list(db: &mut dyn Database) -> Result<Vec<Queued>, DatabaseError> {
    let rows = db.query(
        "WITH waiting AS (
            SELECT outbox.id AS place, subject, series FROM outbox
            LEFT JOIN generations ON generations.id = subject WHERE kind = ?1 AND due_at = ?2
         ), under_way AS (
            SELECT series, count(*) AS number FROM generations
            WHERE finished_at IS NULL AND status <> 'saving' AND canary IS NULL
                AND id NOT IN (SELECT subject FROM outbox WHERE kind = ?1 AND due_at >= ?2)
            GROUP BY series
         ), lanes AS (
            SELECT series, ifnull((SELECT number FROM under_way WHERE under_way.series IS lane.series), 0)
                    AS under_way,
                (SELECT max(attempted_at) FROM generations
                    WHERE generations.series IS lane.series AND canary IS NULL)
                    AS sent_at
            FROM (SELECT DISTINCT series FROM waiting) AS lane
         )
         SELECT place, subject, waiting.series IS NOT NULL,
            under_way + row_number() OVER (PARTITION BY waiting.series ORDER BY place) AS turn, sent_at
         FROM waiting JOIN lanes ON lanes.series IS waiting.series
         ORDER BY turn, sent_at, place",
        &[EffectKind::Submit.into(), QUEUED.into()],
    )?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(Queued {
                row: row.integer()?,
                subject: row.text()?,
                of_series: row.flag()?,
                precedes_new_lane: row.integer()? == 1 && row.optional_moment()?.is_none(),
            })
        })
        .collect()
}

/// The generations whose submits wait, queued or held back by a pause.
pub(crate) fn unsent(db: &mut dyn Database) -> Result<Vec<GenerationId>, DatabaseError> {
    let rows = db.query(
        "SELECT subject FROM outbox WHERE kind = ? AND due_at >= ? ORDER BY id",
        &[EffectKind::Submit.into(), QUEUED.into()],
    )?;
    let subjects = rows.into_iter().map(|row| Columns::new(row).text());
    let subjects: Vec<String> = subjects.collect::<Result<_, _>>()?;
    Ok(subjects
        .iter()
        .filter_map(|subject| subject.parse().ok())
        .collect())
}

/// The place of a generation in the queue, from 1.
pub(crate) fn position(queue: &[Queued], generation: &GenerationId) -> Option<u32> {
    let place = queue
        .iter()
        .position(|queued| queued.subject == generation.as_str());
    place.and_then(|place| u32::try_from(place + 1).ok())
}

/// Generations that have left the queue and whose prediction may be under way. One whose pictures are being stored is
/// not counted, because the provider is done with it, nor one that a pause holds back.
pub(crate) fn under_way(db: &mut dyn Database) -> Result<u32, DatabaseError> {
    let rows = db.query(
        "SELECT count(*) FROM generations WHERE finished_at IS NULL AND status <> 'saving' AND canary IS NULL
            AND id NOT IN (SELECT subject FROM outbox WHERE kind = ? AND due_at >= ?)",
        &[EffectKind::Submit.into(), QUEUED.into()],
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// Makes a queued submit due. It counts as added now, so that the time in the queue shortens no time limit.
pub(crate) fn release(
    db: &mut dyn Database,
    queued: &Queued,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outbox SET due_at = ?, created_at = ? WHERE id = ?",
        &[now.into(), now.into(), queued.row.into()],
    )?;
    Ok(())
}
