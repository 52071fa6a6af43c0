//! The gallery: a slim row for each picture, in the order of storing, with what lists filter by, and the words by which it
//! is found in a full-text index.
//!
//! Triggers add, hide and remove the rows with their pictures, so that they are right after a release back, too. A row
//! holds of its own whether the picture is a favourite.

use selfsame_api::{ListedPicture, PictureQuery};
use selfsame_primitives::ids::{AlbumId, GenerationId, ModelId, PictureId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::{AspectRatio, OutputFormat, PresetId};

use super::Unreadable;
use super::columns::{Columns, from_json, json, readable, word};
use super::summaries::shown;
use super::words::match_expression;
use crate::database::{Database, DatabaseError, Row, Value};

/// The pictures that match a query, inside the bin or outside.
struct Matching {
    from: &'static str,
    number: &'static str,
    conditions: Vec<&'static str>,
    values: Vec<Value>,
}

impl Matching {
    fn new(query: &PictureQuery, in_bin: bool) -> Result<Self, DatabaseError> {
        let words = query.q.as_deref().filter(|words| !words.trim().is_empty());
        // Each of these yields its rows by their numbers, so that a page ends the search early.
        let (from, number) = match (words, &query.album) {
            (Some(_), _) => (
                "gallery_words CROSS JOIN gallery ON gallery.number = gallery_words.rowid",
                "gallery_words.rowid",
            ),
            (None, Some(_)) => (
                "album_pictures CROSS JOIN gallery ON gallery.number = album_pictures.number",
                "album_pictures.number",
            ),
            (None, None) => ("gallery", "gallery.number"),
        };
        let mut found = Self {
            from,
            number,
            conditions: Vec::new(),
            values: Vec::new(),
        };
        if let Some(words) = words {
            found.add("gallery_words MATCH ?", match_expression(words).into());
        }
        if let Some(album) = &query.album {
            let condition = if words.is_some() {
                "EXISTS (SELECT 1 FROM album_pictures
                    WHERE album = ? AND album_pictures.number = gallery.number)"
            } else {
                "album_pictures.album = ?"
            };
            found.add(condition, album.as_str().into());
        }
        found.add("gallery.in_bin = ?", in_bin.into());
        match query.favourite {
            Some(true) => found.conditions.push("gallery.favourite_at IS NOT NULL"),
            Some(false) => found.conditions.push("gallery.favourite_at IS NULL"),
            None => {}
        }
        if let Some(model) = &query.model {
            found.add("gallery.model = ?", model.as_str().into());
        }
        if let Some(series) = &query.series {
            found.add("gallery.series = ?", series.as_str().into());
        }
        if let Some(preset) = &query.preset {
            found.add("gallery.preset = ?", word(preset)?);
        }
        if let Some(format) = &query.format {
            found.add("gallery.format = ?", word(format)?);
        }
        if let Some(from) = query.from {
            found.add("gallery.created_at >= ?", from.into());
        }
        if let Some(to) = query.to {
            found.add("gallery.created_at < ?", to.into());
        }
        Ok(found)
    }

    fn add(&mut self, condition: &'static str, value: Value) {
        self.conditions.push(condition);
        self.values.push(value);
    }

    /// `FROM … WHERE …`
    fn clause(&self) -> String {
        format!("FROM {} WHERE {}", self.from, self.conditions.join(" AND "))
    }
}

/// A page of the gallery.
pub(crate) struct Page {
    pub(crate) pictures: Vec<ListedPicture>,
    /// Those that cannot be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// The number of the last row, if there are more.
    pub(crate) next: Option<i64>,
}

/// At most `limit` pictures outside the bin that match and whose number is below `before`, the last stored first.
pub(crate) fn page(
    db: &mut dyn Database,
    query: &PictureQuery,
    before: Option<i64>,
    limit: u32,
) -> Result<Page, DatabaseError> {
    let mut matching = Matching::new(query, false)?;
    let number = matching.number;
    let below = if let Some(before) = before {
        matching.values.push(before.into());
        // The full-text index takes a whole number only, and a Durable Object binds every number as a fraction.
        format!("AND {number} < CAST(? AS INTEGER)")
    } else {
        String::new()
    };
    // One more than asked for tells whether there is another page.
    matching.values.push((limit + 1).into());
    let clause = matching.clause();
    let mut rows = db.query(
        &format!(
            "SELECT gallery.picture, gallery.number, json_array(
                gallery.generation, gallery.position, gallery.model, gallery.preset, gallery.format,
                gallery.bytes, gallery.aspect_ratio, gallery.series, gallery.favourite_at, gallery.created_at,
                CAST(json_extract(iif(json_valid(request), request, NULL), '$.text') AS TEXT),
                CASE WHEN json_type(iif(json_valid(request), request, NULL), '$.slots') IS NULL THEN NULL
                    ELSE spans END)
             FROM (SELECT {number} AS number {clause} {below} ORDER BY {number} DESC LIMIT ?) AS found
                CROSS JOIN gallery ON gallery.number = found.number
                CROSS JOIN generations ON generations.id = gallery.generation
             ORDER BY found.number DESC"
        ),
        &matching.values,
    )?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows
        .last()
        .filter(|_| more)
        .and_then(|row| match row.get(1) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        });
    let (pictures, unreadable) = readable(rows, read)?;
    Ok(Page {
        pictures,
        unreadable,
        next,
    })
}

