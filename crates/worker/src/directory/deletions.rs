//! Deletions of people. A row is written before anything is deleted, so that a deletion which stopped goes on; at the end it
//! names nobody and is the receipt.

use selfsame_api::{Remains, Removed};
use selfsame_primitives::ids::{DeletionId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use worker::{D1PreparedStatement, Error, query};

use super::{AuditEntry, Directory};

/// A deletion that is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewDeletion<'a> {
    /// Its id.
    pub(crate) id: &'a DeletionId,
    /// Who is to be deleted.
    pub(crate) user: &'a UserId,
    /// Whether the provider is to delete the versions of their models.
    pub(crate) provider_versions: bool,
}

/// A row of `deletions`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DeletionRow {
    /// The deletion's id.
    pub(crate) id: DeletionId,
    /// Who is being deleted; `None` when the deletion has finished.
    pub(crate) user_id: Option<UserId>,
    provider_versions: u8,
    requested_at: i64,
    finished_at: Option<i64>,
    generations: u32,
    pictures: u32,
    bytes: u64,
    models: u32,
    sessions: u32,
    entries: u32,
    versions_deleted: u32,
    versions_kept: u32,
    audit_entries: u32,
}

impl DeletionRow {
    /// Whether the provider is to delete the versions of the person's models.
    pub(crate) const fn provider_versions(&self) -> bool {
        self.provider_versions != 0
    }

    /// When it was asked for.
    pub(crate) const fn requested_at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.requested_at)
    }

    /// When the last was gone, what was removed and what remains; `None` while the deletion is under way.
    pub(crate) fn finished(&self) -> Option<(Timestamp, Removed, Remains)> {
        let removed = Removed {
            generations: self.generations,
            pictures: self.pictures,
            bytes: self.bytes,
            models: self.models,
            sessions: self.sessions,
            entries: self.entries,
            provider_versions: self.versions_deleted,
        };
        let remains = Remains {
            audit_entries: self.audit_entries,
            provider_versions: self.versions_kept,
        };
        let at = Timestamp::from_millisecond(self.finished_at?);
        Some((at, removed, remains))
    }
}

/// All that a person has elsewhere is gone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Erased<'a> {
    /// The deletion.
    pub(crate) id: &'a DeletionId,
    /// Whose it was.
    pub(crate) user: &'a UserId,
    /// What was removed.
    pub(crate) removed: Removed,
    /// Versions that remain at the provider.
    pub(crate) versions_kept: u32,
}

const SELECT: &str = "SELECT id, user_id, provider_versions, requested_at, finished_at, generations, \
     pictures, bytes, models, sessions, entries, versions_deleted, versions_kept, audit_entries \
     FROM deletions";

/// The last part of a condition: the deletion `?1` of the person `?2` is under way. Somebody new of the same id is never
/// touched.
const UNDER_WAY: &str = "EXISTS (SELECT 1 FROM deletions WHERE id = ?1 AND user_id = ?2)";

/// What removes a person from the directory, or puts the deletion `?1` in the place of the person `?2`. Each ends in the
/// condition [`UNDER_WAY`].
const REMOVALS: [&str; 10] = [
    "DELETE FROM model_claims WHERE user_id = ?2",
    "DELETE FROM link_requests WHERE (subject = ?2 OR requested_by = ?2)",
    "DELETE FROM identities WHERE user_id = ?2",
    "DELETE FROM inbox WHERE person = ?2",
    "UPDATE inbox SET closed_by = ?1 WHERE closed_by = ?2",
    "DELETE FROM creations WHERE (id = ?2 OR operator = ?2)",
    "DELETE FROM operator_requests WHERE (operator = ?2 OR instr(request, '\"' || ?2 || '\"') \
     OR instr(ifnull(answer, ''), '\"' || ?2 || '\"'))",
    // Details name people after a space, and end there or with a comma.
    "UPDATE audit SET detail = '' WHERE (subject = ?2 \
     OR instr(' ' || replace(detail, ',', ' ') || ' ', ' ' || ?2 || ' '))",
    "UPDATE audit SET subject = ?1 WHERE subject = ?2",
    "UPDATE audit SET operator = ?1 WHERE operator = ?2",
];

