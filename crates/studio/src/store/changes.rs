//! The newest change of each thing that events are about. A row has the event's number and says what changed, not how:
//! catching up reads the present state.

use selfsame_primitives::ids::{ConversationId, GenerationId, SeriesId};

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Generation(GenerationId),
    Series(SeriesId),
    Conversation(ConversationId),
    /// The order of the queue.
    Queue,
    /// What lies in the bin.
    Bin,
    /// Favourites and albums.
    Gallery,
    /// The person's own presets.
    Presets,
    /// The entry of the access log with this number.
    Notice(u32),
}

impl Subject {
    fn kind(&self) -> &'static str {
        match self {
            Self::Generation(_) => "generation",
            Self::Series(_) => "series",
            Self::Conversation(_) => "conversation",
            Self::Queue => "queue",
            Self::Bin => "bin",
            Self::Gallery => "gallery",
            Self::Presets => "presets",
            Self::Notice(_) => "notice",
        }
    }

    /// What distinguishes it from others of its kind.
    fn key(&self) -> String {
        match self {
            Self::Generation(id) => id.to_string(),
            Self::Series(id) => id.to_string(),
            Self::Conversation(id) => id.to_string(),
            Self::Queue | Self::Bin | Self::Gallery | Self::Presets => String::new(),
            Self::Notice(entry) => entry.to_string(),
        }
    }

    /// `None` for a kind that only a newer release knows.
    fn read(kind: &str, key: &str) -> Option<Self> {
        match kind {
            "generation" => key.parse().ok().map(Self::Generation),
            "series" => key.parse().ok().map(Self::Series),
            "conversation" => key.parse().ok().map(Self::Conversation),
            "queue" => Some(Self::Queue),
            "bin" => Some(Self::Bin),
            "gallery" => Some(Self::Gallery),
            "presets" => Some(Self::Presets),
            "notice" => key.parse().ok().map(Self::Notice),
            _ => None,
        }
    }
}

/// Notes a change and returns its number, which is one more than that of the last one.
pub(crate) fn add(db: &mut dyn Database, subject: &Subject) -> Result<u64, DatabaseError> {
    let rows = db.query(
        "INSERT OR REPLACE INTO changes (kind, subject) VALUES (?, ?) RETURNING seq",
        &[subject.kind().into(), subject.key().as_str().into()],
    )?;
    let row = Columns::one(rows)?;
    row.map_or_else(
        || Err(DatabaseError("a change has no number".to_owned())),
        |mut row| row.number(),
    )
}

/// The number of the last change; 0 before the first.
pub(crate) fn latest(db: &mut dyn Database) -> Result<u64, DatabaseError> {
    let rows = db.query("SELECT ifnull(max(seq), 0) FROM changes", &[])?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// What has changed after the change `after`, in the order of the changes; `None` if more than `most` things have.
pub(crate) fn since(
    db: &mut dyn Database,
    after: u64,
    most: usize,
) -> Result<Option<Vec<Subject>>, DatabaseError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let rows = db.query(
        "SELECT kind, subject FROM changes WHERE seq > ? ORDER BY seq LIMIT ?",
        &[after.into(), limit.into()],
    )?;
    if rows.len() > most {
        return Ok(None);
    }
    let mut subjects = Vec::with_capacity(rows.len());
    for row in rows {
        let mut row = Columns::new(row);
        let (kind, key) = (row.text()?, row.text()?);
        subjects.extend(Subject::read(&kind, &key));
    }
    Ok(Some(subjects))
}

/// Deletes all but the newest changes. One more than `most` is kept, so that [`since`] finds too many rows whenever one that
/// it would have returned was deleted.
pub(crate) fn prune(db: &mut dyn Database, most: usize) -> Result<(), DatabaseError> {
    let kept = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    db.query(
        "DELETE FROM changes
         WHERE seq <= (SELECT seq FROM changes ORDER BY seq DESC LIMIT 1 OFFSET ?)",
        &[kept.into()],
    )?;
    Ok(())
}
