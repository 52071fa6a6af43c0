//! `GET /api/operator/audit`: the reader of the audit log.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use selfsame_api::{AuditPage, ErrorCode};
use selfsame_primitives::ids::UserId;
use serde::Deserialize;

use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::page::MOST;
use crate::http::response::json;

/// Entries on a page without `limit`.
const PAGE: u32 = 50;

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// Only those about this person.
    subject: Option<UserId>,
    /// `next_cursor` of the page before: the number of its last entry.
    cursor: Option<u32>,
    limit: Option<u32>,
}

/// A page of the audit log, newest first.
#[worker::send]
pub(crate) async fn audit(
    context: RequestContext,
    Operator(_): Operator,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(which) = which.map_err(|rejection| {
        let text =
            "This list takes `subject`, `cursor` and `limit` in the query, and nothing else.";
        ApiError::new(ErrorCode::InvalidQuery, text).because(rejection)
    })?;
    let limit = which.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        let text = format!("`limit` takes 1 to {MOST}.");
        return Err(ApiError::new(ErrorCode::InvalidQuery, text).at("limit"));
    }
    let directory = context.directory()?;
    let subject = which.subject.as_ref();
    let mut entries = directory.audit(subject, which.cursor, limit + 1).await?;
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let last = entries.last().filter(|_| more);
    let next_cursor = last.map(|entry| entry.id.to_string());
    json(&AuditPage {
        entries,
        next_cursor,
    })
}
