//! Which address does what. Handlers are thin: read, ask the studio or the directory, answer.

mod events;
mod generations;
mod health;
mod hooks;
mod id;
mod me;
mod operator;
mod page;
mod pictures;
mod session;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use selfsame_api::ErrorCode;
use tower_service::Service as _;
use worker::{Env, HttpRequest};

use crate::answer;
use crate::body::{self, JSON_LIMIT};
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::origin::may_change;

/// Where providers' webhooks come: signed, and from no browser.
const HOOKS: &str = "/hooks/";

/// Serves one request.
pub async fn serve(request: HttpRequest, env: Env) -> worker::Result<worker::Response> {
    let visit = RequestContext::begin(request.uri(), env)?;
    let from_provider = request.uri().path().starts_with(HOOKS);
    let limit = if from_provider {
        hooks::LIMIT
    } else {
        JSON_LIMIT
    };
    let request = body::receive(request.map(Body::new), limit).await;
    let method = request.method().clone();
    let response = match check_origin(&request, &visit) {
        Ok(()) => dispatch(request, visit.clone()).await,
        Err(problem) => problem.into_response(),
    };
    answer::into_platform(answer::finish(response, &method, &visit)).await
}

async fn dispatch(request: Request, visit: RequestContext) -> Response {
    match router(visit).call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn router(visit: RequestContext) -> Router {
    Router::new()
        .route("/api/health", get(health::show))
        .route(
            "/api/session",
            post(session::sign_in).delete(session::sign_out),
        )
        .route("/api/me", get(me::show))
        .route("/api/models", get(me::models))
        .route(
            "/api/generations",
            get(generations::list).post(generations::create),
        )
        .route("/api/generations/{id}", get(generations::show))
        .route("/api/generations/{id}/cancel", post(generations::cancel))
        .route("/api/pictures/{id}", delete(pictures::remove))
        .route("/api/images/{id}", get(pictures::bytes))
        .route("/api/events", get(events::open))
        .route(
            "/api/operator/people",
            get(operator::list).post(operator::create),
        )
        .route("/api/operator/people/{id}/link", post(operator::link))
        .route("/api/operator/people/{id}/models", post(operator::bind))
        .route("/api/operator/people/{id}/suspend", post(operator::suspend))
        .route(
            "/api/operator/people/{id}/reinstate",
            post(operator::reinstate),
        )
        .route(
            "/hooks/replicate/{user}/{generation}/{nonce}",
            post(hooks::replicate),
        )
        .fallback(page::show)
        .with_state(visit)
}

/// Refuses what another site's page set off; see [`crate::origin`]. A provider's webhook is signed instead.
fn check_origin(request: &Request, visit: &RequestContext) -> Result<(), ApiError> {
    let headers = request.headers();
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let guarded = (changes || wants_socket(headers)) && !request.uri().path().starts_with(HOOKS);
    if !guarded || may_change(&visit.origin, text("origin"), text("sec-fetch-site")) {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::WrongOrigin,
        "This request came from another site's page, so nothing was done.",
    ))
}

fn wants_socket(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::UPGRADE)
        .and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}
