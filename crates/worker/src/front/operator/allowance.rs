//! `POST /api/operator/people/{id}/allowance` and the inbox, which holds what people ask for.
//!
//! The key is stored first, with the audit entry, then the studio makes the change once for the key. A request that stopped
//! half-way is finished by the same request.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::{ChangeAllowance, ErrorCode, Inbox, MOST_PICTURES};
use selfsame_primitives::ids::UserId;
use selfsame_studio::{AdjustAllowance, DeclineMore};

use super::once::{Once, response};
use super::{Id, by, entry, known};
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::RequiredKey;
use crate::http::response::json;

/// Grants pictures, sets how many there are, or has them renewed each month.
#[worker::send]
pub(crate) async fn change_allowance(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    RequiredKey(key): RequiredKey,
    Json(change): Json<ChangeAllowance>,
) -> Result<Response, ApiError> {
    let (field, pictures) = change.named();
    if pictures.is_some_and(|pictures| pictures > MOST_PICTURES) {
        let text = format!("`{field}` takes at most {MOST_PICTURES} pictures.");
        return Err(ApiError::new(ErrorCode::OutOfRange, text).at(field));
    }
    known(&context, &user).await?;
    let once = Once::new(&operator, Some(&key), &("allowance", &user, change))?;
    if let Some(replayed) = once.replayed(&context).await? {
        return Ok(replayed);
    }
    let detail = change.to_string();
    let entry = entry(&operator, "change_allowance", &user, &detail);
    let directory = context.directory()?;
    if let Some(keyed) = once.keyed() {
        directory.begin_change(keyed, &entry, context.at).await?;
    }
    let request = AdjustAllowance {
        change,
        request: format!("{operator} {key}"),
    };
    let state = context.studio(&user)?.ask(&by(&operator, request)).await?;
    let (response, body) = response(StatusCode::OK, &state)?;
    if let Some(answer) = once.answer(StatusCode::OK, &body) {
        directory.end_request(&answer).await?;
    }
    Ok(response)
}

/// Lists what is open.
#[worker::send]
pub(crate) async fn inbox(
    context: RequestContext,
    Operator(_): Operator,
) -> Result<Response, ApiError> {
    let items = context.directory()?.inbox().await?;
    json(&Inbox { items })
}

/// Declines what a person asks. Changing their allowance answers it, too.
#[worker::send]
pub(crate) async fn decline(
    context: RequestContext,
    Operator(operator): Operator,
    item: Result<Path<u32>, PathRejection>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    let Path(item) = item.map_err(|rejection| ApiError::not_found().because(rejection))?;
    let directory = context.directory()?;
    let user = directory
        .asks(item)
        .await?
        .ok_or_else(ApiError::not_found)?;
    // The studio comes first: while the item is open, the request can be repeated.
    let request = by(&operator, DeclineMore);
    context.studio(&user)?.ask(&request).await?;
    let entry = entry(&operator, "decline_more", &user, "");
    directory.close(&entry, context.at).await?;
    Ok(StatusCode::NO_CONTENT)
}
