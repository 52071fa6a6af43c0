//! `GET /api/pictures`, `POST /api/pictures/changes`, `GET` and `DELETE /api/pictures/{id}`.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::ChangePictures;
use selfsame_primitives::ids::PictureId;
use selfsame_studio::{DeletePicture, GetPicture, ListPictures};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::Id;
use crate::http::response::json;
use crate::http::search::Search;

/// Pictures on a page without `limit`.
const PAGE: u32 = 80;

/// A page of the pictures that match, the last stored first.
#[worker::send]
pub(super) async fn list(caller: Caller, search: Search) -> Result<Response, ApiError> {
    let list = ListPictures {
        limit: Some(search.page.limit(PAGE)),
        cursor: search.page.cursor,
        query: search.query,
    };
    json(&caller.ask(list).await?)
}

/// Changes many pictures at once.
#[worker::send]
pub(super) async fn change(
    caller: Caller,
    Json(change): Json<ChangePictures>,
) -> Result<Response, ApiError> {
    json(&caller.ask(change).await?)
}

/// A picture's whole record.
#[worker::send]
pub(super) async fn show(caller: Caller, Id(id): Id<PictureId>) -> Result<Response, ApiError> {
    json(&caller.ask(GetPicture { id }).await?)
}

/// Moves a picture to the bin.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<PictureId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeletePicture { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
