//! The person's own presets.

use selfsame_api::OwnPreset;
use selfsame_primitives::ids::OwnPresetId;

use super::Readable;
use super::columns::{Columns, json, readable};
use super::stored::StoredSettings;
use crate::database::{Database, DatabaseError, Row};

const SELECT: &str = "SELECT id, name, settings, created_at, changed_at FROM presets";

fn read(row: Row) -> Result<OwnPreset, DatabaseError> {
    let mut row = Columns::new(row);
    Ok(OwnPreset {
        id: row.parsed()?,
        name: row.parsed()?,
        settings: row.stored::<StoredSettings, _>()?,
        created_at: row.moment()?,
        changed_at: row.moment()?,
    })
}

/// Every preset, oldest first, and those that cannot be read.
pub(crate) fn list(db: &mut dyn Database) -> Result<Readable<OwnPreset>, DatabaseError> {
    readable(db.query(&format!("{SELECT} ORDER BY id"), &[])?, read)
}

pub(crate) fn find(
    db: &mut dyn Database,
    id: &OwnPresetId,
) -> Result<Option<OwnPreset>, DatabaseError> {
    let rows = db.query(&format!("{SELECT} WHERE id = ?"), &[id.as_str().into()])?;
    rows.into_iter().next().map(read).transpose()
}

/// Adds a preset, or replaces the one with its id.
pub(crate) fn put(db: &mut dyn Database, preset: &OwnPreset) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO presets (id, name, settings, created_at, changed_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, settings = excluded.settings, changed_at = excluded.changed_at",
        &[
            preset.id.as_str().into(),
            preset.name.as_str().into(),
            json(&StoredSettings::from(&preset.settings))?,
            preset.created_at.into(),
            preset.changed_at.into(),
        ],
    )?;
    Ok(())
}

/// Removes a preset. Returns whether it was there.
pub(crate) fn remove(db: &mut dyn Database, id: &OwnPresetId) -> Result<bool, DatabaseError> {
    let removed = db.query(
        "DELETE FROM presets WHERE id = ? RETURNING 1",
        &[id.as_str().into()],
    )?;
    Ok(!removed.is_empty())
}
