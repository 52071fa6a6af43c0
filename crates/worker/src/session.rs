//! Who is asking: the session in the cookie, its signature checked here, its life by the person's own studio.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::{SessionClaims, SigningKey};
use selfsame_studio::{Authenticated, CheckOperator, Request};

use crate::call::Call;
use crate::context::RequestContext;
use crate::cookie;
use crate::error::ApiError;
use crate::origin::Origin;

/// A session whose signature holds. It opens nothing by itself: every command goes to the person's studio with it,
/// and the studio knows whether it has ended.
#[derive(Debug, Clone)]
pub struct Session(pub SessionClaims);

impl Session {
    /// Asks the person's own studio.
    pub async fn ask<R>(
        &self,
        visit: &RequestContext,
        request: R,
    ) -> Result<<Authenticated<R> as Request>::Reply, ApiError>
    where
        Authenticated<R>: Call,
    {
        let session = self.0.clone();
        let request = Authenticated { session, request };
        visit.studio(&self.0.user)?.ask(&request).await
    }
}

impl FromRequestParts<RequestContext> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        visit: &RequestContext,
    ) -> Result<Self, ApiError> {
        let headers = parts.headers.get_all(COOKIE).iter();
        let headers: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
        read(
            &headers.join("; "),
            &visit.origin,
            visit.signing_key()?,
            visit.at,
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

/// An operator, whose own studio has just said that the session lives.
#[derive(Debug, Clone)]
pub struct Operator(pub UserId);

impl FromRequestParts<RequestContext> for Operator {
    type Rejection = ApiError;

    #[worker::send]
    async fn from_request_parts(
        parts: &mut Parts,
        visit: &RequestContext,
    ) -> Result<Self, ApiError> {
        let session = Session::from_request_parts(parts, visit).await?;
        session.ask(visit, CheckOperator).await?;
        Ok(Self(session.0.user))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_api::{ErrorCode, Role};
    use selfsame_primitives::ids::SessionId;

    const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

    #[test]
    fn only_a_signed_living_session_counts() {
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
            let problem = refused.expect_err("no session");
            assert_eq!(problem.code(), ErrorCode::Unauthenticated);
        }
    }
}
