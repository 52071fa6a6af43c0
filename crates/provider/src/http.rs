//! A request and an answer without a socket.
//!
//! The edge puts the base URL in front of [`ProviderRequest::target`] and adds the token, so a token never passes
//! through this crate. It follows no redirect and reads at most [`MAX_RESPONSE_BYTES`] bytes.

use std::fmt::Write as _;

use crate::redact::Cause;

/// Bytes of an answer that are read at most: a page of 100 predictions with their logs is about 2 MB.
pub const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Creates or cancels. A create is never repeated.
    Post,
}

impl Method {
    /// The method's name in HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request to a provider, relative to its base URL and without authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRequest {
    /// How it is sent.
    pub method: Method,
    /// Relative to the base URL, without a leading slash: `predictions`.
    pub path: String,
    /// Query parameters, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// Headers, `authorization` not among them; `content-type` is, when there is a body.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Option<String>,
}

impl ProviderRequest {
    /// A read of `path`.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            headers: vec![("accept", "application/json".to_owned())],
            body: None,
        }
    }

    /// A `POST` of `path`, with a JSON body or with none.
    #[must_use]
    pub fn post(path: impl Into<String>, body: Option<String>) -> Self {
        let mut request = Self {
            method: Method::Post,
            body,
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
        let mut target = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            push_encoded(&mut target, value);
        }
        target
    }
}

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded.
fn push_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// A provider's answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `retry-after` header, as it came.
    pub retry_after: Option<String>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// There is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Nothing left this machine: safe to send again.
    #[error("nothing was sent: {0}")]
    NotSent(Cause),
    /// The request may or may not have arrived: connection lost, time-out, cut body.
    #[error("no whole answer came: {0}")]
    Unknown(Cause),
    /// The answer is larger than [`MAX_RESPONSE_BYTES`].
    #[error("the answer is larger than {MAX_RESPONSE_BYTES} bytes")]
    TooLarge,
}

/// What the edge hands back for a [`ProviderRequest`].
pub type ProviderResult = Result<ProviderResponse, TransportError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_path_and_encoded_query() {
        let mut request = ProviderRequest::get("predictions");
        assert_eq!(request.target(), "predictions");
        request.query = vec![
            ("created_after", "2026-01-01T00:00:00.000Z".to_owned()),
            ("cursor", "a=b&c d/é".to_owned()),
        ];
        assert_eq!(
            request.target(),
            "predictions?created_after=2026-01-01T00%3A00%3A00.000Z&cursor=a%3Db%26c%20d%2F%C3%A9"
        );
    }

    #[test]
    fn only_a_body_has_a_content_type() {
        let has = |request: &ProviderRequest| request.headers.iter().any(|h| h.0 == "content-type");
        assert!(has(&ProviderRequest::post("p", Some("{}".to_owned()))));
        assert!(!has(&ProviderRequest::post("p", None)));
    }
}
