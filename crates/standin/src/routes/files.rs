//! Files: upload, read, list, delete and download.

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use url::form_urlencoded;

use crate::clock;
use crate::files::{File, Upload, sign_download};
use crate::http::errors::ApiError;
use crate::http::request::Request;
use crate::job::Listed as _;
use crate::job::page::{Limits, Query};
use crate::model::STUDIO;
use crate::random;
use crate::server::App;

/// Stores an uploaded file.
pub(crate) async fn create(app: &App, request: &Request) -> Result<Response, ApiError> {
    let content_type = request
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let upload = Upload::parse(content_type, request.body.clone())
        .await
        .map_err(|error| ApiError::BadRequest(error.to_string()))?;
    let created_at = clock::now();
    let file = app.files.insert(File {
        id: random::prediction_id(),
        number: 0,
        upload,
        created_at,
        expires_at: created_at.checked_add(app.expiry).unwrap_or(Timestamp::MAX),
    });
    Ok((StatusCode::CREATED, Json(file.listed(&app.origin))).into_response())
}

/// Lists a page of files.
pub(crate) fn list(app: &App, request: &Request) -> Result<Response, ApiError> {
    let query = Query::parse(request.query.as_deref())?;
    let files = app.files.all(clock::now());
    Ok(Json(query.page(&files, &app.origin, Limits::of(&[]))).into_response())
}

/// Reads a file's description.
pub(crate) fn get(app: &App, id: &str) -> Result<Response, ApiError> {
    let file = find(app, id)?;
    Ok(Json(file.listed(&app.origin)).into_response())
}

/// Deletes a file.
pub(crate) fn delete(app: &App, id: &str) -> Result<Response, ApiError> {
    if app.files.remove(id, clock::now()) {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(ApiError::FileNotFound)
    }
}

/// Reads a file's bytes. The signature in the query replaces the token.
pub(crate) fn download(app: &App, request: &Request, id: &str) -> Result<Response, ApiError> {
    let file = find(app, id)?;
    let query = request.query.as_deref().unwrap_or_default();
    let value = |wanted: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    let (owner, signature) = (value("owner"), value("signature"));
    let expiry: i64 = value("expiry")
        .parse()
        .map_err(|_| ApiError::FileNotFound)?;
    let is_valid = owner == STUDIO
        && expiry > clock::now().as_second()
        && signature == sign_download(&owner, id, expiry);
    if !is_valid {
        return Err(ApiError::FileNotFound);
    }
    let mut response = Response::new(Body::from(file.content()));
    let octets = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, octets);
    Ok(response)
}

fn find(app: &App, id: &str) -> Result<File, ApiError> {
    app.files
        .get(id, clock::now())
        .ok_or(ApiError::FileNotFound)
}
