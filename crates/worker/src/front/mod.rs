//! The front Worker: authenticates requests, and hands a person's requests over to their object.
//!
//! It serves what is not one person's itself: the Worker's health, signing in, providers'
//! webhooks, the operator's routes, pictures' bytes and the page. It reads no body of a request that it hands over.

mod archive;
mod context;
mod deletion;
mod email;
mod export;
mod hooks;
mod images;
mod more;
mod object;
mod operator;
mod public;
mod rate_limit;
mod self_service;
mod session;
mod shared;
mod sign_in;
mod webhook_key;
mod zip;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use worker::{Env, web_sys};

use crate::boundary::paths;
use crate::http::ApiError;
use crate::http::body;
use crate::http::request::{PlatformRequest, route};
use crate::http::response::finish;
use context::RequestContext;
use object::{HandedOver, hand_over};

/// Where providers' webhooks come: signed, and not from a browser.
const HOOKS: &str = "/hooks/";

thread_local! {
    static ROUTER: Router = router();
}

/// Serves one request.
pub(crate) async fn serve(
    request: web_sys::Request,
    env: Env,
    invocation: worker::Context,
) -> worker::Result<web_sys::Response> {
    let context = RequestContext::begin(&request.url(), env, invocation)?;
    let request = PlatformRequest::new(request);
    let mut response = respond(&request, &context)
        .await
        .unwrap_or_else(ApiError::into_response);
    if let Some(HandedOver(response)) = response.extensions_mut().remove() {
        return Ok(response.0);
    }
    body::discard(&request).await;
    let method = request.method()?;
    let response = finish(response, &method, &context.id).await?;
    Ok(response.into())
}

async fn respond(
    request: &PlatformRequest,
    context: &RequestContext,
) -> Result<Response, ApiError> {
    let mut routed = request.to_axum()?;
    check_origin(routed.method(), routed.uri().path(), request, context)?;
    routed.extensions_mut().insert(context.clone());
    Ok(route(ROUTER.with(Router::clone), routed).await)
}

fn router() -> Router {
    operator_routes(series_routes(Router::new()))
        .route("/api/health", get(public::health))
        .route(
            paths::SESSION,
            post(sign_in::sign_in).delete(sign_in::sign_out),
        )
        .route("/api/sign-in-links", post(self_service::send_link))
        .route(paths::SIGN_INS, get(hand_over).delete(hand_over))
        .route(paths::SIGN_IN, delete(hand_over))
        .route(paths::NOTICES, delete(hand_over))
        .route(paths::ALLOWANCE, get(hand_over))
        .route("/api/me/allowance/request", post(more::ask_for_more))
        .route("/api/me/email", get(email::show).delete(email::remove))
        .route(paths::ACCESS_LOG, get(hand_over))
        .route(paths::ME, get(hand_over).delete(deletion::delete_me))
        .route("/api/deletions/{id}", get(deletion::receipt))
        .route(paths::MODELS, get(hand_over))
        .route(paths::ENHANCEMENTS, get(hand_over))
        .route(paths::GENERATIONS, get(hand_over).post(hand_over))
        .route(paths::GENERATION, get(hand_over).delete(hand_over))
        .route(paths::CANCEL, post(hand_over))
        .route(paths::PICTURES, get(hand_over))
        .route(paths::PICTURE_CHANGES, post(hand_over))
        .route(paths::ALBUMS, get(hand_over).post(hand_over))
        .route(
            paths::ALBUM,
            get(hand_over).patch(hand_over).delete(hand_over),
        )
        .route(paths::PICTURE, get(hand_over).delete(hand_over))
        .route(paths::PRESETS, get(hand_over).post(hand_over))
        .route(
            paths::PRESET,
            get(hand_over).patch(hand_over).delete(hand_over),
        )
        .route(paths::PRESETS_EXPORT, get(hand_over))
        .route(paths::PRESETS_IMPORT, post(hand_over))
        .route(paths::SHARE_PICTURE, post(hand_over))
        .route(paths::SHARE_LINKS, get(hand_over))
        .route(paths::SHARE_LINK, delete(hand_over))
        .route(paths::CONVERSATIONS, get(hand_over).post(hand_over))
        .route(
            paths::CONVERSATION,
            get(hand_over).patch(hand_over).delete(hand_over),
        )
        .route(paths::TURNS, post(hand_over))
        .route(paths::CONVERSATION_RESTORE, post(hand_over))
        .route(paths::BIN, get(hand_over).delete(hand_over))
        .route(paths::BINNED, delete(hand_over))
        .route(paths::RESTORE, post(hand_over))
        .route(paths::EVENTS, get(hand_over))
        .route("/api/me/export", get(export::archive))
        .route("/api/images/{id}", get(images::bytes))
        .route("/api/pictures/archive", post(archive::pictures))
        .route("/s/{token}", get(shared::picture))
        .route(
            "/hooks/replicate/{user}/{generation}/{nonce}",
            post(hooks::replicate),
        )
        .fallback(public::page)
}

