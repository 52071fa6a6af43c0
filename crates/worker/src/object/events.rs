//! `GET /api/events`: a WebSocket of the person's changes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_studio::GetSnapshot;

use super::caller::Caller;
use super::routes::Object;
use crate::http::ApiError;
use crate::http::request::PlatformRequest;

/// Opens a WebSocket that sends a snapshot and then every change.
#[worker::send]
pub(super) async fn open(
    State(object): State<Object>,
    caller: Caller,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let upgrade = request.header("upgrade");
    if !upgrade.is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket")) {
        return Err(ApiError::new(
            ErrorCode::UpgradeRequired,
            "This address speaks WebSocket; without one, ask for /api/generations now and then.",
        ));
    }
    let snapshot = caller.ask(GetSnapshot).await?;
    let session = &caller.verified.session.session;
    let socket = object.shell().accept(session, &snapshot)?;
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    response.extensions_mut().insert(socket);
    Ok(response)
}
