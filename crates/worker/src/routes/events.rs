//! `GET /api/events`: a WebSocket of the person's changes.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;

use super::wants_socket;
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::session::Session;

/// Hands the socket over to the person's studio, which sends a snapshot and then every change.
#[worker::send]
pub async fn open(
    State(visit): State<RequestContext>,
    session: Session,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if !wants_socket(&headers) {
        return Err(ApiError::new(
            ErrorCode::UpgradeRequired,
            "This address speaks WebSocket; without one, ask for /api/generations now and then.",
        ));
    }
    let studio = visit.studio(&session.0.user)?;
    let socket = studio.events(&session.0).await?.websocket();
    let socket = socket.ok_or_else(|| ApiError::internal("the studio gave no socket"))?;
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    response.extensions_mut().insert(socket);
    Ok(response)
}
