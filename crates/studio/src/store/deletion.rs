//! The deletion of the person. It is one row, which takes the place of their profile, and the last that goes.

use selfsame_api::Removed;
use selfsame_primitives::ids::{DeletionId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::ProviderId;

use super::columns::{Columns, json};
use super::effect_kind::EffectKind;
use super::words;
use crate::database::{Database, DatabaseError};

/// A deletion that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredDeletion {
    pub(crate) id: DeletionId,
    /// Whose studio it was.
    pub(crate) user: UserId,
    /// What was removed here.
    pub(crate) removed: Removed,
    /// The versions that the provider is to delete: `owner/name` and the version.
    pub(crate) versions: Vec<(String, String)>,
    /// Versions that the provider is not to delete.
    pub(crate) versions_kept: u32,
}

pub(crate) fn load(db: &mut dyn Database) -> Result<Option<StoredDeletion>, DatabaseError> {
    let rows = db.query(
        "SELECT id, user, generations, pictures, bytes, models, sessions, entries, versions,
            versions_kept
         FROM deletion",
        &[],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(StoredDeletion {
                id: row.parsed()?,
                user: row.parsed()?,
                removed: removed(&mut row)?,
                versions: row.json()?,
                versions_kept: row.number()?,
            })
        })
        .transpose()
}

/// Counts what is stored.
pub(crate) fn count(db: &mut dyn Database) -> Result<Removed, DatabaseError> {
    let rows = db.query(
        "SELECT (SELECT count(*) FROM generations), (SELECT count(*) FROM pictures),
            (SELECT ifnull(sum(bytes + thumbnail_bytes), 0) FROM pictures), (SELECT count(*) FROM models),
            (SELECT count(*) FROM sessions),
            (SELECT count(*) FROM ledger) + (SELECT count(*) FROM access_log)",
        &[],
    )?;
    Columns::one(rows)?.map_or_else(|| Ok(Removed::default()), |mut row| removed(&mut row))
}

/// Reads how much was removed, but for the versions, which the provider deletes later.
fn removed(row: &mut Columns) -> Result<Removed, DatabaseError> {
    Ok(Removed {
        generations: row.number()?,
        pictures: row.number()?,
        bytes: row.number()?,
        models: row.number()?,
        sessions: row.number()?,
        entries: row.number()?,
        provider_versions: 0,
    })
}

/// The versions that carry the person's own weights. One to which weights are lent is not theirs, and one that was unbound
/// may be somebody else's.
pub(crate) fn own_versions(db: &mut dyn Database) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows = db.query(
        "SELECT DISTINCT provider_model, version FROM models
         WHERE weights IS NULL AND ended IS NOT 'unbound' ORDER BY provider_model, version",
        &[],
    )?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.text()?, row.text()?))
        })
        .collect()
}

/// The predictions that may be running. An id that cannot be read names none.
pub(crate) fn predictions(db: &mut dyn Database) -> Result<Vec<ProviderId>, DatabaseError> {
    let rows = db.query(
        "SELECT provider_id FROM generations
         WHERE finished_at IS NULL AND provider_id IS NOT NULL AND status <> 'saving' ORDER BY id",
        &[],
    )?;
    let texts = rows.into_iter().map(|row| Columns::new(row).text());
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    Ok(texts.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Empties every table and notes the deletion. What stays in the outbox is cancels, and effects under way that may still
/// have a result: a create, and what writes to the object store.
pub(crate) fn begin(
    db: &mut dyn Database,
    deletion: &StoredDeletion,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    for table in TABLES {
        db.query(&format!("DELETE FROM {table}"), &[])?;
    }
    words::forget_deleted(db)?;
    db.query(
        "DELETE FROM outbox
         WHERE NOT (kind = ? OR (leased = 1 AND unsent = 0 AND kind IN (?, ?, ?)))",
        &[
            EffectKind::Cancel.into(),
            EffectKind::Submit.into(),
            EffectKind::Fetch.into(),
            EffectKind::Thumbnails.into(),
        ],
    )?;
    db.query("UPDATE outbox SET generation = NULL, hint = NULL", &[])?;
    let removed = &deletion.removed;
    let bytes = i64::try_from(removed.bytes).unwrap_or(i64::MAX);
    db.query(
        "INSERT INTO deletion (only_row, id, user, requested_at, generations, pictures, bytes, models,
            sessions, entries, versions, versions_kept)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            deletion.id.as_str().into(),
            deletion.user.as_str().into(),
            now.into(),
            removed.generations.into(),
            removed.pictures.into(),
            bytes.into(),
            removed.models.into(),
            removed.sessions.into(),
            removed.entries.into(),
            json(&deletion.versions)?,
            deletion.versions_kept.into(),
        ],
    )?;
    Ok(())
}

/// The tables that hold what is the person's. The outbox is emptied with more care, and `deletion` says that it has begun.
const TABLES: [&str; 25] = [
    "canaries",
    "profile",
    "nonces",
    "sessions",
    "models",
    "generations",
    "outputs",
    "pictures",
    "ledger",
    "idempotency",
    "webhooks",
    "series",
    "votes",
    "access_log",
    "presets",
    "gallery",
    "gallery_words",
    "albums",
    "album_pictures",
    "changes",
    "share_links",
    "title_words",
    "turn_words",
    "conversations",
    "turns",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrations::tests::newest;

    #[test]
    fn every_table_is_emptied() {
        let mut db = newest();
        let rows = db
            .query("SELECT name FROM sqlite_master WHERE type = 'table'", &[])
            .unwrap();
        let kept = [
            "migrations",
            "additions",
            "outbox",
            "deletion",
            "sqlite_sequence",
        ];
        let mut found: Vec<String> = rows
            .into_iter()
            .map(|row| Columns::new(row).text().unwrap())
            .filter(|name| !kept.contains(&name.as_str()) && !name.contains("_words_"))
            .collect();
        found.sort();
        let mut emptied = TABLES.map(str::to_owned);
        emptied.sort();
        assert_eq!(found, emptied);
    }
}