/// Adds the operator's routes.
fn operator_routes(router: Router) -> Router {
    router
        .route(
            "/api/operator/people",
            get(operator::list).post(operator::create),
        )
        .route(
            "/api/operator/people/{id}",
            get(operator::show).delete(operator::remove),
        )
        .route(
            "/api/operator/people/{id}/allowance",
            post(operator::change_allowance),
        )
        .route("/api/operator/inbox", get(operator::inbox))
        .route("/api/operator/inbox/{id}", delete(operator::decline))
        .route("/api/operator/people/{id}/link", post(operator::link))
        .route(
            "/api/operator/people/{id}/revoke-links",
            post(operator::revoke_links),
        )
        .route("/api/operator/people/{id}/email", put(operator::set_email))
        .route("/api/operator/link-requests", get(operator::link_requests))
        .route(
            "/api/operator/link-requests/{id}",
            delete(operator::decline_link),
        )
        .route(
            "/api/operator/link-requests/{id}/approve",
            post(operator::approve_link),
        )
        .route("/api/operator/audit", get(operator::audit))
        .route("/api/operator/enhancements", get(operator::enhancements))
        .route(
            "/api/operator/enhancements/{id}",
            put(operator::put_enhancement),
        )
        .route(
            "/api/operator/enhancements/{id}/retire",
            post(operator::retire_enhancement),
        )
        .route(
            "/api/operator/people/{id}/models",
            get(operator::models).post(operator::bind),
        )
        .route(
            "/api/operator/people/{id}/models/{model}",
            delete(operator::unbind),
        )
        .route(
            "/api/operator/people/{id}/models/{model}/retire",
            post(operator::retire),
        )
        .route(
            "/api/operator/people/{id}/models/{model}/transfer",
            post(operator::transfer),
        )
        .route(
            "/api/operator/people/{id}/models/{model}/canary",
            post(operator::check),
        )
        .route(
            "/api/operator/people/{id}/models/{model}/canary/off",
            get(operator::canary_off),
        )
        .route(
            "/api/operator/people/{id}/models/{model}/canary/on",
            get(operator::canary_on),
        )
        .route("/api/operator/people/{id}/suspend", post(operator::suspend))
        .route(
            "/api/operator/people/{id}/reinstate",
            post(operator::reinstate),
        )
}

fn series_routes(router: Router) -> Router {
    router
        .route(paths::SHOOTS, post(hand_over))
        .route(paths::COMPARISONS, post(hand_over))
        .route(paths::SERIES, get(hand_over))
        .route(
            paths::SERIES_BY_ID,
            get(hand_over).patch(hand_over).delete(hand_over),
        )
        .route(paths::PAUSE, post(hand_over))
        .route(paths::RESUME, post(hand_over))
        .route(paths::CANCEL_REST, post(hand_over))
        .route(paths::RESTORE_SERIES, post(hand_over))
        .route(paths::RETRY, post(hand_over))
        .route(paths::REDO, post(hand_over))
        .route(paths::VOTES, post(hand_over))
        .route(paths::PREFERENCES, get(hand_over))
}

/// Refuses what another site's page caused; see [`crate::http::origin`]. A provider's webhook is signed instead.
fn check_origin(
    method: &axum::http::Method,
    path: &str,
    request: &PlatformRequest,
    context: &RequestContext,
) -> Result<(), ApiError> {
    // A browser may open a socket to another site's address; everything else by GET is only read by its own page.
    let guarded = !method.is_safe() || path == paths::EVENTS;
    if !guarded || path.starts_with(HOOKS) {
        return Ok(());
    }
    let (origin, site) = (request.header("origin"), request.header("sec-fetch-site"));
    if crate::http::origin::may_change(&context.origin, origin.as_deref(), site.as_deref()) {
        return Ok(());
    }
    Err(ApiError::new(
        selfsame_api::ErrorCode::WrongOrigin,
        "This request came from another site's page, so nothing was done.",
    ))
}
