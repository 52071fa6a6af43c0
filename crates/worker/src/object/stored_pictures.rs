//! `DELETE /api/pictures/{id}`.

use axum::http::StatusCode;
use selfsame_primitives::ids::PictureId;
use selfsame_studio::DeletePicture;

use super::caller::Caller;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::path::Id;

/// Deletes a picture, row and bytes.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<PictureId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeletePicture { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
