//! The operators' inbox: what people ask of them.

use selfsame_api::InboxItem;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use worker::{D1PreparedStatement, Error, query};

use super::requests::KeyedRequest;
use super::{AuditEntry, Directory};

/// The most items in a reply.
const MOST: u32 = 100;

#[derive(Deserialize)]
struct InboxRow {
    id: u32,
    person: UserId,
    note: Option<String>,
    at: i64,
}

impl From<InboxRow> for InboxItem {
    fn from(row: InboxRow) -> Self {
        Self {
            id: row.id,
            person: row.person,
            at: Timestamp::from_millisecond(row.at),
            note: row.note,
        }
    }
}

impl Directory {
    /// Adds a person's request for more pictures, unless one is open.
    pub(crate) async fn add_to_inbox(
        &self,
        person: &UserId,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO inbox (person, note, at) VALUES (?1, nullif(?2, ''), ?3) \
                   ON CONFLICT DO NOTHING";
        let note = note.unwrap_or("");
        let statement = query!(&self.0, sql, person, note, at.as_millisecond())?;
        statement.run().await.map(drop)
    }

    /// What is open, the oldest first, at most 100.
    pub(crate) async fn inbox(&self) -> Result<Vec<InboxItem>, Error> {
        let sql = "SELECT id, person, note, at FROM inbox WHERE closed_at IS NULL \
                   ORDER BY id LIMIT ?1";
        let rows: Vec<InboxRow> = query!(&self.0, sql, MOST)?.all().await?.results()?;
        Ok(rows.into_iter().map(InboxItem::from).collect())
    }

    /// Who asks in an open item.
    pub(crate) async fn asks(&self, item: u32) -> Result<Option<UserId>, Error> {
        let sql = "SELECT person FROM inbox WHERE id = ?1 AND closed_at IS NULL";
        query!(&self.0, sql, item)?.first(Some("person")).await
    }

    /// Closes what a person asks, with the audit entry.
    pub(crate) async fn close(&self, entry: &AuditEntry<'_>, now: Timestamp) -> Result<(), Error> {
        self.change(self.close_statement(entry, now)?, entry, now)
            .await
            .map(drop)
    }

    /// Notes that an allowance is about to be changed, with the audit entry, and closes what the person asks. A request
    /// that has begun before adds nothing.
    pub(crate) async fn begin_change(
        &self,
        request: KeyedRequest<'_>,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut statements =
            self.recorded(self.begin_statement(request, now)?, entry, None, now)?;
        statements.push(self.close_statement(entry, now)?);
        self.0.batch(statements).await.map(drop)
    }

    fn close_statement(
        &self,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Error> {
        let sql = "UPDATE inbox SET closed_at = ?2, closed_by = ?3 \
                   WHERE person = ?1 AND closed_at IS NULL";
        query!(
            &self.0,
            sql,
            entry.subject,
            now.as_millisecond(),
            entry.operator
        )
    }
}
