//! The last step of every request: problems become JSON, and every answer gets its headers.

use axum::body::{Body, to_bytes};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use worker::send::SendWrapper;
use worker::web_sys::ReadableStream;
use worker::{Headers, ResponseBuilder, WebSocket};

use crate::context::RequestContext;
use crate::error::ApiError;
use crate::security;
use crate::studio::REQUEST_ID;

/// A body that the platform streams by itself, so that a picture's bytes never pass through this module's memory.
/// Put it into a response's extensions.
#[derive(Clone)]
pub struct Streamed(pub SendWrapper<ReadableStream>);

/// `value` as a JSON answer.
pub fn json(value: &impl Serialize) -> Result<Response, ApiError> {
    let body = serde_json::to_vec(value).map_err(ApiError::internal)?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

/// Writes problems out and adds the headers that every answer has.
pub fn finish(mut response: Response, method: &Method, visit: &RequestContext) -> Response {
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        if *method == Method::OPTIONS {
            *response.status_mut() = StatusCode::NO_CONTENT;
        } else {
            response
                .extensions_mut()
                .insert(ApiError::method_not_allowed());
        }
    }
    if let Some(problem) = response.extensions_mut().remove::<ApiError>() {
        visit.log(&problem);
        response = with_body(response, &problem, visit);
    }
    let headers = response.headers_mut();
    for (name, value) in security::headers() {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    if let Ok(id) = HeaderValue::from_str(visit.id.as_str()) {
        headers.insert(REQUEST_ID, id);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn with_body(response: Response, problem: &ApiError, visit: &RequestContext) -> Response {
    let body = json(&problem.body(&visit.id)).unwrap_or_else(ApiError::into_response);
    let (parts, _) = response.into_parts();
    let mut response = body;
    *response.status_mut() = problem.status();
    for (name, value) in &parts.headers {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// The answer in the platform's own type.
pub async fn into_platform(mut response: Response) -> worker::Result<worker::Response> {
    let headers = Headers::new();
    for (name, value) in response.headers() {
        let value = value
            .to_str()
            .map_err(|error| worker::Error::RustError(error.to_string()))?;
        headers.append(name.as_str(), value)?;
    }
    let builder = ResponseBuilder::new()
        .with_status(response.status().as_u16())
        .with_headers(headers);
    if let Some(socket) = response.extensions_mut().remove::<WebSocket>() {
        return Ok(builder.with_websocket(socket).empty());
    }
    if let Some(Streamed(stream)) = response.extensions_mut().remove() {
        return Ok(builder.stream((*stream).clone()));
    }
    let body = whole(response.into_body()).await?;
    Ok(if body.is_empty() {
        builder.empty()
    } else {
        builder.fixed(body)
    })
}

async fn whole(body: Body) -> worker::Result<Vec<u8>> {
    let bytes = to_bytes(body, usize::MAX).await;
    bytes
        .map(Into::into)
        .map_err(|error| worker::Error::RustError(error.to_string()))
}
