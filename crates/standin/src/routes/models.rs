//! Models and their versions.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::http::errors::ApiError;
use crate::model::Model;
use crate::server::App;

/// Lists the public models. Private ones are never listed.
pub(crate) fn list(app: &App) -> Response {
    page(&app.catalogue.public().map(Model::json).collect::<Vec<_>>())
}

/// Reads a model.
pub(crate) fn get(app: &App, owner: &str, name: &str) -> Result<Response, ApiError> {
    Ok(Json(find(app, owner, name)?.json()).into_response())
}

/// Lists the one version of a model.
pub(crate) fn versions(app: &App, owner: &str, name: &str) -> Result<Response, ApiError> {
    Ok(page(&[find(app, owner, name)?.version_json()]))
}

/// Reads a version.
pub(crate) fn version(app: &App, owner: &str, name: &str, id: &str) -> Result<Response, ApiError> {
    let model = find(app, owner, name)?;
    if model.version == id {
        Ok(Json(model.version_json()).into_response())
    } else {
        Err(ApiError::NotFound)
    }
}

fn find<'a>(app: &'a App, owner: &str, name: &str) -> Result<&'a Model, ApiError> {
    app.catalogue.named(owner, name).ok_or(ApiError::NotFound)
}

fn page(results: &[Value]) -> Response {
    Json(json!({ "next": null, "previous": null, "results": results })).into_response()
}
