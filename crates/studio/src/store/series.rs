//! Series: shoots and comparisons. A series is a row with its title and its plan; where it is, what it costs and which
//! pictures it has follow from its generations. One without a generation outside the bin is not found.

use selfsame_api::{PictureSummary, Series, SeriesCost, SeriesCounts, SeriesKind, SeriesState};
use selfsame_primitives::ids::{ConversationId, GenerationId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_series::Plan;
use selfsame_series::comparisons::Axis;

use super::columns::{Columns, json, readable, word};
use super::stored::StoredPlan;
use super::{Readable, Unreadable, outbox};
use crate::database::{Database, DatabaseError, Row};

/// The most pictures that stand for a series in a list.
const COVER: u32 = 4;

/// A new series.
pub(crate) struct New<'a> {
    pub(crate) id: &'a SeriesId,
    pub(crate) kind: SeriesKind,
    pub(crate) plan: &'a Plan,
    /// What a comparison varies.
    pub(crate) axes: &'a [Axis],
    pub(crate) now: Timestamp,
}

pub(crate) fn insert(db: &mut dyn Database, new: &New<'_>) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO series (id, kind, title, frames, plan, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        &[
            new.id.as_str().into(),
            word(&new.kind)?,
            new.plan.title.as_str().into(),
            u32::try_from(new.plan.frames.len())
                .unwrap_or(u32::MAX)
                .into(),
            json(&StoredPlan::new(new.axes, &new.plan.frames))?,
            new.now.into(),
        ],
    )?;
    Ok(())
}

/// What a series is and how it was planned.
pub(crate) struct Planned {
    pub(crate) kind: SeriesKind,
    pub(crate) paused: bool,
    pub(crate) plan: StoredPlan,
}

/// How a series was planned. `None` if it does not exist or all of it is in the bin.
pub(crate) fn planned(
    db: &mut dyn Database,
    id: &SeriesId,
) -> Result<Option<Planned>, DatabaseError> {
    let rows = db.query(
        "SELECT kind, paused, plan FROM series WHERE id = ? AND EXISTS (
            SELECT 1 FROM generations WHERE series = series.id AND binned_at IS NULL)",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Planned {
                kind: row.word()?,
                paused: row.flag()?,
                plan: row.json()?,
            })
        })
        .transpose()
}

pub(crate) fn raise_revision(db: &mut dyn Database, id: &SeriesId) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE series SET revision = revision + 1 WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn set_title(
    db: &mut dyn Database,
    id: &SeriesId,
    title: &str,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE series SET title = ? WHERE id = ?",
        &[title.into(), id.as_str().into()],
    )?;
    Ok(())
}

/// Marks a series as paused or not, and moves its submits that have not been sent out of the queue or back into it.
pub(crate) fn set_paused(
    db: &mut dyn Database,
    id: &SeriesId,
    paused: bool,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE series SET paused = ? WHERE id = ?",
        &[paused.into(), id.as_str().into()],
    )?;
    if paused {
        outbox::hold_submits(db, id)
    } else {
        outbox::queue_held_submits(db, id)
    }
}

/// The series that these generations belong to.
pub(crate) fn of_generations(
    db: &mut dyn Database,
    generations: &[&GenerationId],
) -> Result<Vec<SeriesId>, DatabaseError> {
    db.query(
        "SELECT DISTINCT series FROM generations
         WHERE id IN (SELECT value FROM json_each(?)) AND series IS NOT NULL ORDER BY series",
        &[json(&generations)?],
    )?
    .into_iter()
    .map(|row| Columns::new(row).parsed())
    .collect()
}

/// The generations of a series outside the bin, oldest first.
pub(crate) fn generations(
    db: &mut dyn Database,
    id: &SeriesId,
) -> Result<Vec<GenerationId>, DatabaseError> {
    db.query(
        "SELECT id FROM generations WHERE series = ? AND binned_at IS NULL ORDER BY rowid",
        &[id.as_str().into()],
    )?
    .into_iter()
    .map(|row| Columns::new(row).parsed())
    .collect()
}

