//! The delivery host: output files under unguessable URLs.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::faults::Action;
use crate::http::errors::ApiError;
use crate::job::Status;
use crate::picture::{self, Format};
use crate::prediction::Prediction;
use crate::server::App;

/// Reads an output file. It is drawn on each request, with the same result.
pub(crate) async fn get(
    app: &Arc<App>,
    token: &str,
    file: &str,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let prediction = app.by_token(token).ok_or(ApiError::NotFound)?;
    let index = index(&prediction, file).ok_or(ApiError::NotFound)?;
    let format = Format::named(prediction.format());
    let drawn = tokio::task::spawn_blocking(move || {
        picture::draw(&prediction.model, &prediction.effective, index)
    });
    let mut bytes = match drawn.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(draw_error(&error)),
        Err(error) => return Err(draw_error(&error)),
    };
    let mut content_type = HeaderValue::from_static(format.content_type());
    for fault in faults {
        match fault {
            Action::ContentType { value } => {
                content_type = HeaderValue::from_str(value).unwrap_or(content_type);
            }
            Action::Oversize { bytes: size } => {
                bytes.resize(usize::try_from(*size).unwrap_or(usize::MAX), 0);
            }
            _ => {}
        }
    }
    let mut response = Response::new(Body::from(bytes));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    Ok(response)
}

/// The index in `out-2.webp` if that file exists: it was kept, has been output, and has not been removed.
fn index(prediction: &Prediction, file: &str) -> Option<u32> {
    let has_output = prediction.output.is_some()
        && matches!(prediction.status, Status::Processing | Status::Succeeded);
    let is_file = |url: &String| url.rsplit('/').next() == Some(file);
    let exists = has_output && prediction.output.iter().flatten().any(is_file);
    let number = file.strip_prefix("out-")?.split_once('.')?.0;
    exists.then(|| number.parse().ok()).flatten()
}

fn draw_error(error: &dyn std::error::Error) -> ApiError {
    ApiError::Other {
        status: axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        detail: format!("The stand-in could not draw this picture: {error}"),
    }
}
