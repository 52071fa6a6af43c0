//! The webhooks that have been received, because a provider repeats them.

use selfsame_primitives::time::Timestamp;

use crate::database::{Database, DatabaseError};

/// Records a webhook; `false` when it was received before.
pub(crate) fn hear(db: &mut dyn Database, id: &str, now: Timestamp) -> Result<bool, DatabaseError> {
    let rows = db.query(
        "INSERT INTO webhooks (id, heard_at) VALUES (?, ?)
         ON CONFLICT (id) DO NOTHING RETURNING 1",
        &[id.into(), now.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Deletes webhooks that were received at `until` or before.
pub(crate) fn prune(db: &mut dyn Database, until: Timestamp) -> Result<(), DatabaseError> {
    db.query("DELETE FROM webhooks WHERE heard_at <= ?", &[until.into()])?;
    Ok(())
}
