//! Everything that a person has, in parts small enough to be held in memory: the files of an archive with their JSON, and
//! where the pictures' bytes are.

use selfsame_api::{AccessAction, Actor, AlbumList, Me, Model};
use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::{SignedInPerson, me};
use super::models::bound;
use super::pictures::object_key;
use super::transaction::Transaction;
use super::{albums, presets};
use crate::database::DatabaseError;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::access_log::Access;
use crate::store::export::{self, Table};
use crate::store::{Unreadable, generations};

/// Generations in a part. One with its pictures' recipes has some 50 KB.
const GENERATIONS: u32 = 10;
/// Rows of a table in a part, and in a file.
const ROWS: u32 = 1_000;

/// Asks for the next part of everything that the person has, what lies in the bin included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// `next` of the part before; `None`: the first part.
    pub place: Option<ExportPlace>,
}

/// Where a part begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportPlace(Place);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Place {
    Generations { after: Option<GenerationId> },
    Rows { table: Table, after: i64 },
}

/// A part of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Files that the studio has written.
    pub files: Vec<ExportedFile>,
    /// Files that are in the object store.
    pub pictures: Vec<ExportedPicture>,
    /// Files that belong here and that the studio cannot write.
    pub left_out: Vec<LeftOut>,
    /// Where the next part begins; `None` after the last.
    pub next: Option<ExportPlace>,
}

/// A JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// Its path in the archive.
    pub path: String,
    /// When its content was made.
    pub at: Timestamp,
    /// The JSON.
    pub text: String,
}

/// A picture's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedPicture {
    /// Its path in the archive.
    pub path: String,
    /// When it was stored.
    pub at: Timestamp,
    /// The object's key.
    pub key: String,
}

/// A file that the archive lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The path that it would have.
    pub path: String,
    /// Why it is not there.
    pub reason: LeftOutReason,
}

/// Why an archive lacks a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The object store does not have the picture.
    Missing,
    /// What is stored could not be read.
    Unreadable,
}

/// The account and the models.
#[derive(Serialize)]
struct Account {
    #[serde(flatten)]
    me: Me,
    models: Vec<Model>,
}

impl PersonRequest for Export {
    type Reply = Exported;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Exported, StudioError> {
        match self.place.map(|ExportPlace(place)| place) {
            None => account(tx, person),
            Some(Place::Generations { after }) => made(tx, person, after.as_ref()),
            Some(Place::Rows { table, after }) => rows(tx, table, after),
        }
    }
}

fn account(tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<Exported, StudioError> {
    tx.record(&Access::by(Actor::Person, AccessAction::Exported).to_session(&person.session.id))?;
    let account = Account {
        me: me(tx, &person.profile, &person.session)?,
        models: bound(tx)?,
    };
    let presets = presets::file(tx)?;
    let albums = AlbumList {
        albums: albums::all(tx)?,
    };
    Ok(Exported {
        files: vec![
            file("account.json".to_owned(), tx.now, &account)?,
            file("presets.json".to_owned(), tx.now, &presets)?,
            file("albums.json".to_owned(), tx.now, &albums)?,
        ],
        pictures: Vec::new(),
        left_out: Vec::new(),
        next: Some(ExportPlace(Place::Generations { after: None })),
    })
}

/// A file for each generation, and its pictures.
fn made(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    after: Option<&GenerationId>,
) -> Result<Exported, StudioError> {
    let ids = export::generations(tx.db, after, GENERATIONS)?;
    let (mut files, mut pictures, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for id in &ids {
        let path = format!("generations/{id}.json");
        let generation = match generations::whole(tx.db, id) {
            Ok(Some(generation)) => generation,
            Ok(None) => continue,
            Err(DatabaseError(cause)) => {
                let id = id.to_string();
                tx.set_aside(vec![Unreadable { id, cause }]);
                let reason = LeftOutReason::Unreadable;
                left_out.push(LeftOut { path, reason });
                continue;
            }
        };
        pictures.extend(generation.pictures.iter().map(|picture| ExportedPicture {
            path: format!("pictures/{}.{}", picture.id, picture.format.as_str()),
            at: picture.created_at,
            key: object_key(person.user(), &picture.id),
        }));
        files.push(file(path, generation.created_at, &generation)?);
    }
    let place = match ids.last() {
        Some(last) => Place::Generations {
            after: Some(last.clone()),
        },
        None => Place::Rows {
            table: Table::FIRST,
            after: 0,
        },
    };
    Ok(Exported {
        files,
        pictures,
        left_out,
        next: Some(ExportPlace(place)),
    })
}

fn rows(tx: &mut Transaction<'_>, table: Table, after: i64) -> Result<Exported, StudioError> {
    let found = export::rows(tx.db, table, after, ROWS)?;
    let files = found.last.map(|last| ExportedFile {
        path: format!("{}/{last:09}.json", table.folder()),
        at: tx.now,
        text: format!("[\n{}\n]\n", found.objects.join(",\n")),
    });
    let next = match (found.last, table.next()) {
        (Some(after), _) => Some(Place::Rows { table, after }),
        (None, Some(table)) => Some(Place::Rows { table, after: 0 }),
        (None, None) => None,
    };
    Ok(Exported {
        files: files.into_iter().collect(),
        pictures: Vec::new(),
        left_out: Vec::new(),
        next: next.map(ExportPlace),
    })
}

/// What an archive holds, in words for the person, and what it lacks.
#[derive(Serialize)]
struct Index<'a> {
    made_at: Timestamp,
    contents: &'static [Content],
    left_out: &'a [LeftOut],
}

#[derive(Serialize)]
struct Content {
    path: &'static str,
    what: &'static str,
}

const CONTENTS: &[Content] = &[
    Content {
        path: "account.json",
        what: "Your account, your allowance and your models.",
    },
    Content {
        path: "presets.json",
        what: "Your own presets. A studio can import this file.",
    },
    Content {
        path: "albums.json",
        what: "Your albums.",
    },
    Content {
        path: "gallery/",
        what: "Which pictures are favourites, and in which albums they are.",
    },
    Content {
        path: "generations/",
        what: "What you asked for, with prompts, settings and recipes. What is in your bin is here too.",
    },
    Content {
        path: "pictures/",
        what: "Your pictures. Each is named by its id, which is also in the file of its generation.",
    },
    Content {
        path: "ledger/",
        what: "Pictures that you were granted and that you used.",
    },
    Content {
        path: "access-log/",
        what: "Who used your account, and when.",
    },
    Content {
        path: "series/",
        what: "Your shoots and comparisons. The file of each generation names its series.",
    },
    Content {
        path: "conversations/",
        what: "Your conversations, each with its draft.",
    },
    Content {
        path: "turns/",
        what: "What was said in your conversations.",
    },
    Content {
        path: "votes/",
        what: "Which pictures you preferred in your comparisons.",
    },
    Content {
        path: "share-links/",
        what: "Links that show one of your pictures, and how often each was opened.",
    },
];

/// The archive's last file: what is in it, and which files are missing from it and why.
///
/// # Errors
///
/// If the JSON cannot be written.
pub fn export_index(at: Timestamp, left_out: &[LeftOut]) -> Result<ExportedFile, DatabaseError> {
    let index = Index {
        made_at: at,
        contents: CONTENTS,
        left_out,
    };
    file("index.json".to_owned(), at, &index)
}

fn file(
    path: String,
    at: Timestamp,
    value: &impl Serialize,
) -> Result<ExportedFile, DatabaseError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| DatabaseError(format!("{path} cannot be written: {error}")))?;
    Ok(ExportedFile { path, at, text })
}
