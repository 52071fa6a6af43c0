//! A complete request.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use serde_json::Value;

use crate::http::errors::ApiError;
use crate::http::path::ApiPath;

/// Bytes of a body at most. Inputs may contain pictures as data URLs.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;
/// Bytes of an upload at most.
const MAX_UPLOAD_BYTES: usize = 100 * 1024 * 1024;

/// What the service reads of a request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    json: Option<Value>,
}

impl Request {
    /// Reads the whole body, and refuses one that is too large.
    pub(crate) async fn read(request: axum::http::Request<Body>) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let is_upload = matches!(ApiPath::parse(parts.uri.path()), Some(ApiPath::Files));
        let body = if is_upload {
            to_bytes(body, MAX_UPLOAD_BYTES)
                .await
                .map_err(|_| ApiError::FileTooLarge)?
        } else {
            to_bytes(body, MAX_BODY_BYTES)
                .await
                .map_err(|_| ApiError::TooLarge)?
        };
        Ok(Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(ToOwned::to_owned),
            headers: parts.headers,
            json: serde_json::from_slice(&body).ok(),
            body,
        })
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<&Value, ApiError> {
        self.json.as_ref().ok_or_else(|| {
            let error = serde_json::from_slice::<Value>(&self.body).err();
            let reason = error.map(|error| error.to_string()).unwrap_or_default();
            ApiError::BadRequest(format!("JSON parse error - {reason}"))
        })
    }

    /// The string at `pointer` in the JSON body.
    pub(crate) fn text(&self, pointer: &str) -> Option<&str> {
        self.json
            .as_ref()
            .and_then(|json| json.pointer(pointer))
            .and_then(Value::as_str)
    }

    /// The body for the request log: JSON, or text if it is not JSON.
    pub(crate) fn logged_body(&self) -> Value {
        match &self.json {
            Some(json) => json.clone(),
            None if self.body.is_empty() => Value::Null,
            None => Value::String(String::from_utf8_lossy(&self.body).into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn refusal(path: &str, bytes: usize) -> Option<ApiError> {
        let request = axum::http::Request::post(path).body(Body::from(vec![0; bytes]));
        Request::read(request.unwrap()).await.err()
    }

    #[tokio::test]
    async fn an_upload_may_be_larger_than_other_bodies() {
        let too_large = refusal("/v1/predictions", MAX_BODY_BYTES + 1).await;
        assert!(matches!(too_large, Some(ApiError::TooLarge)));
        assert!(refusal("/v1/files", MAX_BODY_BYTES + 1).await.is_none());
        let too_large = refusal("/v1/files", MAX_UPLOAD_BYTES + 1).await;
        assert!(matches!(too_large, Some(ApiError::FileTooLarge)));
    }
}
