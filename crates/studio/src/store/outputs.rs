//! The provider's files of a generation that is being saved. The rows are removed when the generation ends.

use selfsame_primitives::ids::{GenerationId, PictureId};

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// The state of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputState {
    /// To be fetched.
    Pending,
    /// In the object store, unless the person has deleted it since.
    Stored,
    /// Given up.
    Lost,
}

impl OutputState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Stored => "stored",
            Self::Lost => "lost",
        }
    }
}

/// A file.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) generation: GenerationId,
    pub(crate) position: u32,
    pub(crate) picture: PictureId,
    pub(crate) url: String,
}

/// The number of files in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) pending: u32,
    pub(crate) stored: u32,
}

pub(crate) fn insert(db: &mut dyn Database, output: &Output) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO outputs (generation, position, picture, url, state) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
        &[
            output.generation.as_str().into(),
            output.position.into(),
            output.picture.as_str().into(),
            output.url.as_str().into(),
            OutputState::Pending.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The file of a picture, if it is pending.
pub(crate) fn pending(
    db: &mut dyn Database,
    picture: &PictureId,
) -> Result<Option<Output>, DatabaseError> {
    let rows = db.query(
        "SELECT generation, position, url FROM outputs WHERE picture = ? AND state = ?",
        &[
            picture.as_str().into(),
            OutputState::Pending.as_str().into(),
        ],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Output {
                generation: row.parsed()?,
                position: row.number()?,
                picture: picture.clone(),
                url: row.text()?,
            })
        })
        .transpose()
}

pub(crate) fn set_state(
    db: &mut dyn Database,
    picture: &PictureId,
    state: OutputState,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE outputs SET state = ? WHERE picture = ?",
        &[state.as_str().into(), picture.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn tally(
    db: &mut dyn Database,
    generation: &GenerationId,
) -> Result<Tally, DatabaseError> {
    let rows = db.query(
        "SELECT ifnull(sum(state = 'pending'), 0), ifnull(sum(state = 'stored'), 0)
         FROM outputs WHERE generation = ?",
        &[generation.as_str().into()],
    )?;
    let mut row = Columns::one(rows)?
        .ok_or_else(|| DatabaseError("an aggregate returned no row".to_owned()))?;
    Ok(Tally {
        pending: row.number()?,
        stored: row.number()?,
    })
}

pub(crate) fn forget(
    db: &mut dyn Database,
    generation: &GenerationId,
) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM outputs WHERE generation = ?",
        &[generation.as_str().into()],
    )?;
    Ok(())
}
