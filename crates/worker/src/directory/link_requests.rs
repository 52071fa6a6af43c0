//! Requests for an operator's link, which a second operator approves.

use selfsame_api::LinkRequest;
use selfsame_primitives::ids::{LinkRequestId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use worker::{Error, query};

use super::{AuditEntry, Directory};

#[derive(Deserialize)]
struct LinkRequestRow {
    id: LinkRequestId,
    subject: UserId,
    minutes: u32,
    requested_by: UserId,
    requested_at: i64,
    expires_at: i64,
}

impl From<LinkRequestRow> for LinkRequest {
    fn from(row: LinkRequestRow) -> Self {
        Self {
            id: row.id,
            subject: row.subject,
            minutes: row.minutes,
            requested_by: row.requested_by,
            requested_at: Timestamp::from_millisecond(row.requested_at),
            expires_at: Timestamp::from_millisecond(row.expires_at),
        }
    }
}

impl Directory {
    /// Adds a request, with the audit entry, and returns the one that waits now: an earlier request for the same
    /// operator stays as it is.
    pub(crate) async fn add_link_request(
        &self,
        request: &LinkRequest,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<Option<LinkRequest>, Error> {
        let sql = "DELETE FROM link_requests WHERE expires_at <= ?1";
        query!(&self.0, sql, now.as_millisecond())?.run().await?;
        let sql = "INSERT INTO link_requests \
                   (id, subject, minutes, requested_by, requested_at, expires_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
        let statement = query!(
            &self.0,
            sql,
            request.id,
            request.subject,
            request.minutes,
            request.requested_by,
            request.requested_at.as_millisecond(),
            request.expires_at.as_millisecond()
        )?;
        self.change(statement, entry, now).await?;
        let waiting = self.link_requests(now).await?;
        let of_subject = |waiting: &LinkRequest| waiting.subject == request.subject;
        Ok(waiting.into_iter().find(of_subject))
    }

    /// The requests that wait, the oldest first.
    pub(crate) async fn link_requests(&self, now: Timestamp) -> Result<Vec<LinkRequest>, Error> {
        let sql = "SELECT id, subject, minutes, requested_by, requested_at, expires_at \
                   FROM link_requests WHERE expires_at > ?1 ORDER BY id";
        let statement = query!(&self.0, sql, now.as_millisecond())?;
        let rows: Vec<LinkRequestRow> = statement.all().await?.results()?;
        Ok(rows.into_iter().map(LinkRequest::from).collect())
    }

    /// Takes a request that waits, because `entry.operator` approves it; `false` if it was taken before, has expired,
    /// or comes from that operator or from one who is not active any more.
    pub(crate) async fn approve_link_request(
        &self,
        id: &LinkRequestId,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "DELETE FROM link_requests \
                   WHERE id = ?1 AND expires_at > ?2 AND requested_by <> ?3 \
                   AND requested_by IN (SELECT id FROM users \
                   WHERE role = 'operator' AND status = 'active')";
        let statement = query!(&self.0, sql, id, now.as_millisecond(), entry.operator)?;
        self.change(statement, entry, now).await
    }

    /// Removes a request that is withdrawn or declined; `false` if it does not exist.
    pub(crate) async fn remove_link_request(
        &self,
        id: &LinkRequestId,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "DELETE FROM link_requests WHERE id = ?1";
        self.change(query!(&self.0, sql, id)?, entry, now).await
    }
}
