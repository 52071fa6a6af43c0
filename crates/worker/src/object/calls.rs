//! The front Worker's calls: typed requests as JSON, each at an address of its own.

use axum::Router;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use selfsame_primitives::ids::RequestId;
use selfsame_studio::{
    AddModel, Authenticated, BeginSession, CheckOperator, Hint, LocatePicture, OpenStudio,
    ReinstatePerson, SuspendPerson,
};
use worker::Error;

use super::routes::Object;
use crate::boundary::Call;
use crate::http::request::PlatformRequest;
use crate::http::response::{REQUEST_ID, json};
use crate::http::{ApiError, body};
use crate::platform;

/// The most bytes that a call may have. A model with its input schema is the largest.
const LIMIT: usize = 4 * 1024 * 1024;

/// Adds the address of every call to a router.
pub(super) fn add_to(router: Router<Object>) -> Router<Object> {
    let router = add::<OpenStudio>(router);
    let router = add::<SuspendPerson>(router);
    let router = add::<ReinstatePerson>(router);
    let router = add::<AddModel>(router);
    let router = add::<BeginSession>(router);
    let router = add::<Hint>(router);
    let router = add::<Authenticated<CheckOperator>>(router);
    add::<Authenticated<LocatePicture>>(router)
}

fn add<R: Call + 'static>(router: Router<Object>) -> Router<Object> {
    router.route(R::PATH, post(serve::<R>))
}

#[worker::send]
async fn serve<R: Call + 'static>(
    State(object): State<Object>,
    Extension(id): Extension<RequestId>,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let body = body::read(&request, LIMIT).await?;
    let call: R = serde_json::from_slice(&body).map_err(ApiError::internal)?;
    match object.ask(call).await {
        Ok(reply) => json(&reply),
        Err(error) => {
            error.log(&id);
            let status = error.status();
            Ok((status, json(&error.into_refusal())?).into_response())
        }
    }
}

/// The id of the request that the front Worker serves when it makes a call.
pub(super) fn request_id(call: &PlatformRequest) -> Result<RequestId, Error> {
    let id = call.header(REQUEST_ID);
    match id.and_then(|id| id.parse().ok()) {
        Some(id) => Ok(id),
        None => Ok(RequestId::mint(platform::now(), platform::random()?)),
    }
}
