//! Links that show one picture to whoever has them: making, listing and ending them, and what one shows.
//!
//! A link's address names its owner in a form that only the Worker can read (see
//! [`credentials`](crate::credentials)). Whether the link still shows something is decided here.

use selfsame_api::{AccessAction, PersonStatus};
use selfsame_primitives::ids::{PictureId, ShareLinkId};
use selfsame_prompt::parameters::OutputFormat;
use serde::{Deserialize, Serialize};

use super::account::{SignedInPerson, record};
use super::pictures::object_key;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::{PersonRequest, Request};
use crate::store::share_links::SharedPicture;
use crate::store::{pictures, profile, share_links};

/// Days after which a link ends, by default and at most.
const DAYS: u32 = 7;
const MOST_DAYS: u32 = 90;
/// The most links that one person has at a time.
const MOST_LINKS: usize = 100;

/// The largest file in bytes that is shared although a release before stored it with the provider's notes: the Worker
/// takes them out at every view, with the file in its memory.
const LARGEST_WITH_NOTES: u64 = 4 * 1024 * 1024;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Makes a link that shows a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharePicture {
    /// The new link's id.
    pub id: ShareLinkId,
    /// The picture.
    pub picture: PictureId,
    /// Days until the link ends, 1-90; `None`: 7.
    pub days: Option<u32>,
}

impl PersonRequest for SharePicture {
    type Reply = SharedPicture;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<SharedPicture, StudioError> {
        let stored = pictures::find(tx.db, &self.picture)?.ok_or(StudioError::NotFound)?;
        if !can_be_shared(&stored) {
            return Err(StudioError::TooLargeToShare);
        }
        let days = self.days.unwrap_or(DAYS);
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(StudioError::ShareDays { most: MOST_DAYS });
        }
        share_links::prune(tx.db, tx.now)?;
        if share_links::count(tx.db, tx.now)? >= MOST_LINKS {
            return Err(StudioError::LimitReached {
                most: MOST_LINKS,
                of: "shared links at a time",
                advice: "End one first.",
            });
        }
        let link = SharedPicture {
            id: self.id,
            picture: self.picture,
            created_at: tx.now,
            expires_at: tx.now.plus_milliseconds(i64::from(days) * DAY),
            views: 0,
        };
        share_links::insert(tx.db, &link)?;
        record(tx, person, AccessAction::PictureShared)?;
        Ok(link)
    }
}

/// Asks for the links that have not ended, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListShareLinks;

impl PersonRequest for ListShareLinks {
    type Reply = Vec<SharedPicture>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Vec<SharedPicture>, StudioError> {
        let (links, unreadable) = share_links::list(tx.db, tx.now)?;
        tx.set_aside(unreadable);
        Ok(links)
    }
}

/// Ends a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndShareLink {
    /// The link.
    pub id: ShareLinkId,
}

impl PersonRequest for EndShareLink {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        if !share_links::end(tx.db, &self.id, tx.now)? {
            return Err(StudioError::NotFound);
        }
        record(tx, person, AccessAction::ShareLinkEnded)
    }
}

/// Asks for what a link shows. Nobody has to be signed in: the Worker has verified the address. Every link that shows
/// nothing is answered alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenShareLink {
    /// The link.
    pub id: ShareLinkId,
}

/// Counts a view of what a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountShareView {
    /// The link.
    pub id: ShareLinkId,
}

/// The picture that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedShare {
    /// The object's key.
    pub key: String,
    /// The format of the bytes.
    pub format: OutputFormat,
    /// Whether the file can be shown as it is. Otherwise the provider's notes may be in it, and it is small enough to take
    /// them out at every view.
    pub bare: bool,
}

impl Request for OpenShareLink {
    type Reply = OpenedShare;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<OpenedShare, StudioError> {
        let profile = profile::load(tx.db)?.ok_or(StudioError::NotFound)?;
        if profile.status == PersonStatus::Suspended {
            return Err(StudioError::NotFound);
        }
        let picture = share_links::picture(tx.db, &self.id, tx.now)?;
        let picture = picture.ok_or(StudioError::NotFound)?;
        let stored = pictures::find(tx.db, &picture)?.ok_or(StudioError::NotFound)?;
        // A release before may have made the link.
        if !can_be_shared(&stored) {
            return Err(StudioError::NotFound);
        }
        Ok(OpenedShare {
            key: object_key(&profile.user, &picture),
            format: stored.format,
            bare: stored.bare,
        })
    }
}

impl Request for CountShareView {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>) -> Result<(), StudioError> {
        Ok(share_links::add_view(tx.db, &self.id)?)
    }
}

const fn can_be_shared(stored: &pictures::Stored) -> bool {
    stored.bare || stored.bytes <= LARGEST_WITH_NOTES
}
