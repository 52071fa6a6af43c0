//! Who makes a request. The signature of the session in the cookie is checked here; whether the session has ended is for
//! the person's studio to say.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::{SessionClaims, SigningKeys};
use selfsame_studio::{Authenticated, CheckOperator, Request};

use super::context::RequestContext;
use crate::boundary::Call;
use crate::http::ApiError;
use crate::http::cookie::Cookie;
use crate::http::origin::Origin;
use crate::http::request::PlatformRequest;

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
            context.signing_keys()?,
            context.at,
        )
    }
}

fn read(
    cookies: &str,
    origin: &Origin,
    keys: &SigningKeys,
    now: Timestamp,
) -> Result<Session, ApiError> {
    let token = Cookie::Session
        .find(origin, cookies)
        .ok_or_else(ApiError::unauthenticated)?;
    let claims = keys
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

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_api::{ErrorCode, Role};
    use selfsame_primitives::ids::SessionId;
    use selfsame_studio::credentials::SigningKey;

    const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

    #[test]
    fn only_a_signed_unexpired_session_is_accepted() {
        let key: SigningKeys = SigningKey::new(&"k".repeat(32)).expect("a key").into();
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
        let other: SigningKeys = SigningKey::new(&"l".repeat(32)).expect("a key").into();
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
