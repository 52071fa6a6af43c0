//! Stored pictures: a row is written only when the object is in the store.

use selfsame_api::Picture;
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_recipe::Recipe;

use super::columns::{Columns, word};
use crate::database::{Database, DatabaseError};

/// What serving a picture needs.
pub(crate) struct Stored {
    pub(crate) format: OutputFormat,
    pub(crate) bytes: u64,
    pub(crate) etag: String,
    pub(crate) created_at: Timestamp,
}

pub(crate) fn insert(
    db: &mut dyn Database,
    generation: &GenerationId,
    picture: &Picture,
    etag: &str,
) -> Result<(), DatabaseError> {
    let bytes = i64::try_from(picture.bytes)
        .map_err(|_| DatabaseError("a picture larger than a number".to_owned()))?;
    db.query(
        "INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            picture.id.as_str().into(),
            generation.as_str().into(),
            picture.index.into(),
            word(&picture.format)?,
            bytes.into(),
            etag.into(),
            picture.recipe.canonical_json().into(),
            picture.created_at.into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn find(db: &mut dyn Database, id: &PictureId) -> Result<Option<Stored>, DatabaseError> {
    let rows = db.query(
        "SELECT format, bytes, etag, created_at FROM pictures WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Stored {
                format: row.word()?,
                bytes: row.number()?,
                etag: row.text()?,
                created_at: row.moment()?,
            })
        })
        .transpose()
}

/// The pictures of the generations from `oldest` to `newest`, each generation's by index.
pub(crate) fn between(
    db: &mut dyn Database,
    oldest: &GenerationId,
    newest: &GenerationId,
) -> Result<Vec<(GenerationId, Picture)>, DatabaseError> {
    db.query(
        "SELECT generation, id, position, format, bytes, created_at, recipe FROM pictures
         WHERE generation BETWEEN ? AND ? ORDER BY generation, position",
        &[oldest.as_str().into(), newest.as_str().into()],
    )?
    .into_iter()
    .map(|row| {
        let mut row = Columns::new(row);
        let generation = row.parsed()?;
        let (id, index, format) = (row.parsed()?, row.number()?, row.word()?);
        let (bytes, created_at) = (row.number()?, row.moment()?);
        let recipe: Recipe = row.json()?;
        let picture = Picture {
            id,
            index,
            format,
            bytes,
            created_at,
            recipe_id: recipe.id(),
            recipe,
        };
        Ok((generation, picture))
    })
    .collect()
}

/// Deletes the row; the generation it belonged to, `None` when there is no such picture.
pub(crate) fn delete(
    db: &mut dyn Database,
    id: &PictureId,
) -> Result<Option<GenerationId>, DatabaseError> {
    let rows = db.query(
        "DELETE FROM pictures WHERE id = ? RETURNING generation",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?.map(|mut row| row.parsed()).transpose()
}
