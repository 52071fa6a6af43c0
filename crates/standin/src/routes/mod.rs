//! The routes of the API.

mod control;
mod create;
mod models;
mod outputs;
mod predictions;

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::app::App;
use crate::errors::ApiError;
use crate::faults::Action;
use crate::headers::authenticate;
use crate::request::Request;
use crate::target::{Endpoint, Target};
use crate::webhook::SECRET;

pub(crate) use control::router as control;

/// Inputs that the version does not know; a create leaves them in its answer's extensions for the record.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnknownInputs(pub(crate) Vec<String>);

/// Answers a request whose path means something.
pub(crate) async fn dispatch(
    app: &Arc<App>,
    request: &Request,
    target: Target<'_>,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let Some(endpoint) = target.endpoint(&request.method) else {
        return Err(ApiError::MethodNotAllowed {
            method: request.method.clone(),
            allowed: target.allowed(),
        });
    };
    // Outputs are guarded by their address alone, as on the real delivery host.
    if endpoint != Endpoint::Output {
        authenticate(&request.headers)?;
    }
    match target {
        Target::Account => Ok(account()),
        Target::Secret => Ok(Json(json!({ "key": SECRET })).into_response()),
        Target::Models => Ok(models::list(app)),
        Target::Model { owner, name } => models::get(app, owner, name),
        Target::Versions { owner, name } => models::versions(app, owner, name),
        Target::Version { owner, name, id } => models::version(app, owner, name, id),
        Target::ModelPredictions { owner, name } => {
            create::by_model(app, request, owner, name, faults).await
        }
        Target::Predictions if endpoint == Endpoint::Create => {
            create::by_version(app, request, faults).await
        }
        Target::Predictions => predictions::list(app, request),
        Target::Prediction { id } => predictions::get(app, id),
        Target::Cancel { id } => predictions::cancel(app, id),
        Target::Output { token, file } => outputs::get(app, token, file, faults).await,
    }
}

fn account() -> Response {
    let account = json!({
        "type": "organization",
        "username": crate::catalogue::STUDIO,
        "name": "The studio (stand-in)",
        "github_url": "https://github.com/studio",
    });
    Json(account).into_response()
}