/// A row as one JSON list. Each value that a Durable Object hands over costs several calls into JavaScript, so that a page
/// of single values takes longer than finding it.
type Listed = (
    GenerationId,
    u32,
    ModelId,
    Option<PresetId>,
    OutputFormat,
    u64,
    Option<AspectRatio>,
    Option<SeriesId>,
    Option<i64>,
    i64,
    String,
    Option<String>,
);

fn read(row: Row) -> Result<ListedPicture, DatabaseError> {
    let mut row = Columns::new(row);
    let id = row.parsed()?;
    row.integer()?;
    let (
        generation,
        index,
        model,
        preset,
        format,
        bytes,
        aspect_ratio,
        series,
        favourite_at,
        created_at,
        text,
        spans,
    ): Listed = row.json()?;
    let spans = spans.as_deref().map(from_json).transpose()?;
    let (text, text_truncated) = shown(text, spans);
    Ok(ListedPicture {
        id,
        generation,
        index,
        model,
        preset: preset.unwrap_or_default(),
        format,
        bytes,
        aspect_ratio,
        series,
        favourite: favourite_at.is_some(),
        text,
        text_truncated,
        created_at: Timestamp::from_millisecond(created_at),
    })
}

/// How many pictures match.
pub(crate) fn count(
    db: &mut dyn Database,
    query: &PictureQuery,
    in_bin: bool,
) -> Result<u32, DatabaseError> {
    let matching = Matching::new(query, in_bin)?;
    let rows = db.query(
        &format!("SELECT count(*) {}", matching.clause()),
        &matching.values,
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// The pictures that match, the last stored first.
pub(crate) fn matching(
    db: &mut dyn Database,
    query: &PictureQuery,
    in_bin: bool,
) -> Result<Vec<PictureId>, DatabaseError> {
    let matching = Matching::new(query, in_bin)?;
    let rows = db.query(
        &format!(
            "SELECT gallery.picture {} ORDER BY {} DESC",
            matching.clause(),
            matching.number
        ),
        &matching.values,
    )?;
    ids(rows)
}

/// Those of the pictures that exist, inside the bin or outside.
pub(crate) fn existing(
    db: &mut dyn Database,
    pictures: &[PictureId],
    in_bin: bool,
) -> Result<Vec<PictureId>, DatabaseError> {
    let rows = db.query(
        "SELECT picture FROM gallery
         WHERE picture IN (SELECT value FROM json_each(?)) AND in_bin = ?",
        &[json(&pictures)?, in_bin.into()],
    )?;
    ids(rows)
}

fn ids(rows: Vec<Row>) -> Result<Vec<PictureId>, DatabaseError> {
    rows.into_iter()
        .map(|row| Columns::new(row).parsed())
        .collect()
}

/// Whether the picture is a favourite, and the albums that it is in.
pub(crate) fn kept(
    db: &mut dyn Database,
    picture: &PictureId,
) -> Result<(bool, Vec<AlbumId>), DatabaseError> {
    let id = picture.as_str();
    let rows = db.query(
        "SELECT 1 FROM gallery WHERE picture = ? AND favourite_at IS NOT NULL",
        &[id.into()],
    )?;
    let favourite = !rows.is_empty();
    let rows = db.query(
        "SELECT album FROM album_pictures
         WHERE number = (SELECT number FROM gallery WHERE picture = ?) ORDER BY album",
        &[id.into()],
    )?;
    let albums = rows.into_iter().map(|row| Columns::new(row).parsed());
    Ok((favourite, albums.collect::<Result<_, _>>()?))
}

/// Makes the pictures favourites from `since` on, or none any more. Returns how many that changed.
pub(crate) fn set_favourites(
    db: &mut dyn Database,
    pictures: &[PictureId],
    since: Option<Timestamp>,
) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "UPDATE gallery SET favourite_at = ?
         WHERE picture IN (SELECT value FROM json_each(?))
            AND (favourite_at IS NULL) = ?
         RETURNING 1",
        &[since.into(), json(&pictures)?, since.is_some().into()],
    )?;
    Ok(rows.len())
}
