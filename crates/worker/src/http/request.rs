//! A request as the platform holds it. Headers and body stay in JavaScript until a handler asks for them.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::Method;
use axum::http::method::InvalidMethod;
use axum::http::request::Parts;
use worker::send::SendWrapper;
use worker::{Error, web_sys};

use super::ApiError;

/// A request as the platform holds it. Every handler can extract it.
#[derive(Clone)]
pub(crate) struct PlatformRequest(SendWrapper<web_sys::Request>);

impl PlatformRequest {
    /// Wraps the platform's request.
    pub(crate) fn new(request: web_sys::Request) -> Self {
        Self(SendWrapper::new(request))
    }

    /// The platform's own request.
    pub(crate) fn as_platform(&self) -> &web_sys::Request {
        &self.0
    }

    /// The method.
    pub(crate) fn method(&self) -> Result<Method, Error> {
        let method = self.0.method().parse();
        method.map_err(|error: InvalidMethod| Error::RustError(error.to_string()))
    }

    /// The value of a header, if the request has it.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.0.headers().get(name).ok().flatten()
    }

    /// The request for a router: its method and address, without headers and body, and itself as an extension.
    pub(crate) fn to_axum(&self) -> Result<Request, ApiError> {
        // The address is one that the platform has accepted; what `http` does not accept leads nowhere.
        Request::builder()
            .method(self.0.method().as_str())
            .uri(self.0.url())
            .extension(self.clone())
            .body(Body::empty())
            .map_err(|error| ApiError::not_found().because(error))
    }

    /// The request behind a router's request.
    pub(crate) fn of(parts: &Parts) -> Result<Self, ApiError> {
        let request = parts.extensions.get::<Self>().cloned();
        request.ok_or_else(|| ApiError::internal("the request was routed without its original"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PlatformRequest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::of(parts)
    }
}

/// Runs a request through a router.
pub(crate) async fn route(mut router: axum::Router, request: Request) -> axum::response::Response {
    use tower_service::Service as _;
    match router.call(request).await {
        Ok(response) => response,
        Err(never) => {
            let never: Infallible = never;
            match never {}
        }
    }
}
