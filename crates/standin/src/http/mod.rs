//! Receives every request to the API or for an output: records it, applies the scripted faults, and dispatches it to its
//! route.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use self::errors::ApiError;
use self::path::{ApiPath, Endpoint};
use self::request::Request;
use crate::faults::{Action, HTML, RequestFacts};
use crate::routes::{self, UnknownInputs};
use crate::server::App;

pub(crate) mod errors;
pub(crate) mod headers;
pub(crate) mod partial_body;
pub(crate) mod path;
pub(crate) mod request;

/// Responds to one request.
pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    request: axum::http::Request<Body>,
) -> Response {
    let request = match Request::read(request).await {
        Ok(request) => request,
        Err(error) => return error.into_response(),
    };
    let path = ApiPath::parse(&request.path);
    let endpoint = path.and_then(|path| path.endpoint(&request.method));
    let faults = match (path, endpoint) {
        (Some(path), Some(endpoint)) => faults(&app, &request, path, endpoint),
        _ => Vec::new(),
    };
    let number = app.request_log.received(&request, endpoint, &faults);
    let mut response = respond(&app, &request, path, &faults).await;
    let unknown = response
        .extensions_mut()
        .remove::<UnknownInputs>()
        .unwrap_or_default();
    let dropped = faults
        .iter()
        .any(|fault| matches!(fault, Action::Drop {} | Action::AcceptThenDrop {}));
    let status = (!dropped).then(|| response.status().as_u16());
    app.request_log.responded(number, status, unknown.0);
    response
}

/// Takes the faults that apply to this request.
fn faults(app: &App, request: &Request, path: ApiPath<'_>, endpoint: Endpoint) -> Vec<Action> {
    let known = match path {
        ApiPath::Prediction { id } | ApiPath::Cancel { id } => app.store.get(id),
        ApiPath::Output { token, .. } | ApiPath::Stream { token } => app.by_token(token),
        _ => None,
    };
    let named = |owner: &str, name: &str| Some(format!("{owner}/{name}"));
    let model = match path {
        ApiPath::Model { owner, name }
        | ApiPath::ModelPredictions { owner, name }
        | ApiPath::Versions { owner, name }
        | ApiPath::Version { owner, name, .. }
        | ApiPath::Train { owner, name, .. } => named(owner, name),
        _ if endpoint == Endpoint::Create => {
            let version = request.text("/version").unwrap_or_default();
            app.catalogue
                .of_version(version)
                .map(|runnable| runnable.model)
        }
        _ => known.as_ref().map(|prediction| prediction.model.clone()),
    };
    let prompt = match &known {
        Some(prediction) => prediction
            .effective("prompt")
            .and_then(serde_json::Value::as_str),
        None => request.text("/input/prompt"),
    };
    let facts = RequestFacts {
        endpoint,
        model: model.as_deref(),
        prompt,
    };
    app.faults.take(facts, Instant::now())
}

/// Dispatches to the route, and applies the faults that come before and after it.
async fn respond(
    app: &Arc<App>,
    request: &Request,
    path: Option<ApiPath<'_>>,
    faults: &[Action],
) -> Response {
    for fault in faults {
        match fault {
            Action::Delay { ms } => tokio::time::sleep(Duration::from_millis(*ms)).await,
            Action::Hang {} => pending::<()>().await,
            Action::Drop {} => return partial_body::no_response(),
            Action::Status { .. } => return scripted_error(fault),
            Action::Replace { execute: false, .. } => return replaced(Response::default(), fault),
            Action::Redirect { to } => return redirect(to),
            _ => {}
        }
    }
    let response = match path {
        Some(path) => routes::dispatch(app, request, path, faults).await,
        None => Err(ApiError::NotFound),
    };
    let mut response = response.unwrap_or_else(IntoResponse::into_response);
    for fault in faults {
        response = match fault {
            Action::Cut {} => partial_body::cut(response).await,
            Action::Drip { ms, bytes } => {
                partial_body::drip(response, *bytes, Duration::from_millis(*ms)).await
            }
            Action::Replace { execute: true, .. } => replaced(response, fault),
            Action::AcceptThenDrop {} => {
                let mut dropped = partial_body::no_response();
                *dropped.extensions_mut() = std::mem::take(response.extensions_mut());
                dropped
            }
            _ => response,
        };
    }
    response
}

/// The response of a status fault.
fn scripted_error(fault: &Action) -> Response {
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
    let mut response = ApiError::of_status(status, *retry_after).response(detail.as_deref());
    if let Some(body) = body {
        set_body(&mut response, body, content_type.as_deref().unwrap_or(HTML));
    }
    response
}

/// Puts the status and the body of a replace fault into `response`.
fn replaced(mut response: Response, fault: &Action) -> Response {
    if let Action::Replace {
        body, content_type, ..
    } = fault
    {
        *response.status_mut() = StatusCode::OK;
        set_body(&mut response, body, content_type);
    }
    response
}

fn set_body(response: &mut Response, body: &str, content_type: &str) {
    *response.body_mut() = Body::from(body.to_owned());
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    if let Ok(value) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}
