//! The front door: every request of the API and every fetch of an output is recorded here, meets its faults here, and
//! only then reaches its route.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::body;
use crate::errors::ApiError;
use crate::faults::{Action, Circumstance};
use crate::request::Request;
use crate::routes::{self, UnknownInputs};
use crate::target::{Endpoint, Target};

/// Answers one request.
pub(crate) async fn answer(
    State(app): State<Arc<App>>,
    request: axum::http::Request<Body>,
) -> Response {
    let request = match Request::read(request).await {
        Ok(request) => request,
        Err(error) => return error.into_response(),
    };
    let target = Target::of(&request.path);
    let endpoint = target.and_then(|target| target.endpoint(&request.method));
    let faults = match (target, endpoint) {
        (Some(target), Some(endpoint)) => faults(&app, &request, target, endpoint),
        _ => Vec::new(),
    };
    let number = app.record.arrived(&request, endpoint, &faults);
    let mut response = exchange(&app, &request, target, &faults).await;
    let unknown = response
        .extensions_mut()
        .remove::<UnknownInputs>()
        .unwrap_or_default();
    let silent = faults
        .iter()
        .any(|fault| matches!(fault, Action::Drop {} | Action::AcceptThenDrop {}));
    let status = (!silent).then(|| response.status().as_u16());
    app.record.answered(number, status, unknown.0);
    response
}

/// The faults this request meets.
fn faults(app: &App, request: &Request, target: Target<'_>, endpoint: Endpoint) -> Vec<Action> {
    let known = match target {
        Target::Prediction { id } | Target::Cancel { id } => app.store.get(id),
        Target::Output { token, .. } => app.store.by_token(token),
        _ => None,
    };
    let named = |owner: &str, name: &str| Some(format!("{owner}/{name}"));
    let model = match target {
        Target::Model { owner, name }
        | Target::ModelPredictions { owner, name }
        | Target::Versions { owner, name }
        | Target::Version { owner, name, .. } => named(owner, name),
        _ if endpoint == Endpoint::Create => {
            let version = request.text("/version").unwrap_or_default();
            app.catalogue
                .of_version(version)
                .map(crate::catalogue::Model::full_name)
        }
        _ => known.as_ref().map(|prediction| prediction.model.clone()),
    };
    let prompt = match &known {
        Some(prediction) => prediction
            .effective("prompt")
            .and_then(serde_json::Value::as_str),
        None => request.text("/input/prompt"),
    };
    app.faults.take(Circumstance {
        endpoint,
        model: model.as_deref(),
        prompt,
    })
}

/// Applies the faults of the exchange around the route.
async fn exchange(
    app: &Arc<App>,
    request: &Request,
    target: Option<Target<'_>>,
    faults: &[Action],
) -> Response {
    for fault in faults {
        match fault {
            Action::Delay { ms } => tokio::time::sleep(Duration::from_millis(*ms)).await,
            Action::Hang {} => pending::<()>().await,
            Action::Drop {} => return body::nothing(),
            Action::Status { .. } => return scripted(fault),
            Action::Redirect { to } => return redirect(to),
            _ => {}
        }
    }
    let response = match target {
        Some(target) => routes::dispatch(app, request, target, faults).await,
        None => Err(ApiError::NotFound),
    };
    let mut response = response.unwrap_or_else(IntoResponse::into_response);
    for fault in faults {
        response = match fault {
            Action::Cut {} => body::cut(response).await,
            Action::AcceptThenDrop {} => {
                let mut nothing = body::nothing();
                *nothing.extensions_mut() = std::mem::take(response.extensions_mut());
                nothing
            }
            _ => response,
        };
    }
    response
}

/// The answer that a status fault stands for.
fn scripted(fault: &Action) -> Response {
    let Action::Status {
        status,
        retry_after,
        detail,
        body,
        content_type,
    } = fault
    else {
        return ApiError::NotFound.into_response();
    };
    let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = ApiError::of_status(status, *retry_after).answer(detail.as_deref());
    if let Some(body) = body {
        *response.body_mut() = Body::from(body.clone());
        let content_type = content_type
            .as_deref()
            .unwrap_or("text/html; charset=utf-8");
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        if let Ok(value) = HeaderValue::from_str(content_type) {
            headers.insert(header::CONTENT_TYPE, value);
        }
    }
    response
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}
