//! The routes of the API: what each endpoint does.

mod control;
mod files;
mod models;
mod outputs;
mod predictions;
mod stream;
mod trainings;
mod webhook_fields;

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::faults::Action;
use crate::http::errors::ApiError;
use crate::http::headers::authenticate;
use crate::http::path::{ApiPath, Endpoint};
use crate::http::request::Request;
use crate::server::App;
use crate::webhook::SECRET;

pub(crate) use control::router as control;

/// Inputs that the version does not know. A create leaves them in the response's extensions for the request log.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnknownInputs(pub(crate) Vec<String>);

/// Executes a request with a known path.
pub(crate) async fn dispatch(
    app: &Arc<App>,
    request: &Request,
    path: ApiPath<'_>,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let Some(endpoint) = path.endpoint(&request.method) else {
        return Err(ApiError::MethodNotAllowed {
            method: request.method.clone(),
            allowed: path.allowed(),
        });
    };
    // As on the real delivery and streaming hosts, only the unguessable URL protects outputs and streams. Downloads are
    // signed.
    let has_own_proof = matches!(
        path,
        ApiPath::Output { .. } | ApiPath::Stream { .. } | ApiPath::Download { .. }
    );
    if !has_own_proof {
        authenticate(&request.headers, &app.token)?;
    }
    match path {
        ApiPath::Account => Ok(account()),
        ApiPath::Secret => Ok(Json(json!({ "key": SECRET })).into_response()),
        ApiPath::Models => Ok(models::list(app)),
        ApiPath::Model { owner, name } => models::get(app, owner, name),
        ApiPath::Versions { owner, name } => models::versions(app, owner, name),
        ApiPath::Version { owner, name, id } if endpoint == Endpoint::DeleteVersion => {
            models::delete_version(app, owner, name, id)
        }
        ApiPath::Version { owner, name, id } => models::version(app, owner, name, id),
        ApiPath::ModelPredictions { owner, name } => {
            predictions::create_by_model(app, request, owner, name, faults).await
        }
        ApiPath::Predictions if endpoint == Endpoint::Create => {
            predictions::create_by_version(app, request, faults).await
        }
        ApiPath::Predictions => predictions::list(app, request, faults),
        ApiPath::Prediction { id } => predictions::get(app, id, faults),
        ApiPath::Cancel { id } => predictions::cancel(app, id),
        ApiPath::Train { owner, name, id } => {
            trainings::create(app, request, (owner, name, id), faults)
        }
        ApiPath::Trainings => trainings::list(app, request),
        ApiPath::Training { id } => trainings::get(app, id),
        ApiPath::CancelTraining { id } => trainings::cancel(app, id),
        ApiPath::Files if endpoint == Endpoint::Upload => files::create(app, request).await,
        ApiPath::Files => files::list(app, request),
        ApiPath::File { id } if request.method == "DELETE" => files::delete(app, id),
        ApiPath::File { id } => files::get(app, id),
        ApiPath::Download { id } => files::download(app, request, id),
        ApiPath::Stream { token } => stream::get(app, token),
        ApiPath::Output { token, file } => outputs::get(app, token, file, faults).await,
    }
}

fn account() -> Response {
    let account = json!({
        "type": "organization",
        "username": crate::model::STUDIO,
        "name": "The studio (stand-in)",
        "github_url": "https://github.com/studio",
    });
    Json(account).into_response()
}