/// The generation that a frame is made again from.
pub(crate) struct Newest {
    pub(crate) id: GenerationId,
    /// The frame shows a picture of it.
    pub(crate) is_shown: bool,
    /// The conversation that it belongs to.
    pub(crate) session: Option<ConversationId>,
}

/// The newest generation of a frame outside the bin; of a frame without one, the newest in the bin.
pub(crate) fn newest(
    db: &mut dyn Database,
    id: &SeriesId,
    frame: u32,
) -> Result<Option<Newest>, DatabaseError> {
    let rows = db.query(
        "SELECT id, binned_at IS NULL AND EXISTS (
                SELECT 1 FROM pictures WHERE generation = generations.id AND pictures.binned_at IS NULL),
            conversation
         FROM generations WHERE series = ? AND frame = ?
         ORDER BY binned_at IS NOT NULL, rowid DESC LIMIT 1",
        &[id.as_str().into(), frame.into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Newest {
                id: row.parsed()?,
                is_shown: row.flag()?,
                session: row.optional_parsed()?,
            })
        })
        .transpose()
}

/// Frames of all series that wait, queued or paused.
pub(crate) fn waiting_frames(db: &mut dyn Database) -> Result<u32, DatabaseError> {
    let rows = db.query(
        "SELECT count(*) FROM outbox JOIN generations ON generations.id = outbox.subject
         WHERE kind = 'submit' AND due_at >= ? AND series IS NOT NULL",
        &[outbox::QUEUED.into()],
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// A page of series, newest first.
pub(crate) struct Page {
    pub(crate) series: Vec<Series>,
    /// Rows that cannot be read: they do not hide the others.
    pub(crate) unreadable: Vec<Unreadable>,
    /// The last id of the page, if there is another page.
    pub(crate) next: Option<String>,
}

/// At most `limit` series older than `before`.
pub(crate) fn page(
    db: &mut dyn Database,
    before: Option<&SeriesId>,
    limit: u32,
) -> Result<Page, DatabaseError> {
    // One more than asked for tells whether there is another page. No id sorts behind `~`.
    let rows = db.query(
        "SELECT id FROM series WHERE id < ? AND EXISTS (
            SELECT 1 FROM generations WHERE series = series.id AND binned_at IS NULL)
         ORDER BY id DESC LIMIT ?",
        &[
            before.map_or("~", SeriesId::as_str).into(),
            (limit + 1).into(),
        ],
    )?;
    let ids = rows.into_iter().map(|row| Columns::new(row).text());
    let mut ids: Vec<String> = ids.collect::<Result<_, _>>()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().filter(|_| more).cloned();
    let (series, unreadable) = named(db, &ids)?;
    Ok(Page {
        series,
        unreadable,
        next,
    })
}

/// One series as its owner sees it, and the pictures of its cover that cannot be read. `None` if it does not exist or all of
/// it is in the bin.
pub(crate) fn view(
    db: &mut dyn Database,
    id: &SeriesId,
) -> Result<(Option<Series>, Vec<Unreadable>), DatabaseError> {
    let (mut found, mut unreadable) = named(db, &[id.to_string()])?;
    match unreadable.iter().position(|row| row.id == id.as_str()) {
        Some(own) => Err(DatabaseError(unreadable.swap_remove(own).cause)),
        None => Ok((found.pop(), unreadable)),
    }
}

/// The series of these ids that are outside the bin, newest first.
fn named(db: &mut dyn Database, ids: &[String]) -> Result<Readable<Series>, DatabaseError> {
    let rows = db.query(
        "WITH newest AS (
            SELECT series, frame, status, conversation, max(rowid) FROM generations
            WHERE series IN (SELECT value FROM json_each(?)) AND binned_at IS NULL
            GROUP BY series, frame
         )
         SELECT id, kind, title, revision, paused, frames, sum(status = 'waiting'),
            sum(status IN ('booting', 'generating', 'saving')), sum(status = 'succeeded'),
            sum(status = 'failed'), sum(status = 'canceled'), max(conversation), created_at
         FROM series JOIN newest ON newest.series = series.id
         GROUP BY series.id ORDER BY series.id DESC",
        &[json(&ids)?],
    )?;
    let (mut found, mut unreadable) = readable(rows, read)?;
    add_cost(db, &mut found, ids)?;
    unreadable.extend(add_cover(db, &mut found, ids)?);
    Ok((found, unreadable))
}

