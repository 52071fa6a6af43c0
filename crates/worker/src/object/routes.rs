//! The object's router: the person's API, and the front Worker's calls. It is built once in the object's life.

use std::rc::Rc;

use axum::Router;
use axum::response::{IntoResponse as _, Response as AxumResponse};
use axum::routing::{delete, get, post};
use selfsame_primitives::ids::RequestId;
use selfsame_studio::Request;
use worker::send::SendWrapper;
use worker::{Error, Response};

use super::shell::Shell;
use super::{account, caller, calls, generations, pictures, sockets};
use crate::boundary::{self, paths};
use crate::http::request::{PlatformRequest, route};
use crate::http::response::finish;
use crate::http::{ApiError, body};

/// The object, as its handlers reach it.
#[derive(Clone)]
pub(super) struct Object(SendWrapper<Rc<Shell>>);

impl Object {
    /// Makes a request of the studio and does all that follows from it.
    pub(super) async fn ask<R: Request>(&self, request: R) -> Result<R::Reply, ApiError> {
        Ok(self
            .0
            .turn(|studio, now| studio.handle(now, request))
            .await?)
    }

    /// The shell around the studio.
    pub(super) fn shell(&self) -> &Rc<Shell> {
        &self.0
    }
}

/// The router of the object behind `shell`.
pub(super) fn router(shell: Rc<Shell>) -> Router {
    let router = Router::new()
        .route(paths::ME, get(account::show))
        .route(paths::SESSION, delete(account::sign_out))
        .route(paths::MODELS, get(account::models))
        .route(
            paths::GENERATIONS,
            get(generations::list).post(generations::create),
        )
        .route(paths::GENERATION, get(generations::show))
        .route(paths::CANCEL, post(generations::cancel))
        .route(paths::PICTURE, get(pictures::show).delete(pictures::remove))
        .route(paths::EVENTS, get(sockets::open));
    calls::add_to(router)
        .fallback(async || ApiError::not_found())
        .with_state(Object(SendWrapper::new(shell)))
}

/// Serves one request from the front Worker.
pub(super) async fn serve(router: Router, request: worker::Request) -> Result<Response, Error> {
    // `web_sys::Request` has a `clone` of its own, which copies the body; this copies the handle.
    let request = PlatformRequest::new(Clone::clone(request.inner()));
    let caller = caller::named_in(&request);
    let id = match &caller {
        Ok(Some(caller)) => caller.request.clone(),
        _ => calls::request_id(&request)?,
    };
    let response = respond(router, &request, caller, &id).await;
    let response = response.unwrap_or_else(ApiError::into_response);
    body::discard(&request).await;
    finish(response, &request.method()?, &id).await
}

async fn respond(
    router: Router,
    request: &PlatformRequest,
    caller: Result<Option<boundary::Caller>, ApiError>,
    id: &RequestId,
) -> Result<AxumResponse, ApiError> {
    let mut inner = request.to_axum()?;
    inner.extensions_mut().insert(id.clone());
    if let Some(caller) = caller? {
        inner.extensions_mut().insert(caller);
    }
    Ok(route(router, inner).await)
}
