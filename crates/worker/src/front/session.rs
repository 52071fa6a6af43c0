//! Sessions: `POST /api/session` with a sign-in link's token, `DELETE /api/session`, and who makes a request. The signature
//! of the session in the cookie is checked here; whether the session has ended is for the person's studio to say.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, Role, SignIn};
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::{CredentialError, SessionClaims, SigningKey};
use selfsame_studio::{Authenticated, BeginSession, CheckOperator, Request, SignedIn};

use super::context::RequestContext;
use super::object::hand_over;
use crate::boundary::Call;
use crate::http::body::Json;
use crate::http::origin::Origin;
use crate::http::request::PlatformRequest;
use crate::http::response::json;
use crate::http::{ApiError, cookie};
use crate::platform;

/// A session with a valid signature. Only the person's studio knows whether it has ended.
#[derive(Debug, Clone)]
pub(super) struct Session(pub(super) SessionClaims);

impl Session {
    /// Asks the person's own studio.
    pub(super) async fn ask<R>(
        &self,
        context: &RequestContext,
        request: R,
    ) -> Result<<Authenticated<R> as Request>::Reply, ApiError>
    where
        Authenticated<R>: Call,
    {
        let session = self.0.clone();
        let request = Authenticated { session, request };
        context.studio(&self.0.user)?.ask(&request).await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let context = RequestContext::from_request_parts(parts, state).await?;
        let cookies = PlatformRequest::of(parts)?.header("cookie");
        read(
            &cookies.unwrap_or_default(),
            &context.origin,
            context.signing_key()?,
            context.at,
        )
    }
}

fn read(
    cookies: &str,
    origin: &Origin,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Session, ApiError> {
    let token = cookie::find(origin, cookies).ok_or_else(ApiError::unauthenticated)?;
    let claims = key
        .verify_session(token, now)
        .map_err(|error| ApiError::unauthenticated().because(error))?;
    Ok(Session(claims))
}

/// An operator, whose own studio has confirmed that the session lives.
#[derive(Debug, Clone)]
pub(super) struct Operator(pub(super) UserId);

impl<S: Send + Sync> FromRequestParts<S> for Operator {
    type Rejection = ApiError;

    #[worker::send]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let context = RequestContext::from_request_parts(parts, state).await?;
        let session = Session::from_request_parts(parts, state).await?;
        session.ask(&context, CheckOperator).await?;
        Ok(Self(session.0.user))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_api::{ErrorCode, Role};
    use selfsame_primitives::ids::SessionId;

    const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

    #[test]
    fn only_a_signed_unexpired_session_is_accepted() {
        let key = SigningKey::new(&"k".repeat(32)).expect("a key");
        let origin = Origin::of_url("https://studio.example").expect("an origin");
        let claims = SessionClaims {
            user: "ada".parse().expect("an id"),
            role: Role::Person,
            session: SessionId::mint(NOW, 1),
            expires: NOW.plus_milliseconds(1_000),
        };
        let token = key.mint_session(&claims).expect("a token");
        let cookies = format!("a=b; __Host-selfsame={token}");
        let session = read(&cookies, &origin, &key, NOW).expect("a session");
        assert_eq!(session.0, claims);

        let later = NOW.plus_milliseconds(1_000);
        let other = SigningKey::new(&"l".repeat(32)).expect("a key");
        for refused in [
            read("", &origin, &key, NOW),
            read("__Host-selfsame=x.y", &origin, &key, NOW),
            read(&cookies, &origin, &key, later),
            read(&cookies, &origin, &other, NOW),
        ] {
            let error = refused.expect_err("no session");
            assert_eq!(error.code(), ErrorCode::Unauthenticated);
        }
    }
}
