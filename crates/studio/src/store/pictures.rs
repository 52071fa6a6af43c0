//! Stored pictures: a row is written only when the object is in the store. Those in the bin are found only by
//! [`exists`].

use selfsame_api::{Picture, RawJson};
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_recipe::Recipe;

use super::bin::Bin;
use super::columns::{Columns, json, unreadable, word};
use super::stored::StoredThumbnail;
use crate::database::{Database, DatabaseError, Row};
use crate::thumbnail::Thumbnail;

/// A new picture.
pub(crate) struct New<'a> {
    pub(crate) id: &'a PictureId,
    pub(crate) generation: &'a GenerationId,
    pub(crate) index: u32,
    pub(crate) format: OutputFormat,
    pub(crate) bytes: u64,
    pub(crate) etag: &'a str,
    pub(crate) recipe: &'a Recipe,
    pub(crate) now: Timestamp,
}

/// What serving a picture needs.
pub(crate) struct Stored {
    pub(crate) format: OutputFormat,
    pub(crate) bytes: u64,
    pub(crate) etag: String,
    /// Whether the file has nothing in it but what draws the picture, and the mark.
    pub(crate) bare: bool,
    pub(crate) created_at: Timestamp,
    /// `None` before they are made.
    pub(crate) thumbnails: Option<Vec<Thumbnail>>,
}

pub(crate) fn insert(db: &mut dyn Database, new: &New<'_>) -> Result<(), DatabaseError> {
    let bytes = i64::try_from(new.bytes)
        .map_err(|_| DatabaseError("a picture larger than a number".to_owned()))?;
    db.query(
        "INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe, created_at,
            recipe_id, bare)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        &[
            new.id.as_str().into(),
            new.generation.as_str().into(),
            new.index.into(),
            word(&new.format)?,
            bytes.into(),
            new.etag.into(),
            new.recipe.canonical_json().into(),
            new.now.into(),
            new.recipe.id().to_string().into(),
        ],
    )?;
    Ok(())
}

/// Selects pictures that lie in the bin neither by themselves nor with their generation.
pub(super) const OUT_OF_BIN: &str = "pictures.binned_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM generations WHERE generations.id = pictures.generation AND generations.binned_at IS NOT NULL)";

/// Whether the picture is stored, in the bin or not.
pub(crate) fn exists(db: &mut dyn Database, id: &PictureId) -> Result<bool, DatabaseError> {
    let rows = db.query("SELECT 1 FROM pictures WHERE id = ?", &[id.as_str().into()])?;
    Ok(!rows.is_empty())
}

pub(crate) fn find(db: &mut dyn Database, id: &PictureId) -> Result<Option<Stored>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT format, bytes, etag, bare, created_at, thumbnails
             FROM pictures WHERE id = ? AND {OUT_OF_BIN}"
        ),
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Stored {
                format: row.word()?,
                bytes: row.number()?,
                etag: row.text()?,
                bare: row.flag()?,
                created_at: row.moment()?,
                thumbnails: row.optional_json()?.map(StoredThumbnail::known),
            })
        })
        .transpose()
}

/// Notes the smaller versions that were made of a picture, or that there are none.
pub(crate) fn set_thumbnails(
    db: &mut dyn Database,
    id: &PictureId,
    made: &[Thumbnail],
) -> Result<(), DatabaseError> {
    let stored: Vec<StoredThumbnail> = made.iter().map(StoredThumbnail::from).collect();
    let bytes: u64 = made.iter().map(|thumbnail| thumbnail.bytes).sum();
    db.query(
        "UPDATE pictures SET thumbnails = ?, thumbnail_bytes = ? WHERE id = ?",
        &[
            json(&stored)?,
            i64::try_from(bytes).unwrap_or(i64::MAX).into(),
            id.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Whether a picture's smaller versions are still to be made.
pub(crate) fn lacks_thumbnails(
    db: &mut dyn Database,
    id: &PictureId,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "SELECT 1 FROM pictures WHERE id = ? AND thumbnails IS NULL",
        &[id.as_str().into()],
    )?;
    Ok(!rows.is_empty())
}

const SELECT: &str = "SELECT id, generation, position, format, bytes, created_at, recipe, recipe_id
    FROM pictures";

fn read(row: Row) -> Result<(GenerationId, Picture), DatabaseError> {
    let mut row = Columns::new(row);
    let (id, generation, index) = (row.parsed()?, row.parsed()?, row.number()?);
    let (format, bytes, created_at) = (row.word()?, row.number()?, row.moment()?);
    let recipe: RawJson<Recipe> = row.raw()?;
    // Releases before the column have stored none.
    let recipe_id = match row.optional_parsed()? {
        Some(id) => id,
        None => recipe
            .read()
            .map_err(|error| unreadable::<Recipe>(&error))?
            .id(),
    };
    let picture = Picture {
        id,
        index,
        format,
        bytes,
        created_at,
        recipe,
        recipe_id,
    };
    Ok((generation, picture))
}

/// A picture, and the generation that made it.
pub(crate) fn record(
    db: &mut dyn Database,
    id: &PictureId,
) -> Result<Option<(GenerationId, Picture)>, DatabaseError> {
    let rows = db.query(
        &format!("{SELECT} WHERE id = ? AND {OUT_OF_BIN}"),
        &[id.as_str().into()],
    )?;
    rows.into_iter().next().map(read).transpose()
}

/// The pictures of a generation, by index.
pub(crate) fn of_generation(
    db: &mut dyn Database,
    generation: &GenerationId,
    bin: Bin,
) -> Result<Vec<Picture>, DatabaseError> {
    let rows = db.query(
        &format!(
            "{SELECT} WHERE generation = ? {} ORDER BY position",
            bin.condition()
        ),
        &[generation.as_str().into()],
    )?;
    rows.into_iter()
        .map(|row| read(row).map(|(_, picture)| picture))
        .collect()
}
