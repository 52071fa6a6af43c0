//! The directory's schema in the local D1.

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::setup::node;
use crate::workspace::Workspace;

/// Applies the migrations that are new since the last start.
pub fn apply(workspace: &Workspace) -> Result<(), Error> {
    let fingerprint =
        Fingerprint::of_trees([workspace.path("crates/worker/migrations")], |_| false)?;
    // Beside the database, so that both go together when somebody starts afresh.
    let stamp = workspace.path(".wrangler/state/v3/d1/.selfsame-migrations");
    if fingerprint.is_stamped(&stamp) {
        return Ok(());
    }
    node::wrangler(workspace)?
        .args(["d1", "migrations", "apply", "DIRECTORY", "--local"])
        .run()?;
    fingerprint.stamp(&stamp)
}
