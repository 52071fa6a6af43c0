//! An operator's request that is carried out once for each `Idempotency-Key`. The answer is kept in D1 with the change, and
//! given again to a request with the same key and the same content.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::UserId;
use serde::Serialize;

use crate::directory::{Answer, KeyedRequest};
use crate::front::context::RequestContext;
use crate::http::ApiError;
use crate::http::idempotency::replayed;
use crate::http::response::json;

/// A request with its key, if it has one.
pub(super) struct Once<'a> {
    operator: &'a UserId,
    key: Option<&'a str>,
    request: String,
}

impl<'a> Once<'a> {
    /// A request of `operator`: `request` is all that it asks for, and of whom.
    pub(super) fn new(
        operator: &'a UserId,
        key: Option<&'a str>,
        request: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let request = serde_json::to_string(request).map_err(ApiError::internal)?;
        Ok(Self {
            operator,
            key,
            request,
        })
    }

    /// The request as the directory keeps it; `None` without a key.
    pub(super) fn keyed(&self) -> Option<KeyedRequest<'_>> {
        Some(KeyedRequest {
            operator: self.operator,
            key: self.key?,
            request: &self.request,
        })
    }

    /// The answer to keep; `None` without a key.
    pub(super) fn answer<'b>(&'b self, status: StatusCode, body: &'b str) -> Option<Answer<'b>> {
        Some(Answer {
            of: self.keyed()?,
            status: status.as_u16(),
            body,
        })
    }

    /// What was kept for the key. Refused if the key was used for another request.
    pub(super) async fn kept(
        &self,
        context: &RequestContext,
    ) -> Result<Option<(StatusCode, String)>, ApiError> {
        let Some(key) = self.key else {
            return Ok(None);
        };
        let directory = context.directory()?;
        let Some(kept) = directory.kept(self.operator, key, context.at).await? else {
            return Ok(None);
        };
        if kept.request != self.request {
            return Err(ApiError::new(
                ErrorCode::IdempotencyConflict,
                "This Idempotency-Key was used for another request. Use a new key for a new request.",
            ));
        }
        let status = kept.status.map(StatusCode::from_u16).transpose();
        let status = status.map_err(ApiError::internal)?;
        Ok(status.zip(kept.answer))
    }

    /// The response that was given before.
    pub(super) async fn replayed(
        &self,
        context: &RequestContext,
    ) -> Result<Option<Response>, ApiError> {
        let kept = self.kept(context).await?;
        Ok(kept.map(|(status, body)| replayed((status, Body::from(body)))))
    }
}

/// A response, and its body to keep.
pub(super) fn response(
    status: StatusCode,
    value: &impl Serialize,
) -> Result<(Response, String), ApiError> {
    let body = serde_json::to_string(value).map_err(ApiError::internal)?;
    Ok(((status, json(value)?).into_response(), body))
}
