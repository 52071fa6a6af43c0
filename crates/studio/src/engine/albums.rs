//! The person's albums. A picture can be in several; deleting an album deletes no picture.

use selfsame_api::{Album, Event, Title};
use selfsame_primitives::ids::AlbumId;

use super::account::SignedInPerson;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::albums;

/// The most albums that one person has.
pub const MOST_ALBUMS: usize = 200;

/// Asks for the person's albums, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAlbums;

impl PersonRequest for ListAlbums {
    type Reply = Vec<Album>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Vec<Album>, StudioError> {
        all(tx)
    }
}

/// Every album, newest first.
pub(super) fn all(tx: &mut Transaction<'_>) -> Result<Vec<Album>, StudioError> {
    let (found, unreadable) = albums::list(tx.db)?;
    tx.set_aside(unreadable);
    Ok(found)
}

/// Asks for one album.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAlbum {
    /// The album.
    pub id: AlbumId,
}

impl PersonRequest for GetAlbum {
    type Reply = Album;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<Album, StudioError> {
        found(tx, &self.id)
    }
}

/// Makes an album without pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddAlbum {
    /// The id it gets.
    pub id: AlbumId,
    /// Its name.
    pub name: Title,
}

impl PersonRequest for AddAlbum {
    type Reply = Album;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<Album, StudioError> {
        let (names, unreadable) = albums::names(tx.db)?;
        if names.len() + unreadable.len() >= MOST_ALBUMS {
            return Err(StudioError::LimitReached {
                most: MOST_ALBUMS,
                of: "albums",
                advice: "Delete one first.",
            });
        }
        tx.set_aside(unreadable);
        check_name(&self.id, &self.name, &names)?;
        albums::insert(tx.db, &self.id, &self.name, tx.now)?;
        tx.broadcast(Event::GalleryChanged);
        found(tx, &self.id)
    }
}

/// Renames an album.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameAlbum {
    /// The album.
    pub id: AlbumId,
    /// Its new name.
    pub name: Title,
}

impl PersonRequest for RenameAlbum {
    type Reply = Album;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<Album, StudioError> {
        let before = found(tx, &self.id)?;
        if before.name == self.name {
            return Ok(before);
        }
        let (names, unreadable) = albums::names(tx.db)?;
        tx.set_aside(unreadable);
        check_name(&self.id, &self.name, &names)?;
        albums::rename(tx.db, &self.id, &self.name)?;
        tx.broadcast(Event::GalleryChanged);
        found(tx, &self.id)
    }
}

/// Deletes an album. Its pictures stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteAlbum {
    /// The album.
    pub id: AlbumId,
}

impl PersonRequest for DeleteAlbum {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<(), StudioError> {
        if !albums::remove(tx.db, &self.id)? {
            return Err(StudioError::NotFound);
        }
        tx.broadcast(Event::GalleryChanged);
        Ok(())
    }
}

/// Fails if there is no album of this id.
pub(super) fn require(tx: &mut Transaction<'_>, id: &AlbumId) -> Result<(), StudioError> {
    if albums::exists(tx.db, id)? {
        Ok(())
    } else {
        Err(StudioError::NotFound)
    }
}

/// The album, which must exist.
fn found(tx: &mut Transaction<'_>, id: &AlbumId) -> Result<Album, StudioError> {
    albums::find(tx.db, id)?.ok_or(StudioError::NotFound)
}

fn check_name(id: &AlbumId, name: &Title, names: &[(AlbumId, Title)]) -> Result<(), StudioError> {
    let mut others = names.iter().filter(|(other, _)| other != id);
    if others.any(|(_, other)| other.reads_like(name)) {
        return Err(StudioError::NameTaken { noun: "album" });
    }
    Ok(())
}
