//! The delivery host: output files under addresses that cannot be guessed.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::app::App;
use crate::errors::ApiError;
use crate::faults::Action;
use crate::picture::{self, Format};
use crate::prediction::{Prediction, Status};

/// One output file; it is drawn when it is fetched, the same every time.
pub(crate) async fn get(
    app: &Arc<App>,
    token: &str,
    file: &str,
    faults: &[Action],
) -> Result<Response, ApiError> {
    let prediction = app.store.by_token(token).ok_or(ApiError::NotFound)?;
    let index = index(&prediction, file).ok_or(ApiError::NotFound)?;
    let format = Format::named(prediction.format());
    let drawn = tokio::task::spawn_blocking(move || {
        picture::draw(&prediction.model, &prediction.effective, index)
    });
    let mut bytes = match drawn.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(failed(&error)),
        Err(error) => return Err(failed(&error)),
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

/// The index in `out-2.webp`, if that file exists: it was kept, has been put out, and has not been removed.
fn index(prediction: &Prediction, file: &str) -> Option<u32> {
    let there = prediction.output.is_some()
        && matches!(prediction.status, Status::Processing | Status::Succeeded);
    let named = |address: &String| address.rsplit('/').next() == Some(file);
    let known = there && prediction.output.iter().flatten().any(named);
    let number = file.strip_prefix("out-")?.split_once('.')?.0;
    known.then(|| number.parse().ok()).flatten()
}

fn failed(error: &dyn std::error::Error) -> ApiError {
    ApiError::Other {
        status: axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        detail: format!("The stand-in could not draw this picture: {error}"),
    }
}
