//! The control API, which scripts faults and shows what happened. It needs no token, because only this machine can reach
//! it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::faults::Script;
use crate::job::Job as _;
use crate::prediction::Prediction;
use crate::server::App;

/// Everything under `/_control`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/_control/health", get(health))
        .route(
            "/_control/faults",
            get(list_faults).post(add_faults).delete(clear_faults),
        )
        .route(
            "/_control/requests",
            get(list_requests).delete(clear_requests),
        )
        .route("/_control/predictions", get(list_predictions))
        .route(
            "/_control/webhooks",
            get(list_webhooks).delete(clear_webhooks),
        )
}

async fn health() -> StatusCode {
    StatusCode::OK
}

async fn list_faults(State(app): State<Arc<App>>) -> Response {
    Json(app.faults.list()).into_response()
}

/// Accepts one script or a list of scripts.
async fn add_faults(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let scripts = match scripts(&body) {
        Ok(scripts) => scripts,
        Err(error) => return invalid(&error),
    };
    match app.faults.add(scripts, Instant::now()) {
        Ok(ids) => (StatusCode::CREATED, Json(json!({ "ids": ids }))).into_response(),
        Err(error) => invalid(&error),
    }
}

async fn clear_faults(State(app): State<Arc<App>>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(app): State<Arc<App>>) -> Response {
    Json(app.request_log.list()).into_response()
}

async fn clear_requests(State(app): State<Arc<App>>) -> StatusCode {
    app.request_log.clear();
    StatusCode::NO_CONTENT
}

async fn list_predictions(State(app): State<Arc<App>>) -> Response {
    let predictions: Vec<Value> = app
        .store
        .all()
        .iter()
        .map(|prediction| inspected(prediction, &app.origin))
        .collect();
    Json(predictions).into_response()
}

async fn list_webhooks(State(app): State<Arc<App>>) -> Response {
    Json(app.deliveries.list()).into_response()
}

async fn clear_webhooks(State(app): State<Arc<App>>) -> StatusCode {
    app.deliveries.clear();
    StatusCode::NO_CONTENT
}

fn scripts(body: &[u8]) -> Result<Vec<Script>, serde_json::Error> {
    let body: Value = serde_json::from_slice(body)?;
    if body.is_array() {
        serde_json::from_value(body)
    } else {
        serde_json::from_value(body).map(|script| vec![script])
    }
}

fn invalid(error: &dyn std::error::Error) -> Response {
    let body = json!({ "detail": error.to_string(), "status": 422 });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

/// The prediction that clients see, with what they do not see.
fn inspected(prediction: &Prediction, origin: &str) -> Value {
    let mut object = prediction.json(origin);
    object["version"] = Value::String(prediction.version.clone());
    object["unknown_inputs"] = json!(prediction.unknown_inputs);
    object["effective_input"] = prediction.effective.iter().cloned().collect::<Value>();
    object["faults"] = json!(prediction.faults);
    object["webhook"] = json!(prediction.webhook.as_ref().map(|webhook| &webhook.url));
    object["webhook_events_filter"] =
        json!(prediction.webhook.as_ref().map(|webhook| &webhook.events));
    object
}