impl Directory {
    /// Notes that a person is to be deleted, with the audit entry, or finds the deletion of them that is under way. From
    /// then on they are suspended here. `None` for the last active operator, and for somebody who does not exist. Of two
    /// operators who delete each other at the same time, this lets one through.
    pub(crate) async fn begin_deletion(
        &self,
        wanted: NewDeletion<'_>,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<Option<DeletionRow>, Error> {
        let sql = "INSERT INTO deletions (id, user_id, role, provider_versions, requested_at) \
                   SELECT ?1, ?2, ifnull((SELECT role FROM users WHERE id = ?2), 'person'), ?3, ?4 \
                   WHERE EXISTS (SELECT 1 FROM creations WHERE id = ?2) OR EXISTS \
                   (SELECT 1 FROM users WHERE id = ?2 AND (role <> 'operator' OR status <> 'active' \
                   OR EXISTS (SELECT 1 FROM users AS other WHERE other.role = 'operator' \
                   AND other.status = 'active' AND other.id <> ?2))) \
                   ON CONFLICT DO NOTHING";
        let provider_versions = i32::from(wanted.provider_versions);
        let at = now.as_millisecond();
        let insert = query!(&self.0, sql, wanted.id, wanted.user, provider_versions, at)?;
        let mut statements = self.recorded(insert, entry, None, now)?;
        let sql = "UPDATE users SET status = 'suspended' WHERE id = ?1 \
                   AND EXISTS (SELECT 1 FROM deletions WHERE user_id = ?1)";
        statements.push(query!(&self.0, sql, wanted.user)?);
        self.0.batch(statements).await?;
        self.deletion_of(wanted.user).await
    }

    /// The deletion of a person that is under way.
    pub(crate) async fn deletion_of(&self, user: &UserId) -> Result<Option<DeletionRow>, Error> {
        let sql = format!("{SELECT} WHERE user_id = ?1");
        query!(&self.0, &sql, user)?.first(None).await
    }

    /// The deletion of this id.
    pub(crate) async fn deletion(&self, id: &DeletionId) -> Result<Option<DeletionRow>, Error> {
        let sql = format!("{SELECT} WHERE id = ?1");
        query!(&self.0, &sql, id)?.first(None).await
    }

    /// Removes a person from the directory, and turns the row of their deletion into the receipt. Does nothing if the
    /// deletion has finished.
    pub(crate) async fn finish_deletion(
        &self,
        erased: Erased<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let on_person = |sql: &str| query!(&self.0, sql, erased.id, erased.user);
        let statements = REMOVALS
            .iter()
            .map(|removal| on_person(&format!("{removal} AND {UNDER_WAY}")));
        let mut statements = statements.collect::<Result<Vec<D1PreparedStatement>, Error>>()?;
        statements.push(on_person(&format!(
            "DELETE FROM users WHERE id = ?2 AND {UNDER_WAY}"
        ))?);
        let sql = "UPDATE deletions SET user_id = NULL, finished_at = ?3, generations = ?4, \
                   pictures = ?5, bytes = ?6, models = ?7, sessions = ?8, entries = ?9, \
                   versions_deleted = ?10, versions_kept = ?11, audit_entries = \
                   (SELECT count(*) FROM audit WHERE subject = ?1 OR operator = ?1) \
                   WHERE id = ?1 AND user_id = ?2";
        let removed = erased.removed;
        statements.push(query!(
            &self.0,
            sql,
            erased.id,
            erased.user,
            now.as_millisecond(),
            removed.generations,
            removed.pictures,
            removed.bytes,
            removed.models,
            removed.sessions,
            removed.entries,
            removed.provider_versions,
            erased.versions_kept
        )?);
        self.0.batch(statements).await.map(drop)
    }
}