fn read(row: Row) -> Result<Series, DatabaseError> {
    let mut row = Columns::new(row);
    let (id, kind, title) = (row.parsed()?, row.word()?, row.text()?);
    let (revision, paused) = (row.number()?, row.flag()?);
    let counts = SeriesCounts {
        frames: row.number()?,
        waiting: row.number()?,
        under_way: row.number()?,
        succeeded: row.number()?,
        failed: row.number()?,
        canceled: row.number()?,
    };
    Ok(Series {
        id,
        kind,
        title,
        revision,
        state: state(counts, paused),
        paused,
        counts,
        cost: SeriesCost::default(),
        cover: Vec::new(),
        session: row.optional_parsed()?,
        created_at: row.moment()?,
    })
}

fn state(counts: SeriesCounts, paused: bool) -> SeriesState {
    match counts {
        SeriesCounts { under_way: 1.., .. } => SeriesState::Running,
        SeriesCounts { waiting: 1.., .. } if paused => SeriesState::Paused,
        SeriesCounts { waiting: 1.., .. } => SeriesState::Running,
        SeriesCounts { succeeded: 1.., .. } => SeriesState::Succeeded,
        SeriesCounts { failed: 1.., .. } => SeriesState::Failed,
        _ => SeriesState::Canceled,
    }
}

fn add_cost(
    db: &mut dyn Database,
    found: &mut [Series],
    ids: &[String],
) -> Result<(), DatabaseError> {
    let rows = db.query(
        "SELECT series, sum(iif(kind = 'reserve', ledger.pictures, 0)),
            sum(CASE kind WHEN 'reserve' THEN ledger.pictures
                WHEN 'settle' THEN -ledger.pictures WHEN 'release' THEN -ledger.pictures ELSE 0 END),
            sum(iif(kind IN ('settle', 'charge'), ledger.pictures, 0))
         FROM generations JOIN ledger ON ledger.generation = generations.id
         WHERE series IN (SELECT value FROM json_each(?)) GROUP BY series",
        &[json(&ids)?],
    )?;
    for row in rows {
        let mut row = Columns::new(row);
        let id: SeriesId = row.parsed()?;
        if let Some(series) = found.iter_mut().find(|series| series.id == id) {
            series.cost = SeriesCost {
                pictures: row.number()?,
                reserved: row.number()?,
                used: row.number()?,
            };
        }
    }
    Ok(())
}

/// Gives each series its first pictures. Returns those that cannot be read.
fn add_cover(
    db: &mut dyn Database,
    found: &mut [Series],
    ids: &[String],
) -> Result<Vec<Unreadable>, DatabaseError> {
    let rows = db.query(
        "SELECT id, series, position, format, bytes FROM (
            SELECT series, pictures.id, position, format, bytes, row_number() OVER (
                PARTITION BY series ORDER BY frame, generations.rowid DESC, position) AS place
            FROM generations JOIN pictures ON pictures.generation = generations.id
            WHERE series IN (SELECT value FROM json_each(?))
                AND generations.binned_at IS NULL AND pictures.binned_at IS NULL
         ) WHERE place <= ? ORDER BY series, place",
        &[json(&ids)?, COVER.into()],
    )?;
    let (covers, unreadable) = readable(rows, |row| {
        let mut row = Columns::new(row);
        let (id, series): (_, SeriesId) = (row.parsed()?, row.parsed()?);
        let picture = PictureSummary {
            id,
            index: row.number()?,
            format: row.word()?,
            bytes: row.number()?,
        };
        Ok((series, picture))
    })?;
    for (id, picture) in covers {
        if let Some(series) = found.iter_mut().find(|series| series.id == id) {
            series.cover.push(picture);
        }
    }
    Ok(unreadable)
}

/// Removes series without a generation, in the bin or not.
pub(crate) fn remove_empty(db: &mut dyn Database) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM generations WHERE series = series.id)",
        &[],
    )?;
    Ok(())
}
