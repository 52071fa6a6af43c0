//! The person's albums, and which rows of the gallery are in them.

use selfsame_api::{Album, Title};
use selfsame_primitives::ids::{AlbumId, PictureId};
use selfsame_primitives::time::Timestamp;

use super::Readable;
use super::columns::{Columns, json, readable};
use crate::database::{Database, DatabaseError, Row};

const SELECT: &str = "SELECT id, name,
        (SELECT count(*) FROM album_pictures JOIN gallery USING (number)
            WHERE album = albums.id AND in_bin = 0),
        (SELECT picture FROM album_pictures CROSS JOIN gallery USING (number)
            WHERE album = albums.id AND in_bin = 0 ORDER BY album_pictures.number DESC LIMIT 1),
        created_at
    FROM albums";

fn read(row: Row) -> Result<Album, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(Album {
        id: row.parsed()?,
        name: row.parsed()?,
        pictures: row.number()?,
        cover: row.optional_parsed()?,
        created_at: row.moment()?,
    })
}

/// Every album, newest first, and those that cannot be read.
pub(crate) fn list(db: &mut dyn Database) -> Result<Readable<Album>, DatabaseError> {
    readable(db.query(&format!("{SELECT} ORDER BY id DESC"), &[])?, read)
}

pub(crate) fn find(db: &mut dyn Database, id: &AlbumId) -> Result<Option<Album>, DatabaseError> {
    let rows = db.query(&format!("{SELECT} WHERE id = ?"), &[id.as_str().into()])?;
    rows.into_iter().next().map(read).transpose()
}

/// Whether there is an album of this id.
pub(crate) fn exists(db: &mut dyn Database, id: &AlbumId) -> Result<bool, DatabaseError> {
    let rows = db.query("SELECT 1 FROM albums WHERE id = ?", &[id.as_str().into()])?;
    Ok(!rows.is_empty())
}

/// The names of all albums, each with its id, and those that cannot be read.
pub(crate) fn names(db: &mut dyn Database) -> Result<Readable<(AlbumId, Title)>, DatabaseError> {
    readable(db.query("SELECT id, name FROM albums", &[])?, |row| {
        let mut row = Columns::new(row);
        Ok((row.parsed()?, row.parsed()?))
    })
}

pub(crate) fn insert(
    db: &mut dyn Database,
    id: &AlbumId,
    name: &Title,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO albums (id, name, created_at) VALUES (?, ?, ?)",
        &[id.as_str().into(), name.as_str().into(), now.into()],
    )?;
    Ok(())
}

pub(crate) fn rename(
    db: &mut dyn Database,
    id: &AlbumId,
    name: &Title,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE albums SET name = ? WHERE id = ?",
        &[name.as_str().into(), id.as_str().into()],
    )?;
    Ok(())
}

/// Removes an album and leaves its pictures. Returns whether it was there.
pub(crate) fn remove(db: &mut dyn Database, id: &AlbumId) -> Result<bool, DatabaseError> {
    let id = id.as_str();
    db.query("DELETE FROM album_pictures WHERE album = ?", &[id.into()])?;
    let removed = db.query("DELETE FROM albums WHERE id = ? RETURNING 1", &[id.into()])?;
    Ok(!removed.is_empty())
}

/// Puts the pictures into an album. Returns how many were not in it.
pub(crate) fn add_pictures(
    db: &mut dyn Database,
    album: &AlbumId,
    pictures: &[PictureId],
) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "INSERT INTO album_pictures (album, number)
         SELECT ?, number FROM gallery WHERE picture IN (SELECT value FROM json_each(?))
         ON CONFLICT DO NOTHING RETURNING 1",
        &[album.as_str().into(), json(&pictures)?],
    )?;
    Ok(rows.len())
}

/// Takes the pictures out of an album. Returns how many were in it.
pub(crate) fn remove_pictures(
    db: &mut dyn Database,
    album: &AlbumId,
    pictures: &[PictureId],
) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "DELETE FROM album_pictures WHERE album = ? AND number IN
            (SELECT number FROM gallery WHERE picture IN (SELECT value FROM json_each(?)))
         RETURNING 1",
        &[album.as_str().into(), json(&pictures)?],
    )?;
    Ok(rows.len())
}
