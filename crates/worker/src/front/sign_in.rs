//! `POST /api/session` with a sign-in link's token, and `DELETE /api/session`.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, Role, SignIn};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::CredentialError;
use selfsame_studio::{BeginSession, SignedIn};

use super::context::RequestContext;
use super::hand_over::hand_over;
use super::session::Session;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::cookie;
use crate::http::request::PlatformRequest;
use crate::http::response::json;
use crate::platform;

/// Uses up the link in the person's studio, sets the session cookie and answers with `Me`.
#[worker::send]
pub(super) async fn sign_in(
    context: RequestContext,
    Json(SignIn { token }): Json<SignIn>,
) -> Result<Response, ApiError> {
    let link = context.signing_key()?.verify_link(&token, context.at);
    let link = link.map_err(refused)?;
    let user = link.user.clone();
    let session = SessionId::mint(context.at, platform::random()?);
    let studio = context.studio(&user)?;
    let SignedIn { claims, me } = studio.ask(&BeginSession { link, session }).await?;
    if me.role == Role::Operator {
        // An operator's first link opens their studio, and puts them into the directory.
        let directory = context.directory()?;
        directory.add(&user, &me.name, me.role, context.at).await?;
    }
    let token = context.signing_key()?.mint_session(&claims);
    let token = token.map_err(ApiError::internal)?;
    let seconds = claims.expires.as_second() - context.at.as_second();
    let cookie = cookie::set(&context.origin, &token, seconds);
    let set = [(header::SET_COOKIE, cookie)];
    Ok((set, json(&me)?).into_response())
}

/// Hands the request over, for the studio to end the session. Without a session there is nothing to end, and the
/// browser forgets its cookie.
#[worker::send]
pub(super) async fn sign_out(
    context: RequestContext,
    session: Result<Session, ApiError>,
    request: PlatformRequest,
) -> Response {
    let forget = [(header::SET_COOKIE, cookie::clear(&context.origin))];
    match session {
        Ok(session) => hand_over(context, session, request).await.into_response(),
        Err(error) => (forget, error).into_response(),
    }
}

fn refused(error: CredentialError) -> ApiError {
    match error {
        CredentialError::Invalid => ApiError::new(
            ErrorCode::LinkInvalid,
            "This sign-in link does not work. Ask for a new one and open it in full.",
        ),
        CredentialError::Expired => ApiError::new(
            ErrorCode::LinkExpired,
            "This sign-in link is too old. Ask for a new one.",
        ),
    }
}
