//! Deleting: a generation, a picture or a conversation lies in the bin for 30 days, where nothing but the bin shows it. Then it is gone
//! with its words, its recipes and its objects.

use std::fmt;
use std::str::FromStr;

use selfsame_api::{
    AccessAction, Actor, BinEntry, BinPage, Binned, BinnedId, Event, GenerationSummary,
};
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::{SignedInPerson, record};
use super::conversations;
use super::read::{page_limit, read_cursor, write_cursor};
use super::transaction::Transaction;
use crate::database::{Database, DatabaseError};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::access_log::Access;
use crate::store::bin::{self, Bin, BinRow, Put};
use crate::store::{conversations as rows, generations, summaries};

/// How long something lies in the bin, in milliseconds: 30 days.
pub const BIN_MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Moves a generation with its pictures, words and recipes to the bin. Refused while it is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteGeneration {
    /// The generation.
    pub id: GenerationId,
}

impl PersonRequest for DeleteGeneration {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        let generation = self.id;
        match bin::put_generation(tx.db, &generation, tx.now)? {
            Put::Missing => return Err(StudioError::NotFound),
            Put::UnderWay => return Err(StudioError::UnderWay),
            Put::Done => {}
        }
        record(tx, person, AccessAction::MovedToBin)?;
        if let Some(place) = generations::place(tx.db, &generation)? {
            tx.touch_series(&place.id)?;
        }
        tx.broadcast(Event::GenerationDeleted { generation });
        tx.broadcast(Event::BinChanged);
        Ok(())
    }
}

/// Moves a picture to the bin. A second time it is not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletePicture {
    /// The picture.
    pub id: PictureId,
}

impl PersonRequest for DeletePicture {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        require_some(put_pictures(tx, person, &[self.id])?)
    }
}

/// Asks for a page of what lies in the bin, the last deleted first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListBin {
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 20.
    pub limit: Option<u32>,
}

impl PersonRequest for ListBin {
    type Reply = BinPage;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<BinPage, StudioError> {
        let limit = page_limit(self.limit)?;
        let before: Option<BinPlace> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let before = before
            .as_ref()
            .map(|place| (place.binned_at, place.id.as_str()));
        // One more than asked for tells whether there is another page.
        let mut found = bin::page(tx.db, expired(tx.now), before, limit + 1)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > limit;
        found.truncate(limit);
        let next_cursor = found
            .last()
            .filter(|_| more)
            .map(|last| write_cursor(BinPlace::of(last)));
        Ok(BinPage {
            entries: entries(tx, found)?,
            next_cursor,
        })
    }
}

/// Takes something out of the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreFromBin {
    /// What.
    pub id: BinnedId,
}

impl PersonRequest for RestoreFromBin {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<(), StudioError> {
        match self.id {
            BinnedId::Picture(id) => require_some(restore_pictures(tx, &[id])?),
            BinnedId::Generation(id) => {
                if !bin::restore_generation(tx.db, &id, expired(tx.now))? {
                    return Err(StudioError::NotFound);
                }
                tx.touch(&id)?;
                tx.broadcast(Event::BinChanged);
                Ok(())
            }
            BinnedId::Session(id) => conversations::restore(tx, &id).map(drop),
        }
    }
}

/// Deletes something in the bin for good, now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteFromBin {
    /// What.
    pub id: BinnedId,
}

impl PersonRequest for DeleteFromBin {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        let since = expired(tx.now);
        let found = match self.id {
            BinnedId::Picture(id) => return require_some(delete_pictures(tx, person, &[id])?),
            BinnedId::Generation(id) => bin::expire_generation(tx.db, &id, since)?,
            BinnedId::Session(id) => rows::expire(tx.db, &id, since)?,
        };
        if !found {
            return Err(StudioError::NotFound);
        }
        record(tx, person, AccessAction::DeletedForGood)?;
        remove_expired(tx).map(drop)
    }
}

/// Deletes everything that the bin lists for good, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptyBin;

impl PersonRequest for EmptyBin {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        bin::expire_all(tx.db, expired(tx.now))?;
        if remove_expired(tx)? {
            record(tx, person, AccessAction::DeletedForGood)?;
        }
        Ok(())
    }
}

/// Moves those of the pictures to the bin that are not there. Returns how many.
pub(super) fn put_pictures(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ids: &[PictureId],
) -> Result<usize, StudioError> {
    let put = bin::put_pictures(tx.db, ids, tx.now)?;
    let count = put.len();
    if count == 0 {
        return Ok(0);
    }
    record(tx, person, AccessAction::MovedToBin)?;
    for (generation, picture) in put {
        tx.touch(&generation)?;
        tx.broadcast(Event::PictureDeleted {
            generation,
            picture,
        });
    }
    tx.broadcast(Event::BinChanged);
    Ok(count)
}

