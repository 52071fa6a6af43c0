//! Creating a prediction.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};
use tokio::sync::watch;

use super::UnknownInputs;
use crate::app::App;
use crate::catalogue::Model;
use crate::chance;
use crate::clock;
use crate::errors::ApiError;
use crate::faults::{Action, Fate};
use crate::headers;
use crate::life;
use crate::prediction::{Prediction, Status};
use crate::request::Request;
use crate::webhook::{Event, Hook, Reporter, channel};

mod envelope;

use envelope::Envelope;

/// `POST /predictions`: the body names the version.
pub(crate) async fn by_version(
    app: &Arc<App>,
    request: &Request,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let envelope = Envelope::read(request.json()?, true)?;
    let version = envelope.version.unwrap_or_default();
    let model = app
        .catalogue
        .of_version(version)
        .ok_or(ApiError::InvalidVersion)?;
    create(app, request, model, envelope, faults).await
}

/// `POST /models/{owner}/{name}/predictions`: official models only.
pub(crate) async fn by_model(
    app: &Arc<App>,
    request: &Request,
    owner: &str,
    name: &str,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let model = app
        .catalogue
        .named(owner, name)
        .filter(|model| model.official);
    let model = model.ok_or(ApiError::NotFound)?;
    let envelope = Envelope::read(request.json()?, false)?;
    create(app, request, model, envelope, faults).await
}

async fn create(
    app: &Arc<App>,
    request: &Request,
    model: &Model,
    envelope: Envelope<'_>,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let wait = headers::wait(&request.headers)?;
    let life = headers::cancel_after(&request.headers)?;
    let violations = model.dialect.inputs.check(envelope.input);
    if !violations.is_empty() {
        return Err(ApiError::InvalidInput(violations));
    }
    let prediction = new(app, model, envelope, life, faults);
    let reports = reporter(app, &prediction);
    let mut status = app.store.insert(prediction.clone(), reports);
    life::begin(app, &prediction, life, status.clone());
    let (code, shown) = match wait {
        None => (StatusCode::CREATED, prediction.clone()),
        Some(wait) => hold(app, &prediction, &mut status, wait).await,
    };
    let mut response = (code, Json(shown.json(&app.origin))).into_response();
    if let Ok(address) = HeaderValue::from_str(&prediction.address(&app.origin)) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
        .extensions_mut()
        .insert(UnknownInputs(prediction.unknown_inputs));
    Ok(response)
}

/// Holds the answer back until the prediction has ended. If that takes too long, clients must see `starting` and no
/// output: they take any other status for the end.
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
    model: &Model,
    envelope: Envelope<'_>,
    life: Option<Duration>,
    faults: &[Action],
) -> Prediction {
    let inputs = &model.dialect.inputs;
    // Redacted first: what the model runs with is drawn on the picture.
    let input = inputs.redacted(envelope.input);
    let created_at = clock::now();
    let deadline = life.map(|life| app.pace.shorten(life));
    Prediction {
        id: chance::prediction_id(),
        number: 0,
        model: model.full_name(),
        shown_version: model.shown_version().to_owned(),
        version: model.version.clone(),
        unknown_inputs: inputs.unknown(&input),
        effective: seeded(inputs.effective(&input)),
        input,
        fate: Fate::of(faults),
        webhook: envelope.webhook,
        token: chance::delivery_token(),
        status: Status::Starting,
        created_at,
        started_at: None,
        completed_at: None,
        deadline: deadline.and_then(|life| created_at.checked_add(life).ok()),
        logs: String::new(),
        output: None,
        error: None,
        data_removed: false,
    }
}

/// No seed and seed 0 both mean a random one of 16 bits.
fn seeded(mut inputs: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let zero = |value: &Value| value.as_f64() == Some(0.0);
    inputs.retain(|(name, value)| name != "seed" || !zero(value));
    if !inputs.iter().any(|(name, _)| name == "seed") {
        inputs.push(("seed".to_owned(), chance::seed().into()));
    }
    inputs
}

fn reporter(
    app: &App,
    prediction: &Prediction,
) -> Option<tokio::sync::mpsc::UnboundedSender<crate::webhook::Report>> {
    let hook = prediction.webhook.as_ref()?;
    let (sender, receiver) = channel();
    let reporter = Reporter {
        prediction: prediction.id.clone(),
        url: hook.url.clone(),
        fate: prediction.fate.clone(),
        pace: app.pace,
        agent: app.agent.clone(),
        deliveries: Arc::clone(&app.deliveries),
    };
    tokio::spawn(reporter.run(receiver));
    Some(sender)
}
