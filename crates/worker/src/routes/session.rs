//! `POST /api/session` with a sign-in link's token, `DELETE /api/session`.

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, Role, SignIn};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::CredentialError;
use selfsame_studio::{BeginSession, EndSession, SignedIn};

use crate::answer::json;
use crate::body::{Json, NoBody};
use crate::context::RequestContext;
use crate::cookie;
use crate::error::ApiError;
use crate::platform;
use crate::session::Session;

/// Burns the link's nonce in the person's studio and sets the session cookie. Answers `Me`.
#[worker::send]
pub async fn sign_in(
    State(visit): State<RequestContext>,
    Json(SignIn { token }): Json<SignIn>,
) -> Result<Response, ApiError> {
    let link = visit.signing_key()?.verify_link(&token, visit.at);
    let link = link.map_err(refused)?;
    let user = link.user.clone();
    let session = SessionId::mint(visit.at, platform::random()?);
    let studio = visit.studio(&user)?;
    let SignedIn { claims, me } = studio.ask(&BeginSession { link, session }).await?;
    if me.role == Role::Operator {
        // An operator's first link opens their studio, and so puts them on the list.
        let directory = visit.directory()?;
        directory.add(&user, &me.name, me.role, visit.at).await?;
    }
    let token = visit.signing_key()?.mint_session(&claims);
    let token = token.map_err(ApiError::internal)?;
    let seconds = claims.expires.as_second() - visit.at.as_second();
    let cookie = cookie::set(&visit.origin, &token, seconds);
    Ok((set_cookie(cookie), json(&me)?).into_response())
}

/// Ends the session in the studio, so that its cookie opens nothing any more, wherever it was copied to.
#[worker::send]
pub async fn sign_out(
    State(visit): State<RequestContext>,
    session: Result<Session, ApiError>,
    _: NoBody,
) -> Result<Response, ApiError> {
    let forget = set_cookie(cookie::clear(&visit.origin));
    let ended = match session {
        Ok(session) => session.ask(&visit, EndSession).await,
        Err(problem) => Err(problem),
    };
    Ok(match ended {
        Ok(_) => (StatusCode::NO_CONTENT, forget).into_response(),
        Err(problem) => (forget, problem).into_response(),
    })
}

fn set_cookie(cookie: String) -> [(HeaderName, String); 1] {
    [(header::SET_COOKIE, cookie)]
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
