//! Looking at predictions and stopping them.

use axum::Json;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::errors::ApiError;
use crate::paging::Query;
use crate::prediction::Status;
use crate::request::Request;
use crate::webhook::Event;

/// A page of predictions.
pub(crate) fn list(app: &App, request: &Request) -> Result<Response, ApiError> {
    let query = Query::of(request.query.as_deref())?;
    Ok(Json(query.page(&app.store.all(), &app.origin)).into_response())
}

/// One prediction.
pub(crate) fn get(app: &App, id: &str) -> Result<Response, ApiError> {
    let prediction = app.store.get(id).ok_or(ApiError::NotFound)?;
    Ok(Json(prediction.json(&app.origin)).into_response())
}

/// Stops a prediction; one that has ended is returned as it is.
pub(crate) fn cancel(app: &App, id: &str) -> Result<Response, ApiError> {
    app.store.change(id, Event::Completed, |prediction| {
        prediction.finish(Status::Canceled, None);
    });
    get(app, id)
}
