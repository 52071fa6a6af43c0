//! Requests and responses without a socket.
//!
//! The worker prefixes the base URL to [`ProviderRequest::target`] and adds the token, so no token passes through this
//! crate. It follows no redirects and reads at most [`MAX_RESPONSE_BYTES`] of a response.

use url::form_urlencoded;

use crate::pacer::Call;
use crate::redact::Cause;

/// Bytes of a response body that are read at most. A page of 100 predictions with their logs has about 2 MB.
pub const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// The HTTP method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Creates or cancels. A create is never repeated.
    Post,
    /// Deletes; may be repeated.
    Delete,
}

/// A request to a provider, relative to its base URL and without authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRequest {
    /// The HTTP method.
    pub method: Method,
    /// Relative to the base URL, without a leading slash: `predictions`.
    pub path: String,
    /// Query parameters, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// Headers without `authorization`; includes `content-type` if there is a body.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Option<String>,
    /// How it counts towards the provider's limits.
    pub call: Call,
}

impl ProviderRequest {
    /// A `GET` of `path`.
    #[must_use]
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            headers: vec![("accept", "application/json".to_owned())],
            body: None,
            call: Call::Read,
        }
    }

    /// A `DELETE` of `path`.
    #[must_use]
    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self {
            method: Method::Delete,
            ..Self::get(path)
        }
    }

    /// A `POST` to `path`, with or without a JSON body.
    #[must_use]
    pub(crate) fn post(path: impl Into<String>, body: Option<String>, call: Call) -> Self {
        let mut request = Self {
            method: Method::Post,
            body,
            call,
            ..Self::get(path)
        };
        if request.body.is_some() {
            request
                .headers
                .push(("content-type", "application/json".to_owned()));
        }
        request
    }

    /// Path and encoded query: what follows the base URL and a slash.
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.query)
            .finish();
        format!("{}?{query}", self.path)
    }
}

/// A provider's response, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `retry-after` header, unparsed.
    pub retry_after: Option<String>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// There is no response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Nothing left this machine, so the request may be sent again.
    #[error("nothing was sent: {0}")]
    NotSent(Cause),
    /// The request may or may not have arrived: connection lost, timeout, incomplete body.
    #[error("no complete response arrived: {0}")]
    Unknown(Cause),
    /// The response is larger than [`MAX_RESPONSE_BYTES`].
    #[error("the response is larger than {MAX_RESPONSE_BYTES} bytes")]
    TooLarge,
}

/// What the worker hands back for a [`ProviderRequest`].
pub type ProviderResult = Result<ProviderResponse, TransportError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_the_path_and_the_encoded_query() {
        let mut request = ProviderRequest::get("predictions");
        assert_eq!(request.target(), "predictions");
        request.query = vec![
            ("created_after", "2026-01-01T00:00:00.000Z".to_owned()),
            ("cursor", "a=b&c d/é".to_owned()),
        ];
        assert_eq!(
            request.target(),
            "predictions?created_after=2026-01-01T00%3A00%3A00.000Z&cursor=a%3Db%26c+d%2F%C3%A9"
        );
    }

    #[test]
    fn a_response_has_at_most_8_mib() {
        assert_eq!(MAX_RESPONSE_BYTES, 8_388_608);
    }

    #[test]
    fn content_type_is_set_only_with_a_body() {
        let has = |request: &ProviderRequest| request.headers.iter().any(|h| h.0 == "content-type");
        let post = |body| ProviderRequest::post("p", body, Call::Create);
        assert!(has(&post(Some("{}".to_owned()))));
        assert!(!has(&post(None)));
    }
}
