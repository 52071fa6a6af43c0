//! Responses: written once, with the headers that every response of the Worker has.
//!
//! The platform reads the security headers of the page's files from `www/public/_headers`; the Worker's own responses get
//! the same ones, from the same file.

use axum::body::{Body, to_bytes};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt as _};
use selfsame_primitives::ids::RequestId;
use serde::Serialize;
use worker::send::SendWrapper;
use worker::web_sys::{self, ReadableStream};
use worker::{Error, Headers, ResponseBody, ResponseBuilder, WebSocket};

use super::ApiError;
use super::cookie::Cookie;
use super::origin::Origin;

/// Header on every response: the request's id, which is in the log, too.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// A body that the platform streams by itself, so that a picture's bytes never pass through this module's memory. A
/// handler puts it into its response's extensions.
#[derive(Clone)]
pub(crate) struct Streamed(pub(crate) SendWrapper<ReadableStream>);

/// The response with a body of these chunks, which are sent as they come.
pub(crate) fn written(
    mut response: Response,
    chunks: impl Stream<Item = Result<Vec<u8>, Error>> + 'static,
) -> Result<Response, ApiError> {
    let (_, body) = worker::Response::from_stream(chunks.boxed_local())?.into_parts();
    let ResponseBody::Stream(body) = body else {
        return Err(ApiError::internal("a stream became another body"));
    };
    let body = Streamed(SendWrapper::new(body));
    response.extensions_mut().insert(body);
    Ok(response)
}

/// Header that makes a browser forget what it keeps of this origin: pictures in its cache and drafts in its storage.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Headers that make the browser forget the person: others may use the computer.
pub(crate) fn forget(origin: &Origin) -> [(HeaderName, String); 2] {
    [
        (header::SET_COOKIE, Cookie::Session.clear(origin)),
        (CLEAR_SITE_DATA, r#""cache", "storage""#.to_owned()),
    ]
}

/// `value` as a JSON response.
pub(crate) fn json(value: &impl Serialize) -> Result<Response, ApiError> {
    let body = serde_json::to_vec(value).map_err(ApiError::internal)?;
    Ok(Response::new(Body::from(body)))
}

/// The platform's response to the request `id`: an error becomes its JSON body and goes to the log, and the common
/// headers are added. A body without a `content-type` is JSON.
pub(crate) async fn finish(
    mut response: Response,
    method: &Method,
    id: &RequestId,
) -> Result<worker::Response, Error> {
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        if *method == Method::OPTIONS {
            *response.status_mut() = StatusCode::NO_CONTENT;
        } else {
            response
                .extensions_mut()
                .insert(ApiError::method_not_allowed());
        }
    }
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        error.log(id);
        let body = serde_json::to_vec(&error.body(id))?;
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            response.headers_mut().remove(name);
        }
        if let Some(seconds) = error.retry_after() {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        *response.status_mut() = error.status();
        *response.body_mut() = Body::from(body);
    }
    into_platform(response, method, id).await
}

async fn into_platform(
    mut response: Response,
    method: &Method,
    id: &RequestId,
) -> Result<worker::Response, Error> {
    let builder = ResponseBuilder::new().with_status(response.status().as_u16());
    if let Some(socket) = response.extensions_mut().remove::<WebSocket>() {
        return Ok(builder.with_websocket(socket).empty());
    }
    let headers = common_headers()?;
    headers.set(REQUEST_ID, id.as_str())?;
    for (name, value) in response.headers() {
        // The platform counts the body itself, unless the response has no body.
        if name == header::CONTENT_LENGTH && *method != Method::HEAD {
            continue;
        }
        // A response may set several cookies, each in a header of its own.
        if name == header::SET_COOKIE {
            headers.append(name.as_str(), text(value)?)?;
        } else {
            headers.set(name.as_str(), text(value)?)?;
        }
    }
    if let Some(Streamed(stream)) = response.extensions_mut().remove() {
        return Ok(builder.with_headers(headers).stream((*stream).clone()));
    }
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let body = body.map_err(|error| Error::RustError(error.to_string()))?;
    if !body.is_empty() {
        return Ok(builder.with_headers(headers).fixed(body.into()));
    }
    if *method != Method::HEAD {
        headers.delete(header::CONTENT_TYPE.as_str())?;
    }
    Ok(builder.with_headers(headers).empty())
}

fn text(value: &HeaderValue) -> Result<&str, Error> {
    let text = value.to_str();
    text.map_err(|error| Error::RustError(error.to_string()))
}

thread_local! {
    /// Every header crosses into JavaScript as text, one by one. These cross once, and are copied there.
    static COMMON: Result<web_sys::Headers, Error> = security_headers()
        .chain([("cache-control", "no-store"), ("content-type", "application/json")])
        .try_fold(Headers::new(), |headers, (name, value)| {
            headers.set(name, value).map(|()| headers)
        })
        .map(|headers| headers.0);
}

/// A copy of the headers that every response has, and of the usual `content-type`.
fn common_headers() -> Result<Headers, Error> {
    COMMON.with(|common| match common {
        Ok(common) => Ok(Headers(web_sys::Headers::new_with_headers(common)?)),
        Err(error) => Err(Error::RustError(error.to_string())),
    })
}

impl IntoResponse for ApiError {
    /// The status, with the error itself as an extension for [`finish`].
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The file that the platform applies to static assets.
const PAGE_HEADERS: &str = include_str!("../../../../www/public/_headers");

/// Name and value of every header that the file sets for all addresses (its `/*` block).
fn security_headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    let indented = |line: &&str| line.starts_with([' ', '\t']) || line.trim().is_empty();
    PAGE_HEADERS
        .lines()
        .skip_while(|line| line.trim_end() != "/*")
        .skip(1)
        .take_while(indented)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> &'static str {
        security_headers()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    #[test]
    fn the_content_security_policy_allows_this_origin_only() {
        let policy = value("Content-Security-Policy");
        for directive in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "img-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{directive} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"));
    }

    #[test]
    fn the_other_security_headers_are_set() {
        assert_eq!(value("X-Content-Type-Options"), "nosniff");
        assert_eq!(value("Referrer-Policy"), "no-referrer");
        assert!(value("Strict-Transport-Security").contains("max-age="));
        assert!(!value("Permissions-Policy").is_empty());
    }

    #[test]
    fn every_header_is_valid_http() {
        for (name, value) in security_headers() {
            assert!(
                axum::http::HeaderName::from_bytes(name.as_bytes()).is_ok(),
                "{name}"
            );
            assert!(axum::http::HeaderValue::from_str(value).is_ok(), "{value}");
        }
    }
}
