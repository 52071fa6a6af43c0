//! People who are being created. The intent comes before their studio, so that one who was created half-way is listed, and
//! can be finished or removed.

use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use worker::{Error, query};

use super::requests::{Answer, KeyedRequest};
use super::{AuditEntry, Directory, changed};

/// A person who is being created.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Creation<'a> {
    /// The user id.
    pub(crate) id: &'a UserId,
    /// What to call them.
    pub(crate) name: &'a str,
    /// Pictures they may make; `None`: no limit.
    pub(crate) allowance: Option<u32>,
    /// Who creates them.
    pub(crate) operator: &'a UserId,
    /// The idempotency key of the request, by which it finds its id again; empty without one.
    pub(crate) key: &'a str,
}

impl Directory {
    /// The id of the person whom a request with this key began to create.
    pub(crate) async fn creation_of(
        &self,
        request: KeyedRequest<'_>,
    ) -> Result<Option<UserId>, Error> {
        let sql = "SELECT id FROM creations WHERE operator = ?1 AND key = ?2 LIMIT 1";
        let statement = query!(&self.0, sql, request.operator, request.key)?;
        statement.first(Some("id")).await
    }

    /// Begins to create a person, or goes on with it. `false` if the id is taken, also by somebody who is being created
    /// with another name or allowance.
    pub(crate) async fn begin_creation(
        &self,
        creation: &Creation<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "INSERT INTO creations (id, name, allowance, operator, key, started_at) \
                   SELECT ?1, ?2, CAST(nullif(?3, '') AS INTEGER), ?4, nullif(?5, ''), ?6 \
                   WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = ?1) \
                   AND NOT EXISTS (SELECT 1 FROM deletions WHERE user_id = ?1) \
                   ON CONFLICT (id) DO UPDATE SET operator = excluded.operator, key = excluded.key \
                   WHERE name = excluded.name AND allowance IS excluded.allowance";
        // As text, because a binding cannot be absent.
        let allowance = creation
            .allowance
            .map_or_else(String::new, |n| n.to_string());
        let statement = query!(
            &self.0,
            sql,
            creation.id,
            creation.name,
            allowance,
            creation.operator,
            creation.key,
            now.as_millisecond()
        )?;
        changed(&statement.run().await?)
    }

    /// Turns a person who is being created into a user, with the audit entry and the answer. `false` if the creation was
    /// finished or removed meanwhile.
    pub(crate) async fn finish_creation(
        &self,
        id: &UserId,
        entry: &AuditEntry<'_>,
        answer: Option<&Answer<'_>>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "INSERT INTO users (id, name, role, status, created_at) \
                   SELECT id, name, 'person', 'active', ?2 FROM creations WHERE id = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM deletions WHERE user_id = ?1) \
                   ON CONFLICT DO NOTHING";
        let insert = query!(&self.0, sql, id, now.as_millisecond())?;
        let mut statements = self.recorded(insert, entry, answer, now)?;
        let sql = "DELETE FROM creations WHERE id IN (SELECT id FROM users WHERE id = ?1)";
        statements.push(query!(&self.0, sql, id)?);
        let results = self.0.batch(statements).await?;
        results.first().map_or(Ok(false), changed)
    }
}
