//! The person's sign-ins: `GET` and `DELETE /api/sign-ins`, `DELETE /api/sign-ins/{id}`, `DELETE /api/session`.

use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use selfsame_api::SignInList;
use selfsame_primitives::ids::SessionId;
use selfsame_studio::{EndOtherSessions, EndSession, EndSessionById, ListSessions};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::parameters::Id;
use crate::http::response::{self, json};

/// Every session that is alive.
#[worker::send]
pub(super) async fn list(caller: Caller) -> Result<Response, ApiError> {
    let sign_ins = caller.ask(ListSessions).await?;
    json(&SignInList { sign_ins })
}

/// Ends one session. When it is the caller's own, the browser forgets its cookie.
#[worker::send]
pub(super) async fn end(caller: Caller, Id(id): Id<SessionId>) -> Result<Response, ApiError> {
    let own = caller.verified.session.session == id;
    caller.ask(EndSessionById { id }).await?;
    if own {
        return Ok((StatusCode::NO_CONTENT, forget(&caller)).into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends every session but the caller's own, which `DELETE /api/session` ends.
#[worker::send]
pub(super) async fn end_others(caller: Caller, _: NoBody) -> Result<StatusCode, ApiError> {
    caller.ask(EndOtherSessions).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the session in the studio, so that no copy of its cookie is accepted any more. The browser forgets the cookie
/// whether or not the session had ended before.
#[worker::send]
pub(super) async fn sign_out(caller: Caller, _: NoBody) -> Response {
    match caller.ask(EndSession).await {
        Ok(()) => (StatusCode::NO_CONTENT, forget(&caller)).into_response(),
        Err(error) => (forget(&caller), error).into_response(),
    }
}

fn forget(caller: &Caller) -> [(HeaderName, String); 2] {
    response::forget(&caller.origin)
}
