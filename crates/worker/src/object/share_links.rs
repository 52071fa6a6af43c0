//! `POST /api/pictures/{id}/share-links`, `GET /api/share-links`, `DELETE /api/share-links/{id}`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{CreateShareLink, ShareLink, ShareLinkList};
use selfsame_primitives::ids::{PictureId, ShareLinkId};
use selfsame_studio::{EndShareLink, ListShareLinks, SharePicture, SharedPicture};

use super::routes::Caller;
use crate::boundary::SHARED;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::Id;
use crate::http::response::json;
use crate::platform;

/// Makes a link that shows the picture.
#[worker::send]
pub(super) async fn create(
    caller: Caller,
    Id(picture): Id<PictureId>,
    Json(CreateShareLink { days }): Json<CreateShareLink>,
) -> Result<Response, ApiError> {
    let id = ShareLinkId::mint(platform::now(), platform::random()?);
    let shared = SharePicture { id, picture, days };
    let link = with_url(&caller, caller.ask(shared).await?)?;
    Ok((StatusCode::CREATED, json(&link)?).into_response())
}

/// The links that have not ended.
#[worker::send]
pub(super) async fn list(caller: Caller) -> Result<Response, ApiError> {
    let shared = caller.ask(ListShareLinks).await?.into_iter();
    let share_links = shared.map(|link| with_url(&caller, link));
    json(&ShareLinkList {
        share_links: share_links.collect::<Result<_, _>>()?,
    })
}

/// Ends a link.
#[worker::send]
pub(super) async fn end(
    caller: Caller,
    Id(id): Id<ShareLinkId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(EndShareLink { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The link with the address to pass on.
fn with_url(caller: &Caller, link: SharedPicture) -> Result<ShareLink, ApiError> {
    let config = caller.config();
    let origin = config.link_origin(&caller.origin)?;
    let keys = config.signing_keys()?;
    let token = keys.mint_share(&caller.verified.session.user, &link.id);
    let token = token.map_err(ApiError::internal)?;
    let SharedPicture {
        id,
        picture,
        created_at,
        expires_at,
        views,
    } = link;
    Ok(ShareLink {
        id,
        picture,
        url: format!("{}{SHARED}{token}", origin.as_str()),
        created_at,
        expires_at,
        views,
    })
}
