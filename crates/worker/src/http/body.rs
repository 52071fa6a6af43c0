//! Request bodies: of the right type, of a bounded size, and always read to their end.

use axum::extract::{FromRequest, Request};
use futures_util::{Stream, StreamExt as _};
use selfsame_api::ErrorCode;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use worker::js_sys::Uint8Array;

use super::ApiError;
use super::json::{self, JsonError};
use super::request::PlatformRequest;

/// The most bytes that a JSON body may have: 4,000 characters, each escaped as two `\uXXXX`, fit easily.
pub(crate) const JSON_LIMIT: usize = 64 * 1024;
/// The most bytes that are read and discarded. A connection whose request was not read to its end cannot carry the
/// next one, which local development reports as failures of unrelated requests.
const DISCARD_LIMIT: usize = 4 * 1024 * 1024;

/// A JSON body of at most `LIMIT` bytes as `T`.
pub(crate) struct Json<T, const LIMIT: usize = JSON_LIMIT>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync, const LIMIT: usize> FromRequest<S> for Json<T, LIMIT> {
    type Rejection = JsonError;

    #[worker::send]
    async fn from_request(request: Request, _: &S) -> Result<Self, JsonError> {
        let request = PlatformRequest::of(&request.into_parts().0)?;
        let content_type = request.header("content-type");
        if !is_json(content_type.as_deref().unwrap_or("")) {
            return Err(ApiError::new(
                ErrorCode::UnsupportedMediaType,
                "Send JSON, with the header `content-type: application/json`.",
            )
            .into());
        }
        json::parse(&read(&request, LIMIT).await?).map(Self)
    }
}

/// For a route that needs no body: a body is ignored, unless it is too large.
pub(crate) struct NoBody;

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = ApiError;

    #[worker::send]
    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let request = PlatformRequest::of(&request.into_parts().0)?;
        read(&request, JSON_LIMIT).await.map(|_| Self)
    }
}

/// The whole body, of at most `limit` bytes. Empty when the request has none.
pub(crate) async fn read(request: &PlatformRequest, limit: usize) -> Result<Vec<u8>, ApiError> {
    let platform = request.as_platform();
    if platform.body().is_none() {
        return Ok(Vec::new());
    }
    let announced = request.header("content-length");
    match announced.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > DISCARD_LIMIT => Err(too_large(limit)),
        Some(length) if length <= limit => {
            // One crossing instead of one a chunk.
            let buffer = platform.array_buffer().map_err(worker::Error::from)?;
            let buffer = JsFuture::from(buffer).await.map_err(worker::Error::from);
            Ok(Uint8Array::new(&buffer.map_err(broken)?).to_vec())
        }
        _ => collect(stream(request)?, limit).await,
    }
}

/// Reads what is left of the body, so that the connection can carry the next request.
pub(crate) async fn discard(request: &PlatformRequest) {
    let platform = request.as_platform();
    if platform.body_used() || platform.body().is_none() {
        return;
    }
    if let Ok(stream) = stream(request) {
        // An error does not matter, because no handler reads this body.
        let _ = collect(stream, 0).await;
    }
}

fn stream(request: &PlatformRequest) -> Result<worker::ByteStream, ApiError> {
    // `web_sys::Request` has a `clone` of its own, which copies the body; this copies the handle.
    let platform = Clone::clone(request.as_platform());
    Ok(worker::Request::from(platform).stream()?)
}

async fn collect<E: ToString>(
    mut stream: impl Stream<Item = Result<Vec<u8>, E>> + Unpin,
    limit: usize,
) -> Result<Vec<u8>, ApiError> {
    let mut collected = Vec::new();
    let mut total = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(broken)?;
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

fn broken(error: impl ToString) -> ApiError {
    ApiError::new(
        ErrorCode::InvalidJson,
        "The request broke off before its body was complete.",
    )
    .because(error)
}

fn too_large(limit: usize) -> ApiError {
    let kibibytes = limit / 1024;
    ApiError::new(
        ErrorCode::BodyTooLarge,
        format!("The body is larger than the {kibibytes} KiB that this address takes."),
    )
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use futures_util::stream::{self, iter};

    use super::*;

    fn collected(chunks: &[usize], limit: usize) -> Result<Vec<u8>, ApiError> {
        let chunks = chunks
            .iter()
            .map(|length| Ok::<_, String>(vec![b'a'; *length]));
        collect(iter(chunks), limit)
            .now_or_never()
            .expect("a body in memory")
    }

    #[test]
    fn a_body_over_the_limit_is_refused() {
        assert_eq!(collected(&[1_000, 24], 1_024).expect("a body").len(), 1_024);
        for chunks in [&[1_025][..], &[1_000, 25], &[DISCARD_LIMIT, 1, 1]] {
            let error = collected(chunks, 1_024).expect_err("too large");
            assert_eq!(error.code(), ErrorCode::BodyTooLarge);
        }
    }

    #[test]
    fn an_endless_body_is_not_read_to_its_end() {
        let endless = stream::repeat_with(|| Ok::<_, String>(vec![b'a'; 1_024]));
        let error = collect(endless, 1_024).now_or_never().expect("an end");
        assert_eq!(
            error.expect_err("too large").code(),
            ErrorCode::BodyTooLarge
        );
    }

    #[test]
    fn a_body_that_breaks_off_is_refused() {
        let error = collect(iter([Ok(vec![b'{']), Err("reset")]), 1_024);
        let error = error.now_or_never().expect("a body in memory");
        assert_eq!(error.expect_err("broken").code(), ErrorCode::InvalidJson);
    }

    #[test]
    fn only_json_counts_as_json() {
        assert!(is_json("application/json") && is_json("Application/JSON; charset=utf-8"));
        assert!(!is_json("text/plain") && !is_json("application/jsonp") && !is_json(""));
    }
}
