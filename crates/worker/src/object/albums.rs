//! `GET` and `POST /api/albums`, `GET`, `PATCH` and `DELETE /api/albums/{id}`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{AlbumList, NameAlbum};
use selfsame_primitives::ids::AlbumId;
use selfsame_studio::{AddAlbum, DeleteAlbum, GetAlbum, ListAlbums, RenameAlbum};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::Id;
use crate::http::response::json;
use crate::platform;

/// Every album, newest first.
#[worker::send]
pub(super) async fn list(caller: Caller) -> Result<Response, ApiError> {
    json(&AlbumList {
        albums: caller.ask(ListAlbums).await?,
    })
}

/// Makes an album.
#[worker::send]
pub(super) async fn create(
    caller: Caller,
    Json(NameAlbum { name }): Json<NameAlbum>,
) -> Result<Response, ApiError> {
    let id = AlbumId::mint(platform::now(), platform::random()?);
    let album = caller.ask(AddAlbum { id, name }).await?;
    Ok((StatusCode::CREATED, json(&album)?).into_response())
}

/// One album.
#[worker::send]
pub(super) async fn show(caller: Caller, Id(id): Id<AlbumId>) -> Result<Response, ApiError> {
    json(&caller.ask(GetAlbum { id }).await?)
}

/// Renames an album.
#[worker::send]
pub(super) async fn rename(
    caller: Caller,
    Id(id): Id<AlbumId>,
    Json(NameAlbum { name }): Json<NameAlbum>,
) -> Result<Response, ApiError> {
    json(&caller.ask(RenameAlbum { id, name }).await?)
}

/// Deletes an album and leaves its pictures.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<AlbumId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeleteAlbum { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
