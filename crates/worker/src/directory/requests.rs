//! Operators' requests with an idempotency key, and their answers. An answer is kept for a day.

use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use worker::{D1PreparedStatement, Error, query};

use super::Directory;

/// How long an answer is kept, in milliseconds: a day.
const KEPT: i64 = 24 * 60 * 60 * 1_000;

/// A request with an idempotency key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyedRequest<'a> {
    /// Who makes it.
    pub(crate) operator: &'a UserId,
    /// The key, which belongs to the operator.
    pub(crate) key: &'a str,
    /// What it asks for, as JSON.
    pub(crate) request: &'a str,
}

/// The answer to a request with a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    /// The request.
    pub(crate) of: KeyedRequest<'a>,
    /// The HTTP status.
    pub(crate) status: u16,
    /// What the response is made of, as JSON; never a secret.
    pub(crate) body: &'a str,
}

/// A request that was made before under the same key.
#[derive(Debug, Deserialize)]
pub(crate) struct KeptRequest {
    /// What it asked for, as JSON.
    pub(crate) request: String,
    /// The HTTP status; `None` if the request has not ended.
    pub(crate) status: Option<u16>,
    /// What the response is made of.
    pub(crate) answer: Option<String>,
}

impl Directory {
    /// The request that `operator` made under `key` in the last day.
    pub(crate) async fn kept(
        &self,
        operator: &UserId,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<KeptRequest>, Error> {
        let until = now.plus_milliseconds(-KEPT).as_millisecond();
        let sql = "DELETE FROM operator_requests WHERE at <= ?1";
        query!(&self.0, sql, until)?.run().await?;
        let sql = "SELECT request, status, answer FROM operator_requests \
                   WHERE operator = ?1 AND key = ?2";
        query!(&self.0, sql, operator, key)?.first(None).await
    }

    /// Keeps an answer if the statement before it changed a row.
    pub(super) fn keep_statement(
        &self,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Error> {
        let sql = "INSERT INTO operator_requests (operator, key, request, status, answer, at) \
                   SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE changes() > 0 ON CONFLICT DO NOTHING";
        let Answer { of, status, body } = answer;
        query!(
            &self.0,
            sql,
            of.operator,
            of.key,
            of.request,
            status,
            body,
            now.as_millisecond()
        )
    }

    /// Notes that a request begins, unless it has begun before.
    pub(super) fn begin_statement(
        &self,
        request: KeyedRequest<'_>,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Error> {
        let sql = "INSERT INTO operator_requests (operator, key, request, at) \
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        query!(
            &self.0,
            sql,
            request.operator,
            request.key,
            request.request,
            now.as_millisecond()
        )
    }

    /// Adds the answer to a request that has begun.
    pub(crate) async fn end_request(&self, answer: &Answer<'_>) -> Result<(), Error> {
        let sql = "UPDATE operator_requests SET status = ?3, answer = ?4 \
                   WHERE operator = ?1 AND key = ?2 AND status IS NULL";
        let Answer { of, status, body } = answer;
        let statement = query!(&self.0, sql, of.operator, of.key, status, body)?;
        statement.run().await.map(drop)
    }
}
