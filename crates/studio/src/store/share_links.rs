//! Links that show one picture each.

use selfsame_primitives::ids::{PictureId, ShareLinkId};
use selfsame_primitives::time::Timestamp;

use super::Readable;
use super::columns::{Columns, readable};
use super::pictures::OUT_OF_BIN;
use crate::database::{Database, DatabaseError, Row};

/// A link that shows a picture, without its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPicture {
    /// Its id.
    pub id: ShareLinkId,
    /// The picture.
    pub picture: PictureId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// How often the picture was shown.
    pub views: u32,
}

pub(crate) fn insert(db: &mut dyn Database, link: &SharedPicture) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO share_links (id, picture, created_at, expires_at) VALUES (?, ?, ?, ?)",
        &[
            link.id.as_str().into(),
            link.picture.as_str().into(),
            link.created_at.into(),
            link.expires_at.into(),
        ],
    )?;
    Ok(())
}

fn read(row: Row) -> Result<SharedPicture, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(SharedPicture {
        id: row.parsed()?,
        picture: row.parsed()?,
        created_at: row.moment()?,
        expires_at: row.moment()?,
        views: row.number()?,
    })
}

/// How many links have not ended.
pub(crate) fn count(db: &mut dyn Database, now: Timestamp) -> Result<usize, DatabaseError> {
    let rows = db.query(
        "SELECT count(*) FROM share_links WHERE expires_at > ?",
        &[now.into()],
    )?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.number())
}

/// The links that have not ended, newest first, and those that cannot be read. One whose picture lies in the bin has not
/// ended, but shows nothing.
pub(crate) fn list(
    db: &mut dyn Database,
    now: Timestamp,
) -> Result<Readable<SharedPicture>, DatabaseError> {
    let rows = db.query(
        "SELECT id, picture, created_at, expires_at, views FROM share_links WHERE expires_at > ?
         ORDER BY id DESC",
        &[now.into()],
    )?;
    readable(rows, read)
}

/// The picture that a link shows, unless the link has ended or the picture lies in the bin.
pub(crate) fn picture(
    db: &mut dyn Database,
    id: &ShareLinkId,
    now: Timestamp,
) -> Result<Option<PictureId>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT pictures.id FROM share_links JOIN pictures ON pictures.id = share_links.picture
             WHERE share_links.id = ? AND share_links.expires_at > ? AND {OUT_OF_BIN}"
        ),
        &[id.as_str().into(), now.into()],
    )?;
    Columns::one(rows)?.map(|mut row| row.parsed()).transpose()
}

/// Counts a view.
pub(crate) fn add_view(db: &mut dyn Database, id: &ShareLinkId) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE share_links SET views = views + 1 WHERE id = ? AND views < 4294967295",
        &[id.as_str().into()],
    )?;
    Ok(())
}

/// Ends a link. Returns whether it had not ended.
pub(crate) fn end(
    db: &mut dyn Database,
    id: &ShareLinkId,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "DELETE FROM share_links WHERE id = ? AND expires_at > ? RETURNING 1",
        &[id.as_str().into(), now.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Removes links that have ended.
pub(crate) fn prune(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "DELETE FROM share_links WHERE expires_at <= ?",
        &[now.into()],
    )?;
    Ok(())
}
