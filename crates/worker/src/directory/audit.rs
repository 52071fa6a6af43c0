//! The audit log: what operators did. An entry is committed together with the change that it records.

use selfsame_api::AuditRecord;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use worker::{D1PreparedStatement, Error, query};

use super::requests::Answer;
use super::{Directory, changed};

/// An entry of the audit log.
#[derive(Debug, Clone)]
pub(crate) struct AuditEntry<'a> {
    /// The operator, or [`AuditEntry::SELF_SERVICE`].
    pub(crate) operator: &'a str,
    /// The action, as a stable word.
    pub(crate) action: &'static str,
    /// The person it was done to.
    pub(crate) subject: &'a UserId,
    /// Details; never a secret.
    pub(crate) detail: &'a str,
}

impl AuditEntry<'_> {
    /// In the place of the operator when the person asked for it. It is not a valid user id.
    pub(crate) const SELF_SERVICE: &'static str = "(self-service)";
}

#[derive(Deserialize)]
struct AuditRow {
    id: u32,
    at: i64,
    operator: String,
    action: String,
    subject: UserId,
    detail: String,
}

impl From<AuditRow> for AuditRecord {
    fn from(row: AuditRow) -> Self {
        Self {
            id: row.id,
            at: Timestamp::from_millisecond(row.at),
            operator: row.operator,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
        }
    }
}

impl Directory {
    /// Runs `statement`, and adds `entry` if it changed a row. Both are one transaction.
    pub(super) async fn change(
        &self,
        statement: D1PreparedStatement,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        self.change_and_keep(statement, entry, None, now).await
    }

    /// The same, and keeps the answer to the request that changes it.
    pub(super) async fn change_and_keep(
        &self,
        statement: D1PreparedStatement,
        entry: &AuditEntry<'_>,
        answer: Option<&Answer<'_>>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let statements = self.recorded(statement, entry, answer, now)?;
        let results = self.0.batch(statements).await?;
        results.first().map_or(Ok(false), changed)
    }

    /// `statement`, followed by those that add `entry` and `answer` if it changes a row.
    pub(super) fn recorded(
        &self,
        statement: D1PreparedStatement,
        entry: &AuditEntry<'_>,
        answer: Option<&Answer<'_>>,
        now: Timestamp,
    ) -> Result<Vec<D1PreparedStatement>, Error> {
        let sql = "INSERT INTO audit (at, operator, action, subject, detail) \
                   SELECT ?1, ?2, ?3, ?4, ?5 WHERE changes() > 0";
        let mut statements = vec![statement, self.audit_statement(sql, entry, now)?];
        if let Some(answer) = answer {
            statements.push(self.keep_statement(answer, now)?);
        }
        Ok(statements)
    }

    /// Adds an entry about a change that is not in D1, and keeps the answer to the request that makes it. Call it before
    /// the change takes effect.
    pub(crate) async fn record_and_keep(
        &self,
        entry: &AuditEntry<'_>,
        answer: Option<&Answer<'_>>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO audit (at, operator, action, subject, detail) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statements = vec![self.audit_statement(sql, entry, now)?];
        if let Some(answer) = answer {
            statements.push(self.keep_statement(answer, now)?);
        }
        self.0.batch(statements).await.map(drop)
    }

    /// Adds an entry about a change that is not in D1. Call it before the change.
    pub(crate) async fn record(&self, entry: &AuditEntry<'_>, now: Timestamp) -> Result<(), Error> {
        self.record_and_keep(entry, None, now).await
    }

    fn audit_statement(
        &self,
        sql: &str,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Error> {
        query!(
            &self.0,
            sql,
            now.as_millisecond(),
            entry.operator,
            entry.action,
            entry.subject,
            entry.detail
        )
    }

    /// Up to `limit` entries with a number below `before`, newest first; with `subject`, only those about that person.
    pub(crate) async fn audit(
        &self,
        subject: Option<&UserId>,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<AuditRecord>, Error> {
        let before = before.unwrap_or(u32::MAX);
        let statement = if let Some(subject) = subject {
            let sql = "SELECT id, at, operator, action, subject, detail FROM audit \
                       WHERE subject = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
            query!(&self.0, sql, subject, before, limit)?
        } else {
            let sql = "SELECT id, at, operator, action, subject, detail FROM audit \
                       WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
            query!(&self.0, sql, before, limit)?
        };
        let rows: Vec<AuditRow> = statement.all().await?.results()?;
        Ok(rows.into_iter().map(AuditRecord::from).collect())
    }
}
