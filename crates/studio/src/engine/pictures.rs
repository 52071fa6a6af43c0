//! Pictures that are stored: where their bytes are, and deleting them.

use selfsame_api::{Event, PictureRecord};
use selfsame_primitives::ids::PictureId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use serde::{Deserialize, Serialize};

use super::authorize::SignedInPerson;
use super::objects::{self, object_key};
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::outcome::Signal;
use crate::request::PersonRequest;
use crate::store::pictures;

/// Characters of a picture's id in a file's name: enough to tell the pictures of a day apart.
const NAME_CHARACTERS: usize = 6;

/// Asks for a picture's whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetPicture {
    /// Which.
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
        record.ok_or(StudioError::NotFound)
    }
}

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
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<PictureFile, StudioError> {
        let stored = pictures::find(tx.db, &self.id)?.ok_or(StudioError::NotFound)?;
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

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<(), StudioError> {
        let picture = self.id;
        let generation = pictures::delete(tx.db, &picture)?.ok_or(StudioError::NotFound)?;
        objects::delete(tx, &picture)?;
        tx.touch(&generation)?;
        tx.signal(Signal::Broadcast(Event::PictureDeleted {
            generation,
            picture,
        }));
        Ok(())
    }
}

/// `selfsame-2026-11-22-k3x9p2.webp`: the day, and the end of the id.
fn download_name(id: &PictureId, created_at: Timestamp, extension: &str) -> String {
    let day: String = created_at.to_string().chars().take(10).collect();
    let id = id.as_str();
    let end = &id[id.len().saturating_sub(NAME_CHARACTERS)..];
    format!("selfsame-{day}-{end}.{extension}")
}
