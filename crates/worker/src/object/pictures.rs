//! `GET` and `DELETE /api/pictures/{id}`.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_primitives::ids::PictureId;
use selfsame_studio::{DeletePicture, GetPicture};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::parameters::Id;
use crate::http::response::json;

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
