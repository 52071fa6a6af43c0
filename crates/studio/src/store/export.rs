//! What an export reads, in the bin or not. SQLite writes the JSON of plain tables itself.

use selfsame_primitives::ids::GenerationId;
use serde::{Deserialize, Serialize};

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// A table that is exported row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Table {
    /// Pictures granted, reserved and used.
    Ledger,
    /// Who used the account.
    AccessLog,
    /// Shoots and comparisons.
    Series,
    /// Votes about pictures.
    Votes,
    /// Whether each picture is a favourite, and its albums.
    Gallery,
    /// Links that show a picture.
    ShareLinks,
    /// Conversations and their drafts.
    Conversations,
    /// What was said.
    Turns,
}

impl Table {
    /// The first table.
    pub(crate) const FIRST: Self = Self::Ledger;

    /// The table after this one.
    pub(crate) const fn next(self) -> Option<Self> {
        match self {
            Self::Ledger => Some(Self::AccessLog),
            Self::AccessLog => Some(Self::Series),
            Self::Series => Some(Self::Votes),
            Self::Votes => Some(Self::Gallery),
            Self::Gallery => Some(Self::ShareLinks),
            Self::ShareLinks => Some(Self::Conversations),
            Self::Conversations => Some(Self::Turns),
            Self::Turns => None,
        }
    }

    /// The name of its folder in the archive.
    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::AccessLog => "access-log",
            Self::Series => "series",
            Self::Votes => "votes",
            Self::Gallery => "gallery",
            Self::ShareLinks => "share-links",
            Self::Conversations => "conversations",
            Self::Turns => "turns",
        }
    }

    const fn select(self) -> &'static str {
        match self {
            Self::Ledger => {
                "SELECT id, json_object(
                    'at', strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), 'kind', kind,
                    'generation', generation, 'pictures', pictures,
                    'granted', granted, 'used', used, 'reserved', reserved
                 ) FROM ledger"
            }
            Self::AccessLog => {
                "SELECT id, json_object(
                    'at', strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), 'actor', actor,
                    'operator', operator, 'action', action, 'detail', detail,
                    'session', session, 'request', request
                 ) FROM access_log"
            }
            Self::Series => {
                "SELECT rowid, json_object(
                    'id', id, 'kind', kind, 'title', title,
                    'plan', iif(json_valid(plan), json(plan), plan),
                    'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')
                 ) FROM series"
            }
            Self::Conversations => {
                "SELECT rowid, json_object(
                    'id', id, 'title', title, 'pinned', pinned,
                    'draft', iif(json_valid(draft), json(draft), draft),
                    'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')
                 ) FROM conversations"
            }
            Self::Turns => {
                "SELECT id, json_object(
                    'session', conversation, 'by', speaker, 'said', said,
                    'edits', iif(json_valid(edits), json(edits), edits), 'reply', reply,
                    'question', question,
                    'suggestions', iif(json_valid(suggestions), json(suggestions), suggestions),
                    'generation', generation,
                    'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch')
                 ) FROM turns"
            }
            Self::Votes => {
                "SELECT id, json_object(
                    'at', strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), 'series', series,
                    'first', first, 'second', second,
                    'first_recipe', first_recipe, 'second_recipe', second_recipe,
                    'preferred', preferred, 'blind', blind
                 ) FROM votes"
            }
            Self::Gallery => {
                "SELECT number, json_object(
                    'picture', picture, 'favourite', json(iif(favourite_at IS NULL, 'false', 'true')),
                    'albums', json((SELECT json_group_array(name) FROM album_pictures
                        JOIN albums ON albums.id = album WHERE number = gallery.number))
                 ) FROM gallery"
            }
            Self::ShareLinks => {
                "SELECT rowid, json_object(
                    'id', id, 'picture', picture,
                    'created_at', strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'),
                    'expires_at', strftime('%Y-%m-%dT%H:%M:%fZ', expires_at / 1000.0, 'unixepoch'),
                    'views', views
                 ) FROM share_links"
            }
        }
    }
}

/// Rows of a table.
pub(crate) struct Rows {
    /// Each row as a JSON object.
    pub(crate) objects: Vec<String>,
    /// The number of the last row; `None` without any.
    pub(crate) last: Option<i64>,
}

/// Up to `limit` rows after the row numbered `after`.
pub(crate) fn rows(
    db: &mut dyn Database,
    table: Table,
    after: i64,
    limit: u32,
) -> Result<Rows, DatabaseError> {
    let sql = format!("{} WHERE rowid > ? ORDER BY rowid LIMIT ?", table.select());
    let mut found = Rows {
        objects: Vec::new(),
        last: None,
    };
    for row in db.query(&sql, &[after.into(), limit.into()])? {
        let mut row = Columns::new(row);
        found.last = Some(row.integer()?);
        found.objects.push(row.text()?);
    }
    Ok(found)
}

/// Up to `limit` ids of generations after `after`, oldest first.
pub(crate) fn generations(
    db: &mut dyn Database,
    after: Option<&GenerationId>,
    limit: u32,
) -> Result<Vec<GenerationId>, DatabaseError> {
    let rows = db.query(
        "SELECT id FROM generations WHERE id > ? AND canary IS NULL ORDER BY id LIMIT ?",
        &[after.map_or("", GenerationId::as_str).into(), limit.into()],
    )?;
    rows.into_iter()
        .map(|row| Columns::new(row).parsed())
        .collect()
}
