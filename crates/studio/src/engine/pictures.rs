//! Pictures that are stored, and their objects in the object store: looking them up, naming them and deleting objects.

use selfsame_api::PictureRecord;
use selfsame_primitives::ids::{PictureId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::transaction::Transaction;
use super::{due, pace, thumbnails};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::effect_kind::EffectKind;
use crate::store::outbox::{self, OutboxRow};
use crate::store::{gallery, pictures};
use crate::thumbnail::ThumbnailSize;

/// Characters of a picture's id in a file's name: enough to distinguish the pictures of a day.
const NAME_CHARACTERS: usize = 6;

/// Asks for a picture's whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetPicture {
    /// The picture.
    pub id: PictureId,
}

impl PersonRequest for GetPicture {
    type Reply = PictureRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<PictureRecord, StudioError> {
        let record = pictures::record(tx.db, &self.id)?;
        let (generation, picture) = record.ok_or(StudioError::NotFound)?;
        let (favourite, albums) = gallery::kept(tx.db, &self.id)?;
        Ok(PictureRecord {
            generation,
            picture,
            favourite,
            albums,
        })
    }
}

/// Asks where a picture's bytes are, or those of a smaller version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocatePicture {
    /// The picture.
    pub id: PictureId,
    /// The smaller version; `None`: the picture itself. Without that version, the picture takes its place.
    pub size: Option<ThumbnailSize>,
}

/// Where a picture's bytes are, and how to serve them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFile {
    /// The object's key.
    pub key: String,
    /// The format of the bytes.
    pub format: OutputFormat,
    /// How many there are.
    pub bytes: u64,
    /// The object's entity tag, without quotes.
    pub etag: String,
    /// The name of the file when it is saved: `selfsame-2026-11-22-k3x9p2.webp`.
    pub download_name: String,
    /// Whether the picture takes the place of a smaller version that is still being made.
    pub provisional: bool,
}

impl PersonRequest for LocatePicture {
    type Reply = PictureFile;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<PictureFile, StudioError> {
        let stored = pictures::find(tx.db, &self.id)?.ok_or(StudioError::NotFound)?;
        let provisional = self.size.is_some() && stored.thumbnails.is_none();
        if provisional {
            thumbnails::request(tx, &self.id)?;
        }
        let mut smaller = stored.thumbnails.into_iter().flatten();
        let smaller = smaller.find(|made| Some(made.size) == self.size);
        let name = |format: OutputFormat| download_name(&self.id, stored.created_at, format);
        Ok(match smaller {
            Some(made) => PictureFile {
                key: thumbnail_key(person.user(), &self.id, made.size),
                format: OutputFormat::Jpg,
                bytes: made.bytes,
                etag: made.etag,
                download_name: name(OutputFormat::Jpg),
                provisional,
            },
            None => PictureFile {
                key: object_key(person.user(), &self.id),
                format: stored.format,
                bytes: stored.bytes,
                etag: stored.etag,
                download_name: name(stored.format),
                provisional,
            },
        })
    }
}

/// `selfsame-2026-11-22-k3x9p2.webp`: the day, and the end of the id.
pub(super) fn download_name(id: &PictureId, created_at: Timestamp, format: OutputFormat) -> String {
    let day: String = created_at.to_string().chars().take(10).collect();
    let id = id.as_str();
    let end = &id[id.len().saturating_sub(NAME_CHARACTERS)..];
    format!("selfsame-{day}-{end}.{}", format.as_str())
}

/// The key of a picture's object: under its owner's prefix.
pub(super) fn object_key(user: &UserId, id: &PictureId) -> String {
    format!("people/{user}/pictures/{id}")
}

/// The key of a smaller version's object.
pub(super) fn thumbnail_key(user: &UserId, id: &PictureId, size: ThumbnailSize) -> String {
    format!("people/{user}/thumbnails/{id}/{}", size.side())
}

/// The keys of every object that a picture can have.
pub(super) fn object_keys(user: &UserId, id: &PictureId) -> Vec<String> {
    let smaller = ThumbnailSize::ALL.map(|size| thumbnail_key(user, id, size));
    std::iter::once(object_key(user, id))
        .chain(smaller)
        .collect()
}

/// Deletes a picture's objects. If a deletion is under way already, it may be too early for the bytes that this call
/// is about, so it is repeated.
pub(super) fn delete_objects(tx: &mut Transaction<'_>, id: &PictureId) -> Result<(), StudioError> {
    let kind = EffectKind::Delete;
    outbox::add(tx.db, kind, id.as_str(), None, tx.now, tx.now)?;
    match outbox::find(tx.db, kind, id.as_str())? {
        Some(row) if row.leased => Ok(outbox::request_wake(tx.db, row.id)?),
        _ => Ok(()),
    }
}

pub(super) fn objects_deleted(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
) -> Result<(), StudioError> {
    match due::current(tx, item)? {
        Some(row) if row.wake_requested => Ok(outbox::reschedule(tx.db, row.id, tx.now, 0)?),
        Some(row) => Ok(outbox::remove(tx.db, row.id)?),
        None => Ok(()),
    }
}

pub(super) fn objects_kept(tx: &mut Transaction<'_>, item: &OutboxItem) -> Result<(), StudioError> {
    match due::current(tx, item)? {
        Some(row) => delete_failed(tx, &row),
        None => Ok(()),
    }
}

/// The objects could not be deleted, or the lease ended without an answer. There is no limit to the attempts, because
/// the person has been told that the picture is gone.
pub(super) fn delete_failed(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<(), StudioError> {
    let failures = row.failures + 1;
    let again = tx.now.plus_milliseconds(pace::back_off(failures));
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}
