//! What an archive of pictures needs to know of each. Those in the bin are not found.

use selfsame_primitives::ids::PictureId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;

use super::columns::{Columns, json};
use super::pictures::OUT_OF_BIN;
use crate::database::{Database, DatabaseError};

/// The most characters of the request that are read.
const MOST_WORDS: u32 = 200;

/// A picture in an archive.
pub(crate) struct ArchiveRow {
    pub(crate) id: PictureId,
    pub(crate) format: OutputFormat,
    pub(crate) created_at: Timestamp,
    /// The beginning of what the person asked for.
    pub(crate) words: Option<String>,
    /// The recipe's JSON.
    pub(crate) recipe: String,
}

/// The sizes in bytes of those of the pictures that exist, in the order of `ids`.
pub(crate) fn sizes(db: &mut dyn Database, ids: &[PictureId]) -> Result<Vec<u64>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT pictures.bytes FROM json_each(?) AS wanted JOIN pictures ON pictures.id = wanted.value
             WHERE {OUT_OF_BIN} ORDER BY wanted.key"
        ),
        &[json(&ids)?],
    )?;
    rows.into_iter()
        .map(|row| Columns::new(row).number())
        .collect()
}

/// Those of the pictures that exist, in the order of `ids`.
pub(crate) fn rows(
    db: &mut dyn Database,
    ids: &[PictureId],
) -> Result<Vec<ArchiveRow>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT pictures.id, pictures.format, pictures.created_at,
                substr(CAST(json_extract(iif(json_valid(request), request, NULL), '$.text') AS TEXT), 1, ?),
                pictures.recipe
             FROM json_each(?) AS wanted JOIN pictures ON pictures.id = wanted.value
                JOIN generations ON generations.id = pictures.generation
             WHERE {OUT_OF_BIN} ORDER BY wanted.key"
        ),
        &[MOST_WORDS.into(), json(&ids)?],
    )?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(ArchiveRow {
                id: row.parsed()?,
                format: row.word()?,
                created_at: row.moment()?,
                words: row.optional_text()?,
                recipe: row.text()?,
            })
        })
        .collect()
}
