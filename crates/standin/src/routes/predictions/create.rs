//! Creates predictions.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tokio::sync::watch;

use super::body::CreateBody;
use crate::faults::{Action, JobFaults};
use crate::http::errors::ApiError;
use crate::http::headers;
use crate::http::request::Request;
use crate::job::{Job as _, Status, Times};
use crate::model::Runnable;
use crate::prediction::Prediction;
use crate::prediction::run;
use crate::random;
use crate::routes::UnknownInputs;
use crate::server::App;

/// `POST /predictions`, with the version in the body.
pub(crate) async fn by_version(
    app: &Arc<App>,
    request: &Request,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let body = CreateBody::parse(request.json()?, true)?;
    let version = body.version.unwrap_or_default();
    let runnable = app
        .catalogue
        .of_version(version)
        .ok_or(ApiError::InvalidVersion)?;
    create(app, request, &runnable, body, faults).await
}

/// `POST /models/{owner}/{name}/predictions`, for official models only.
pub(crate) async fn by_model(
    app: &Arc<App>,
    request: &Request,
    owner: &str,
    name: &str,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let runnable = app.catalogue.official(owner, name);
    let runnable = runnable.ok_or(ApiError::NotFound)?;
    let body = CreateBody::parse(request.json()?, false)?;
    create(app, request, &runnable, body, faults).await
}

async fn create(
    app: &Arc<App>,
    request: &Request,
    runnable: &Runnable,
    body: CreateBody<'_>,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let wait = headers::wait(&request.headers)?;
    let cancel_after = headers::cancel_after(&request.headers)?;
    let violations = runnable.version.schema.inputs.check(body.input);
    if !violations.is_empty() {
        return Err(ApiError::InvalidInput(violations));
    }
    let prediction = new(app, runnable, body, cancel_after, faults);
    let reports = app.report(&prediction, &prediction.faults);
    let mut status = app.store.insert(prediction.clone(), reports);
    run::start(app, &prediction, cancel_after, status.clone());
    let (code, state) = match wait {
        None => (StatusCode::CREATED, prediction.clone()),
        Some(wait) => hold(app, &prediction, &mut status, wait).await,
    };
    let mut response = (code, Json(state.json(&app.origin))).into_response();
    if let Ok(url) = HeaderValue::from_str(&prediction.url(&app.origin)) {
        response.headers_mut().insert(header::LOCATION, url);
    }
    response
        .extensions_mut()
        .insert(UnknownInputs(prediction.unknown_inputs));
    Ok(response)
}

/// Holds the response until the prediction has ended. After `wait` it shows the prediction as created, because clients
/// take any status but `starting` for the end.
async fn hold(
    app: &App,
    created: &Prediction,
    status: &mut watch::Receiver<Status>,
    wait: Duration,
) -> (StatusCode, Prediction) {
    let ended = tokio::time::timeout(wait, status.wait_for(|status| status.is_terminal())).await;
    match ended.ok().and_then(|_| app.store.get(&created.id)) {
        Some(prediction) => (StatusCode::CREATED, prediction),
        None => (StatusCode::ACCEPTED, created.clone()),
    }
}

fn new(
    app: &App,
    runnable: &Runnable,
    body: CreateBody<'_>,
    cancel_after: Option<Duration>,
    faults: &[Action],
) -> Prediction {
    let inputs = &runnable.version.schema.inputs;
    // Secrets are redacted first, because the picture shows all effective inputs.
    let input = inputs.redacted(body.input);
    let times = Times::starting_now();
    let deadline = cancel_after.map(|time| app.speed.shorten(time));
    Prediction {
        id: random::prediction_id(),
        number: 0,
        model: runnable.model.clone(),
        shown_version: runnable.shown_version().to_owned(),
        version: runnable.version.id.clone(),
        unknown_inputs: inputs.unknown(&input),
        effective: with_seed(inputs.effective(&input)),
        input,
        faults: JobFaults::from_actions(faults),
        webhook: body.webhook,
        token: random::delivery_token(),
        status: Status::Starting,
        times,
        deadline: deadline.and_then(|time| times.created.checked_add(time).ok()),
        logs: String::new(),
        output: None,
        error: None,
        data_removed: false,
    }
}

/// Adds a random seed of 16 bits if the seed is absent or 0.
fn with_seed(mut inputs: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let is_zero = |value: &Value| value.as_f64() == Some(0.0);
    inputs.retain(|(name, value)| name != "seed" || !is_zero(value));
    if !inputs.iter().any(|(name, _)| name == "seed") {
        inputs.push(("seed".to_owned(), random::seed().into()));
    }
    inputs
}
