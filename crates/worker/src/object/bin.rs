//! `GET` and `DELETE /api/bin`, `DELETE /api/bin/{id}`, `POST /api/bin/{id}/restore`.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::BinnedId;
use selfsame_studio::{DeleteFromBin, EmptyBin, ListBin, RestoreFromBin};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::page::Page;
use crate::http::parameters::Id;
use crate::http::response::json;

/// Entries on a page without `limit`.
const PAGE: u32 = 20;

/// A page, the last deleted first.
#[worker::send]
pub(super) async fn list(caller: Caller, page: Page) -> Result<Response, ApiError> {
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    json(&caller.ask(ListBin { cursor, limit }).await?)
}

/// Takes something out of the bin.
#[worker::send]
pub(super) async fn restore(
    caller: Caller,
    Id(id): Id<BinnedId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(RestoreFromBin { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes something in the bin for good.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<BinnedId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeleteFromBin { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes everything in the bin for good.
#[worker::send]
pub(super) async fn empty(caller: Caller, _: NoBody) -> Result<StatusCode, ApiError> {
    caller.ask(EmptyBin).await?;
    Ok(StatusCode::NO_CONTENT)
}
