//! `Idempotency-Key`: a repeated request is carried out once.

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;

use super::ApiError;
use super::request::PlatformRequest;

/// Header on a response that was given before to a request with the same key.
const REPLAYED: (HeaderName, &str) = (HeaderName::from_static("idempotency-replayed"), "true");

/// The response, with a header that says that the same key brought it before.
pub(crate) fn replayed(response: impl IntoResponse) -> Response {
    ([REPLAYED], response).into_response()
}

/// The key of a request that needs one.
pub(crate) struct RequiredKey(pub(crate) String);

/// The key of a request that can do without.
pub(crate) struct Key(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for RequiredKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        valid(PlatformRequest::of(parts)?.header("idempotency-key")).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match PlatformRequest::of(parts)?.header("idempotency-key") {
            None => Ok(Self(None)),
            key => Ok(Self(Some(valid(key)?))),
        }
    }
}

fn valid(header: Option<String>) -> Result<String, ApiError> {
    let valid = |key: &String| {
        let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
        visible && (1..=255).contains(&key.len())
    };
    header.filter(valid).ok_or_else(|| ApiError::new(
        ErrorCode::IdempotencyKeyRequired,
        "Send the header `idempotency-key` with 1 to 255 visible characters, new for each request: it keeps a repeated request from being carried out twice.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idempotency_key_has_1_to_255_visible_characters() {
        let key = |value: &str| valid(Some(value.to_owned()));
        assert_eq!(key("a-1"), Ok("a-1".to_owned()));
        assert!(key(&"a".repeat(255)).is_ok());
        for value in ["", "a b", "é", &"a".repeat(256)] {
            let error = key(value).expect_err("not a key");
            assert_eq!(error.code(), ErrorCode::IdempotencyKeyRequired, "{value:?}");
        }
        assert!(valid(None).is_err());
    }
}
