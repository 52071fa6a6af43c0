//! Predictions: create, read, list and cancel.

mod body;
mod create;

use axum::Json;
use axum::response::{IntoResponse as _, Response};

use crate::clock;
use crate::faults::Action;
use crate::http::errors::ApiError;
use crate::http::request::Request;
use crate::job::page::{Limits, Query};
use crate::job::{Job as _, Status};
use crate::server::App;
use crate::webhook::Event;

pub(crate) use create::{by_model as create_by_model, by_version as create_by_version};

/// Lists a page of predictions.
pub(crate) fn list(app: &App, request: &Request, faults: &[Action]) -> Result<Response, ApiError> {
    let query = Query::parse(request.query.as_deref())?;
    let mut predictions = app.store.all();
    predictions.retain(|prediction| prediction.is_listed(clock::now()));
    let page = query.page(&predictions, &app.origin, Limits::of(faults));
    Ok(Json(page).into_response())
}

/// Reads a prediction.
pub(crate) fn get(app: &App, id: &str, faults: &[Action]) -> Result<Response, ApiError> {
    let mut prediction = app.store.get(id).ok_or(ApiError::NotFound)?;
    if faults.contains(&Action::Stale {}) {
        prediction = prediction.into_created();
    }
    Ok(Json(prediction.json(&app.origin)).into_response())
}

/// Cancels a prediction. One that has ended stays as it is.
pub(crate) fn cancel(app: &App, id: &str) -> Result<Response, ApiError> {
    app.store.change(id, Event::Completed, |prediction| {
        prediction.finish(Status::Canceled, None);
    });
    get(app, id, &[])
}
