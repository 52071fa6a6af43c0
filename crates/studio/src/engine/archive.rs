//! Archives of chosen pictures: which files are in one, how they are named, and where their bytes are, in parts small enough
//! to be held in memory.

use selfsame_api::ArchiveRequest;
use selfsame_primitives::ids::PictureId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::gallery;
use super::pictures::object_key;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::archive::{self, ArchiveRow};

/// The most bytes of pictures in an archive. A ZIP without its 64-bit extension holds 4 GiB, with its headers.
const MOST_BYTES: u64 = 4_000_000_000;
/// Pictures in a part. A recipe has some 5 KB.
const PART: usize = 50;
/// The most words of the request in a file's name, and the most characters.
const NAME_WORDS: usize = 6;
const NAME_CHARACTERS: usize = 48;

/// Asks for a part of an archive. The first part is refused unless the archive can have all of the selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivePictures {
    /// What is to be in the archive; for a later part, [`rest`](ArchivePart::rest) of the part before.
    pub wanted: ArchiveRequest,
    /// How many pictures the parts before have; 0: the first part.
    pub after: usize,
}

/// A part of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivePart {
    /// Pictures, in the order of the archive.
    pub pictures: Vec<ArchivedPicture>,
    /// What the parts after this one have; empty after the last.
    pub rest: Vec<PictureId>,
}

/// A picture in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedPicture {
    /// The name of its file: `2026-11-22-reading-in-a-café-001.webp`.
    pub name: String,
    /// When it was stored.
    pub at: Timestamp,
    /// The key of its object.
    pub key: String,
    /// The name of the recipe's file and the recipe's JSON, if recipes are asked for.
    pub recipe: Option<(String, String)>,
}

impl PersonRequest for ArchivePictures {
    type Reply = ArchivePart;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<ArchivePart, StudioError> {
        let mut part = gallery::selected(tx, &self.wanted.pictures, false)?;
        if self.after == 0 {
            check(tx, &part)?;
        }
        let rest = part.split_off(part.len().min(PART));
        let found = archive::rows(tx.db, &part)?;
        let pictures = found.into_iter().zip(1..).map(|(row, place)| {
            let name = file_name(&row, self.after + place);
            ArchivedPicture {
                key: object_key(person.user(), &row.id),
                at: row.created_at,
                recipe: (self.wanted.recipes).then(|| (format!("{name}.json"), row.recipe)),
                name: format!("{name}.{}", row.format.as_str()),
            }
        });
        Ok(ArchivePart {
            pictures: pictures.collect(),
            rest,
        })
    }
}

/// Refuses a selection of nothing and one that is too large for an archive.
fn check(tx: &mut Transaction<'_>, ids: &[PictureId]) -> Result<(), StudioError> {
    if ids.is_empty() {
        return Err(StudioError::NotFound);
    }
    let sizes = archive::sizes(tx.db, ids)?;
    let mut bytes: u64 = 0;
    let fits = sizes.iter().take_while(|size| {
        bytes = bytes.saturating_add(**size);
        bytes <= MOST_BYTES
    });
    match fits.count() {
        all if all == sizes.len() => Ok(()),
        most => Err(StudioError::ArchiveTooLarge { most }),
    }
}

/// `2026-11-22-reading-in-a-café-001`: the day, the first words of the request, and the place in the archive.
fn file_name(row: &ArchiveRow, number: usize) -> String {
    let day: String = row.created_at.to_string().chars().take(10).collect();
    let words = row.words.as_deref().unwrap_or_default().to_lowercase();
    let words = words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(NAME_WORDS);
    let name = words.fold(day, |name, word| format!("{name}-{word}"));
    let name: String = name.chars().take(NAME_CHARACTERS).collect();
    format!("{}-{number:03}", name.trim_end_matches('-'))
}
