//! The gallery: searching pictures, and changing many of them in one transaction.

use std::collections::BTreeSet;

use selfsame_api::{
    ChangePictures, Event, MOST_CHANGED, PictureChange, PicturePage, PictureQuery, PicturesChanged,
    Selection,
};
use selfsame_primitives::ids::PictureId;

use super::account::SignedInPerson;
use super::read::{check_words, page_limit, read_cursor, write_cursor};
use super::transaction::Transaction;
use super::{albums, bin};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::{albums as rows, gallery};

/// Pictures on a page without `limit`: a screen and what comes next.
const DEFAULT_PAGE: u32 = 80;

/// Asks for a page of the pictures that match a query, the last stored first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPictures {
    /// Which pictures.
    pub query: PictureQuery,
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 80.
    pub limit: Option<u32>,
}

impl PersonRequest for ListPictures {
    type Reply = PicturePage;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<PicturePage, StudioError> {
        let limit = page_limit(Some(self.limit.unwrap_or(DEFAULT_PAGE)))?;
        check(tx, &self.query)?;
        let before: Option<u32> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = gallery::page(tx.db, &self.query, before.map(i64::from), limit)?;
        tx.set_aside(page.unreadable);
        Ok(PicturePage {
            pictures: page.pictures,
            next_cursor: page.next.map(write_cursor),
        })
    }
}

impl PersonRequest for ChangePictures {
    type Reply = PicturesChanged;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<PicturesChanged, StudioError> {
        let in_bin = matches!(
            self.change,
            PictureChange::Restore | PictureChange::DeleteForGood
        );
        let pictures = selected(tx, &self.pictures, in_bin)?;
        let changed = change(tx, person, &self.change, &pictures)?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(PicturesChanged {
            selected: number(pictures.len()),
            changed: number(changed),
        })
    }
}

/// The selected pictures that exist, in the order of the selection.
pub(super) fn selected(
    tx: &mut Transaction<'_>,
    selection: &Selection,
    in_bin: bool,
) -> Result<Vec<PictureId>, StudioError> {
    match selection {
        Selection::Ids(ids) => {
            let selected = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            check_count(selected)?;
            let existing: BTreeSet<_> =
                gallery::existing(tx.db, ids, in_bin)?.into_iter().collect();
            let mut taken = BTreeSet::new();
            let wanted = ids.iter().filter(|id| existing.contains(id));
            Ok(wanted.filter(|id| taken.insert(*id)).cloned().collect())
        }
        Selection::Query(query) => {
            check(tx, query)?;
            check_count(gallery::count(tx.db, query, in_bin)?)?;
            Ok(gallery::matching(tx.db, query, in_bin)?)
        }
    }
}

/// Returns how many pictures are different now.
fn change(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    change: &PictureChange,
    pictures: &[PictureId],
) -> Result<usize, StudioError> {
    let changed = match change {
        PictureChange::Bin => return bin::put_pictures(tx, person, pictures),
        PictureChange::Restore => return bin::restore_pictures(tx, pictures),
        PictureChange::DeleteForGood => return bin::delete_pictures(tx, person, pictures),
        PictureChange::Favourite => gallery::set_favourites(tx.db, pictures, Some(tx.now))?,
        PictureChange::Unfavourite => gallery::set_favourites(tx.db, pictures, None)?,
        PictureChange::AddToAlbum(album) => {
            albums::require(tx, album)?;
            rows::add_pictures(tx.db, album, pictures)?
        }
        PictureChange::RemoveFromAlbum(album) => {
            albums::require(tx, album)?;
            rows::remove_pictures(tx.db, album, pictures)?
        }
    };
    if changed > 0 {
        tx.broadcast(Event::GalleryChanged);
    }
    Ok(changed)
}

/// An album that does not exist has no pictures to be found; saying so is clearer than an empty page.
fn check(tx: &mut Transaction<'_>, query: &PictureQuery) -> Result<(), StudioError> {
    check_words(query.q.as_deref())?;
    if let Some(album) = &query.album {
        albums::require(tx, album)?;
    }
    Ok(())
}

const fn check_count(selected: u32) -> Result<(), StudioError> {
    if selected > MOST_CHANGED {
        return Err(StudioError::TooManySelected { selected });
    }
    Ok(())
}
