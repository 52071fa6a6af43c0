//! Models and their versions.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::http::errors::ApiError;
use crate::model::{Model, STUDIO, Version};
use crate::server::App;

/// How long a version exists after its deletion was accepted. The real service says that it may take a few minutes.
const DELETION: Duration = Duration::from_mins(1);

/// Lists the public models. Private ones are never listed.
pub(crate) fn list(app: &App) -> Response {
    page(app.catalogue.public().iter().map(Model::json))
}

/// Reads a model.
pub(crate) fn get(app: &App, owner: &str, name: &str) -> Result<Response, ApiError> {
    Ok(Json(find(app, owner, name)?.json()).into_response())
}

/// Lists the versions of a model, newest first.
pub(crate) fn versions(app: &App, owner: &str, name: &str) -> Result<Response, ApiError> {
    let model = find(app, owner, name)?;
    Ok(page(model.versions.iter().map(Version::json)))
}

/// Reads a version.
pub(crate) fn version(app: &App, owner: &str, name: &str, id: &str) -> Result<Response, ApiError> {
    let model = find(app, owner, name)?;
    let version = model.version(id).ok_or(ApiError::NotFound)?;
    Ok(Json(version.json()).into_response())
}

/// Accepts the deletion of a version of an own, private model, and deletes it later together with its predictions.
pub(crate) fn delete_version(
    app: &Arc<App>,
    owner: &str,
    name: &str,
    id: &str,
) -> Result<Response, ApiError> {
    let model = find(app, owner, name)?;
    let version = model.version(id).ok_or(ApiError::NotFound)?.id.clone();
    if model.official || model.owner != STUDIO {
        return Err(ApiError::Other {
            status: StatusCode::FORBIDDEN,
            detail: "You can only delete versions from private models that you own.".to_owned(),
        });
    }
    let app = Arc::clone(app);
    tokio::spawn(async move {
        tokio::time::sleep(app.speed.shorten(DELETION)).await;
        app.catalogue.remove_version(&version);
        app.store.remove(|prediction| prediction.version == version);
    });
    Ok(StatusCode::ACCEPTED.into_response())
}

fn find(app: &App, owner: &str, name: &str) -> Result<Model, ApiError> {
    app.catalogue.named(owner, name).ok_or(ApiError::NotFound)
}

fn page(results: impl Iterator<Item = Value>) -> Response {
    let results: Value = results.collect();
    Json(json!({ "next": null, "previous": null, "results": results })).into_response()
}
