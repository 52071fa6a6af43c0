//! Signing in and out: `POST /api/session` with a sign-in link's token, and `DELETE /api/session`.
//!
//! The link is used up last, in the person's studio, so that nothing that fails before costs anybody their link. What can
//! fail afterwards is the way of the response to the browser; a cookie of its own lets the browser repeat the request.

use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Response};
use selfsame_api::{ErrorCode, Role, SignIn};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::{Browser, CredentialError, LinkValidity};
use selfsame_studio::{BeginSession, EndSession, Nonce, SignedIn};

use super::context::RequestContext;
use super::object::hand_over;
use super::rate_limit;
use super::session::Session;
use crate::config;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::cookie::Cookie;
use crate::http::request::PlatformRequest;
use crate::http::response::json;
use crate::platform;

/// Seconds that a browser keeps the cookie that tells it from others: 400 days, the most that browsers allow.
const BROWSER_SECONDS: i64 = 400 * 24 * 60 * 60;

/// Uses up the link in the person's studio, sets the session cookie and answers with `Me`.
#[worker::send]
pub(super) async fn sign_in(
    context: RequestContext,
    earlier: Result<Session, ApiError>,
    request: PlatformRequest,
    Json(SignIn { token }): Json<SignIn>,
) -> Result<Response, ApiError> {
    rate_limit::check(&context, &request, config::SIGN_INS, "Too many sign-ins.").await?;
    let link = context.signing_keys()?.verify_link(&token, context.at);
    let link = link.map_err(refused)?;
    let user = link.user.clone();
    if link.role == Role::Operator {
        // An operator's first link opens their studio, and puts them into the directory.
        let minted = match link.validity {
            LinkValidity::Since(minted) => Some(minted),
            LinkValidity::Epoch(_) => None,
        };
        let directory = context.directory()?;
        let admitted = directory.admit_operator(&user, minted, context.at);
        if !admitted.await? {
            return Err(refused(CredentialError::Expired));
        }
    }
    let earlier = earlier.ok();
    let own = earlier.iter().find(|earlier| earlier.0.user == user);
    let (id, new) = browser_id(&context, &request)?;
    let text = |name| request.header(name).unwrap_or_default();
    let browser = Browser::new(
        Some(id.clone()),
        &text("user-agent"),
        &text(rate_limit::ADDRESS),
    );
    let begin = BeginSession {
        link,
        session: SessionId::mint(context.at, platform::random()?),
        browser,
        replaces: own.map(|own| own.0.session.clone()),
    };
    let SignedIn { claims, me } = context.studio(&user)?.ask(&begin).await?;
    if let Some(other) = earlier.filter(|earlier| earlier.0.user != user) {
        end_replaced(&context, other);
    }
    let token = context.signing_keys()?.mint_session(&claims);
    let token = token.map_err(ApiError::internal)?;
    let seconds = claims.expires.as_second() - context.at.as_second();
    let mut cookies = vec![Cookie::Session.set(&context.origin, &token, seconds)];
    cookies.extend(new.then(|| browser_cookie(&context, &id)));
    let cookies = cookies
        .into_iter()
        .map(|cookie| (header::SET_COOKIE, cookie));
    Ok((AppendHeaders(cookies), json(&me)?).into_response())
}

/// Hands the request over, for the studio to end the session. Without a session there is nothing to end, and the
/// browser forgets its cookie.
#[worker::send]
pub(super) async fn sign_out(
    context: RequestContext,
    session: Result<Session, ApiError>,
    request: PlatformRequest,
) -> Response {
    let forget = [(header::SET_COOKIE, Cookie::Session.clear(&context.origin))];
    match session {
        Ok(session) => hand_over(context, session, request).await.into_response(),
        Err(error) => (forget, error).into_response(),
    }
}

/// `Set-Cookie` with a new value for a browser that has none.
pub(super) fn new_browser_cookie(
    context: &RequestContext,
    request: &PlatformRequest,
) -> Result<Option<String>, ApiError> {
    let (id, new) = browser_id(context, request)?;
    Ok(new.then(|| browser_cookie(context, &id)))
}

fn browser_cookie(context: &RequestContext, id: &Nonce) -> String {
    Cookie::Browser.set(&context.origin, id.as_str(), BROWSER_SECONDS)
}

/// The value that tells this browser from others, and whether it is new.
fn browser_id(
    context: &RequestContext,
    request: &PlatformRequest,
) -> Result<(Nonce, bool), ApiError> {
    let cookies = request.header("cookie").unwrap_or_default();
    let known = Cookie::Browser.find(&context.origin, &cookies);
    match known.and_then(|text| text.parse().ok()) {
        Some(id) => Ok((id, false)),
        None => Ok((Nonce::from_random(platform::random()?), true)),
    }
}

/// Ends the session of another person in this browser, whose cookie is replaced. It would time out anyway, so a failure
/// only goes to the log.
fn end_replaced(context: &RequestContext, session: Session) {
    let later = context.clone();
    context.after_response(async move {
        if let Err(error) = session.ask(&later, EndSession).await {
            error.log(&later.id);
        }
    });
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
