//! Request bodies: of the right type and size, off the wire before anything is decided.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use futures_util::StreamExt as _;
use selfsame_api::ErrorCode;
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::json;

/// Bytes of a JSON body that are read at most: 4,000 characters, each escaped as two `\uXXXX`, fit with room to
/// spare.
pub const JSON_LIMIT: usize = 64 * 1024;
/// Bytes that are taken off the wire at most and thrown away. A connection whose request was not read to its end
/// cannot carry the next one; local development shows that as failures of requests that did nothing wrong.
const DISCARD_LIMIT: usize = 4 * 1024 * 1024;

/// A JSON body of the shape `T`.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::new(
                ErrorCode::UnsupportedMediaType,
                "Send JSON, with the header `content-type: application/json`.",
            ));
        }
        json::parse(&read(request).await?).map(Self)
    }
}

/// For a request that needs no body: what comes in one is not looked at, but it is not taken at any size.
pub struct NoBody;

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        read(request).await.map(|_| Self)
    }
}

/// Takes the body off the wire before anything is decided, and keeps it if it has at most `limit` bytes. What is
/// wrong with it is told to whoever [`read`]s it, and to nobody else.
pub async fn receive(request: Request, limit: usize) -> Request {
    let announced = content_length(request.headers());
    let (mut parts, body) = request.into_parts();
    let body = if announced.is_some_and(|length| length > DISCARD_LIMIT as u64) {
        Err(too_large(limit))
    } else {
        collect(body, limit).await
    };
    let body = body.map_or_else(
        |problem| {
            parts.extensions.insert(problem);
            Body::empty()
        },
        Body::from,
    );
    Request::from_parts(parts, body)
}

/// The whole body of a [`receive`]d request.
pub async fn read(mut request: Request) -> Result<Bytes, ApiError> {
    if let Some(problem) = request.extensions_mut().remove::<ApiError>() {
        return Err(problem);
    }
    // It is in memory already, and its size was checked.
    let body = to_bytes(request.into_body(), usize::MAX).await;
    body.map_err(ApiError::internal)
}

async fn collect(body: Body, limit: usize) -> Result<Vec<u8>, ApiError> {
    let mut stream = body.into_data_stream();
    let mut collected = Vec::new();
    let mut total = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| {
            ApiError::new(
                ErrorCode::InvalidJson,
                "The request broke off before its body was complete.",
            )
            .because(error)
        })?;
        total += chunk.len();
        if total > DISCARD_LIMIT {
            break;
        }
        if total <= limit {
            collected.extend_from_slice(&chunk);
        }
    }
    if total > limit {
        return Err(too_large(limit));
    }
    Ok(collected)
}

fn too_large(limit: usize) -> ApiError {
    let kibibytes = limit / 1024;
    ApiError::new(
        ErrorCode::BodyTooLarge,
        format!("The body is larger than the {kibibytes} KiB that this address takes."),
    )
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get(header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = text.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    fn read_of(body: Vec<u8>, limit: usize) -> Result<Bytes, ApiError> {
        let request = receive(Request::new(Body::from(body)), limit);
        let request = request.now_or_never().expect("a body in memory");
        read(request).now_or_never().expect("a body in memory")
    }

    #[test]
    fn a_body_has_a_largest_size() {
        let whole = read_of(vec![b'a'; 1_024], 1_024).expect("a body");
        assert_eq!(whole.len(), 1_024);
        for length in [1_025, DISCARD_LIMIT + 1] {
            let problem = read_of(vec![b'a'; length], 1_024).expect_err("too large");
            assert_eq!(problem.code(), ErrorCode::BodyTooLarge);
        }
    }

    #[test]
    fn a_body_that_says_it_is_huge_is_not_waited_for() {
        let never = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        let mut request = Request::new(Body::from_stream(never));
        let length = (DISCARD_LIMIT + 1).into();
        request.headers_mut().insert(header::CONTENT_LENGTH, length);
        let request = receive(request, 1_024).now_or_never();
        let problem = read(request.expect("no waiting")).now_or_never();
        let problem = problem.expect("no waiting").expect_err("too large");
        assert_eq!(problem.code(), ErrorCode::BodyTooLarge);
    }

    #[test]
    fn only_json_counts_as_json() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, value.parse().expect("a value"));
            is_json(&headers)
        };
        assert!(with("application/json") && with("Application/JSON; charset=utf-8"));
        assert!(!with("text/plain") && !with("application/jsonp") && !is_json(&HeaderMap::new()));
    }
}