/// Takes those of the pictures out of the bin that lie there by themselves. Returns how many.
pub(super) fn restore_pictures(
    tx: &mut Transaction<'_>,
    ids: &[PictureId],
) -> Result<usize, StudioError> {
    let generations = bin::restore_pictures(tx.db, ids, expired(tx.now))?;
    for generation in &generations {
        tx.touch(generation)?;
    }
    if !generations.is_empty() {
        tx.broadcast(Event::BinChanged);
    }
    Ok(generations.len())
}

/// Deletes those of the pictures for good that lie in the bin by themselves. Returns how many.
pub(super) fn delete_pictures(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ids: &[PictureId],
) -> Result<usize, StudioError> {
    let found = bin::expire_pictures(tx.db, ids, expired(tx.now))?;
    if !found.is_empty() {
        record(tx, person, AccessAction::DeletedForGood)?;
        remove_expired(tx)?;
    }
    Ok(found.len())
}

/// Fails with `NotFound` if a request for one thing changed nothing.
const fn require_some(count: usize) -> Result<(), StudioError> {
    match count {
        0 => Err(StudioError::NotFound),
        _ => Ok(()),
    }
}

/// Removes what has lain in the bin for 30 days.
pub(super) fn purge(tx: &mut Transaction<'_>) -> Result<(), StudioError> {
    if remove_expired(tx)? {
        tx.record(&Access::by(Actor::System, AccessAction::DeletedForGood))?;
    }
    Ok(())
}

/// Returns whether there was anything.
fn remove_expired(tx: &mut Transaction<'_>) -> Result<bool, StudioError> {
    let removed = bin::purge(tx.db, expired(tx.now), tx.now)?;
    if removed {
        tx.queue_moved();
        tx.broadcast(Event::BinChanged);
    }
    Ok(removed)
}

/// When the next entry will be gone.
pub(super) fn next_purge(db: &mut dyn Database) -> Result<Option<Timestamp>, DatabaseError> {
    let oldest = bin::oldest(db)?;
    Ok(oldest.map(|at| at.plus_milliseconds(BIN_MILLISECONDS)))
}

/// What was put into the bin at this moment or before is gone at `now`.
pub(super) const fn expired(now: Timestamp) -> Timestamp {
    now.plus_milliseconds(-BIN_MILLISECONDS)
}

fn entries(tx: &mut Transaction<'_>, found: Vec<BinRow>) -> Result<Vec<BinEntry>, StudioError> {
    let named = found.iter().filter_map(|entry| entry.generation.clone());
    let mut generations: Vec<GenerationId> = named.collect();
    generations.sort_unstable();
    generations.dedup();
    let (summaries, unreadable) = summaries::named(tx.db, &generations, Bin::Included)?;
    tx.set_aside(unreadable);
    let (mut pictures, mut sessions) = (Vec::new(), Vec::new());
    for entry in &found {
        match &entry.id {
            BinnedId::Picture(id) => pictures.push(id),
            BinnedId::Session(id) => sessions.push(id),
            BinnedId::Generation(_) => {}
        }
    }
    let (pictures, unreadable) = summaries::pictures(tx.db, &pictures)?;
    tx.set_aside(unreadable);
    let (sessions, unreadable) = rows::named(tx.db, &sessions)?;
    tx.set_aside(unreadable);
    let generation = |entry: &BinRow| {
        let mut summaries = summaries.iter();
        let found = summaries.find(|one| Some(&one.id) == entry.generation.as_ref());
        found.cloned()
    };
    let binned = |entry: &BinRow| match &entry.id {
        BinnedId::Generation(_) => Some(Binned::Generation(Box::new(generation(entry)?))),
        BinnedId::Picture(id) => {
            let own = pictures.iter().filter(|one| one.id == *id);
            Some(Binned::Generation(Box::new(GenerationSummary {
                pictures: own.cloned().collect(),
                ..generation(entry)?
            })))
        }
        BinnedId::Session(id) => {
            let session = sessions.iter().find(|one| one.id == *id)?;
            Some(Binned::Session(session.clone()))
        }
    };
    let entry = |entry: BinRow| {
        Some(BinEntry {
            binned: binned(&entry)?,
            id: entry.id,
            deleted_at: entry.binned_at,
            gone_at: entry.binned_at.plus_milliseconds(BIN_MILLISECONDS),
        })
    };
    Ok(found.into_iter().filter_map(entry).collect())
}

/// Where a page ends: `1800000000000 pic_…`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BinPlace {
    binned_at: Timestamp,
    id: BinnedId,
}

impl BinPlace {
    fn of(entry: &BinRow) -> Self {
        Self {
            binned_at: entry.binned_at,
            id: entry.id.clone(),
        }
    }
}

impl fmt::Display for BinPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.binned_at.as_millisecond(), self.id)
    }
}

/// The text is not a place in the bin.
struct NotAPlace;

impl FromStr for BinPlace {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let (at, id) = text.split_once(' ').ok_or(NotAPlace)?;
        let at: i64 = at.parse().map_err(|_| NotAPlace)?;
        Ok(Self {
            binned_at: Timestamp::from_millisecond(at),
            id: id.parse().map_err(|_| NotAPlace)?,
        })
    }
}
