//! Pictures that are stored: where their bytes are, and deleting them.

use selfsame_api::Event;
use selfsame_primitives::ids::{PictureId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use serde::{Deserialize, Serialize};

use super::authorize::SignedInPerson;
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::outcome::Signal;
use crate::request::PersonRequest;
use crate::store::outbox::{self, EffectKind, OutboxRow};
use crate::store::pictures;

/// Characters of a picture's id in a file's name: enough to tell the pictures of a day apart.
const NAME_CHARACTERS: usize = 6;

/// Asks where a picture's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocatePicture {
    /// Which.
    pub id: PictureId,
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
}

impl PersonRequest for LocatePicture {
    type Reply = PictureFile;

    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<PictureFile, StudioError> {
        let stored = pictures::find(transaction.db, &self.id)?.ok_or(StudioError::NotFound)?;
        Ok(PictureFile {
            key: object_key(person.user(), &self.id),
            format: stored.format,
            bytes: stored.bytes,
            etag: stored.etag,
            download_name: download_name(&self.id, stored.created_at, stored.format.as_str()),
        })
    }
}

/// Deletes a picture and its bytes. A second time it is not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletePicture {
    /// Which.
    pub id: PictureId,
}

impl PersonRequest for DeletePicture {
    type Reply = ();

    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<(), StudioError> {
        let picture = self.id;
        let generation =
            pictures::delete(transaction.db, &picture)?.ok_or(StudioError::NotFound)?;
        transaction.delete_object(&picture)?;
        transaction.touch(&generation)?;
        transaction.signal(Signal::Broadcast(Event::PictureDeleted {
            generation,
            picture,
        }));
        Ok(())
    }
}

impl Transaction<'_> {
    pub(super) fn delete_object(&mut self, id: &PictureId) -> Result<(), StudioError> {
        outbox::add(
            self.db,
            EffectKind::Delete,
            id.as_str(),
            None,
            self.now,
            self.now,
        )?;
        // A deletion that is on its way may come before the bytes it is for: once more, then.
        match outbox::find(self.db, EffectKind::Delete, id.as_str())? {
            Some(row) if row.leased => Ok(outbox::wake(self.db, row.id, self.now)?),
            _ => Ok(()),
        }
    }

    pub(super) fn object_deleted(&mut self, item: &OutboxItem) -> Result<(), StudioError> {
        match due::current(self, item)? {
            // The object may have been written again while it was deleted.
            Some(row) if row.wake_requested => {
                Ok(outbox::reschedule(self.db, row.id, self.now, 0)?)
            }
            Some(row) => Ok(outbox::remove(self.db, row.id)?),
            None => Ok(()),
        }
    }

    pub(super) fn object_kept(&mut self, item: &OutboxItem) -> Result<(), StudioError> {
        match due::current(self, item)? {
            Some(row) => self.delete_failed(&row),
            None => Ok(()),
        }
    }

    /// Not deleted now; also when the shell never came back with an answer. There is no giving up: the person was
    /// told that the picture is gone.
    pub(super) fn delete_failed(&mut self, row: &OutboxRow) -> Result<(), StudioError> {
        let failures = row.failures + 1;
        let again = self.now.plus_milliseconds(pace::back_off(failures));
        Ok(outbox::reschedule(self.db, row.id, again, failures)?)
    }
}

/// Where a picture's bytes are: under its owner's prefix.
pub(super) fn object_key(user: &UserId, id: &PictureId) -> String {
    format!("people/{user}/pictures/{id}")
}

/// `selfsame-2026-11-22-k3x9p2.webp`: the day, and the end of the id.
fn download_name(id: &PictureId, created_at: Timestamp, extension: &str) -> String {
    let day: String = created_at.to_string().chars().take(10).collect();
    let id = id.as_str();
    let end = &id[id.len().saturating_sub(NAME_CHARACTERS)..];
    format!("selfsame-{day}-{end}.{extension}")
}
