//! Trainings: create, read, list and cancel.

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};

use super::webhook_fields;
use crate::faults::{Action, JobFaults};
use crate::http::errors::ApiError;
use crate::http::request::Request;
use crate::job::page::{Limits, Query};
use crate::job::{Job as _, Status, Times};
use crate::model::STUDIO;
use crate::model::schema::Violation;
use crate::random;
use crate::server::App;
use crate::training::{Training, run};
use crate::webhook::{Event, Webhook};

/// Creates a training of any version. Its input is not checked.
pub(crate) fn create(
    app: &Arc<App>,
    request: &Request,
    (owner, name, version): (&str, &str, &str),
    faults: &[Action],
) -> Result<Response, ApiError> {
    let model = app.catalogue.named(owner, name).ok_or(ApiError::NotFound)?;
    let version = model.version(version).ok_or(ApiError::NotFound)?;
    let body = TrainingBody::parse(request.json()?)?;
    let is_own = |(owner, name)| owner == STUDIO && app.catalogue.named(owner, name).is_some();
    if !body.destination.split_once('/').is_some_and(is_own) {
        let text = "The destination must be an existing model of this account.";
        return Err(ApiError::Unprocessable(text.to_owned()));
    }
    let training = Training {
        id: random::prediction_id(),
        number: 0,
        model: model.full_name(),
        version: version.id.clone(),
        destination: body.destination.to_owned(),
        input: body.input.clone(),
        faults: JobFaults::from_actions(faults),
        webhook: body.webhook,
        status: Status::Starting,
        times: Times::starting_now(),
        logs: String::new(),
        output: None,
        error: None,
    };
    let reports = app.report(&training, &training.faults);
    app.trainings.insert(training.clone(), reports);
    run::start(app, &training);
    Ok((StatusCode::CREATED, Json(training.json(&app.origin))).into_response())
}

/// Lists a page of trainings.
pub(crate) fn list(app: &App, request: &Request) -> Result<Response, ApiError> {
    let query = Query::parse(request.query.as_deref())?;
    let page = query.page(&app.trainings.all(), &app.origin, Limits::of(&[]));
    Ok(Json(page).into_response())
}

/// Reads a training.
pub(crate) fn get(app: &App, id: &str) -> Result<Response, ApiError> {
    let training = app.trainings.get(id).ok_or(ApiError::NotFound)?;
    Ok(Json(training.json(&app.origin)).into_response())
}

/// Cancels a training. One that has ended stays as it is.
pub(crate) fn cancel(app: &App, id: &str) -> Result<Response, ApiError> {
    app.trainings.change(id, Event::Completed, |training| {
        training.finish(Status::Canceled, None);
    });
    get(app, id)
}

/// A valid body of a create.
struct TrainingBody<'a> {
    destination: &'a str,
    input: &'a Map<String, Value>,
    webhook: Option<Webhook>,
}

impl<'a> TrainingBody<'a> {
    fn parse(body: &'a Value) -> Result<Self, ApiError> {
        let Some(body) = body.as_object() else {
            let violation = Violation::invalid_type("", "object", body);
            return Err(ApiError::InvalidInput(vec![violation]));
        };
        let mut violations = Vec::new();
        let destination = body.get("destination");
        let input = body.get("input");
        match destination {
            None => violations.push(Violation::required("", "destination")),
            Some(Value::String(_)) => {}
            Some(other) => violations.push(Violation::invalid_type("destination", "string", other)),
        }
        match input {
            None => violations.push(Violation::required("", "input")),
            Some(Value::Object(_)) => {}
            Some(other) => violations.push(Violation::invalid_type("input", "object", other)),
        }
        let webhook = webhook_fields::read(body, &mut violations);
        match (destination, input) {
            (Some(Value::String(destination)), Some(Value::Object(input)))
                if violations.is_empty() =>
            {
                Ok(Self {
                    destination,
                    input,
                    webhook,
                })
            }
            _ => Err(ApiError::InvalidInput(violations)),
        }
    }
}
