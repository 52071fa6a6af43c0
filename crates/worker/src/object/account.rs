//! `GET /api/me` with its notices, allowance and access log, and `GET /api/models`.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::ModelList;
use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_studio::{DismissNotices, GetAccessLog, GetAllowance, GetMe, ListModels};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::page::Page;
use crate::http::response::json;

/// Entries on a page of the access log or of the allowance's history without `limit`.
const PAGE: u32 = 50;

/// Who is signed in.
#[worker::send]
pub(super) async fn show(caller: Caller) -> Result<Response, ApiError> {
    json(&caller.ask(GetMe).await?)
}

/// The person's models, and what can be chosen with them.
#[worker::send]
pub(super) async fn models(caller: Caller) -> Result<Response, ApiError> {
    json(&ModelList {
        models: caller.ask(ListModels).await?,
        presets: PRESETS.to_vec(),
        quality_specs: QUALITY_SPECS.to_vec(),
    })
}

/// Marks every notice as seen.
#[worker::send]
pub(super) async fn dismiss_notices(caller: Caller, _: NoBody) -> Result<StatusCode, ApiError> {
    caller.ask(DismissNotices).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page of the person's access log, newest first.
#[worker::send]
pub(super) async fn access_log(caller: Caller, page: Page) -> Result<Response, ApiError> {
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    json(&caller.ask(GetAccessLog { cursor, limit }).await?)
}

/// The allowance and a page of its history, newest first.
#[worker::send]
pub(super) async fn allowance(caller: Caller, page: Page) -> Result<Response, ApiError> {
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    json(&caller.ask(GetAllowance { cursor, limit }).await?)
}
