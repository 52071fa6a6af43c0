//! Calling the provider: the only place where the token is used.
//!
//! Every call has a time-out, follows no redirect, and reads at most [`MAX_RESPONSE_BYTES`] bytes.

use futures_util::StreamExt as _;
use selfsame_provider::http::{
    MAX_RESPONSE_BYTES, Method, ProviderRequest, ProviderResponse, ProviderResult, TransportError,
};
use selfsame_provider::redact::Cause;
use worker::web_sys;
use worker::{
    AbortController, AbortSignal, Error, Fetch, Headers, Request, RequestInit, RequestRedirect,
    Response,
};

use crate::config::ProviderAccess;

/// Milliseconds that a create may take: the provider answers at once, its queue comes later.
pub(crate) const CREATE_TIMEOUT: u32 = 60_000;
/// Milliseconds that a read or a cancel may take.
pub(crate) const READ_TIMEOUT: u32 = 20_000;

impl ProviderAccess {
    /// Sends `request` with the token and reads the whole answer.
    pub(crate) async fn send(&self, request: &ProviderRequest, timeout: u32) -> ProviderResult {
        let prepared = self
            .prepare(request)
            .map_err(|error| TransportError::NotSent(cause(&error)))?;
        let limit = TimeLimit::new(timeout);
        let lost = |error: Error| TransportError::Unknown(cause(&error));
        let mut response = send(prepared, &limit).await.map_err(lost)?;
        let status = response.status_code();
        let retry_after = response.headers().get("retry-after").map_err(lost)?;
        let body = read(&mut response, MAX_RESPONSE_BYTES).await;
        let body = body.map_err(|error| match error {
            ReadError::TooLarge => TransportError::TooLarge,
            ReadError::Broken(error) => lost(error),
        })?;
        Ok(ProviderResponse {
            status,
            retry_after,
            body,
        })
    }

    fn prepare(&self, request: &ProviderRequest) -> Result<Request, Error> {
        let headers = Headers::new();
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        headers.set("authorization", &format!("Bearer {}", self.token.expose()))?;
        let mut init = init(match request.method {
            Method::Get => worker::Method::Get,
            Method::Post => worker::Method::Post,
        });
        init.with_headers(headers);
        if let Some(body) = &request.body {
            init.with_body(Some(body.as_str().into()));
        }
        Request::new_with_init(&format!("{}/{}", self.base, request.target()), &init)
    }
}

/// A request that follows no redirect.
pub(crate) fn init(method: worker::Method) -> RequestInit {
    let mut init = RequestInit::new();
    init.with_method(method)
        .with_redirect(RequestRedirect::Manual);
    init
}

/// How long requests may take together, with connecting, waiting and reading. Dropping it aborts what is still under
/// way, so that an effect which loses its lease leaves no connection open.
pub(crate) struct TimeLimit {
    controller: Option<AbortController>,
    signal: AbortSignal,
}

impl TimeLimit {
    /// A limit that ends `milliseconds` from now.
    pub(crate) fn new(milliseconds: u32) -> Self {
        let controller = AbortController::default();
        let timeout = web_sys::AbortSignal::timeout_with_u32(milliseconds);
        let signals = js_sys::Array::of2(&controller.signal(), &timeout);
        Self {
            controller: Some(controller),
            signal: web_sys::AbortSignal::any(&signals).into(),
        }
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        if let Some(controller) = self.controller.take() {
            controller.abort();
        }
    }
}

/// Sends `request` within `limit`.
pub(crate) async fn send(request: Request, limit: &TimeLimit) -> Result<Response, Error> {
    Fetch::Request(request)
        .send_with_signal(&limit.signal)
        .await
}

/// Why a body could not be read.
pub(crate) enum ReadError {
    /// It has more bytes than may be read.
    TooLarge,
    /// The connection broke, or the time was up.
    Broken(Error),
}

/// The whole body, of at most `limit` bytes: by its announced length, and counted as it comes.
pub(crate) async fn read(response: &mut Response, limit: usize) -> Result<Vec<u8>, ReadError> {
    let announced = response.headers().get("content-length");
    let announced = announced.map_err(ReadError::Broken)?;
    let announced: Option<usize> = announced.and_then(|length| length.parse().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0));
    let mut stream = response.stream().map_err(ReadError::Broken)?;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(ReadError::Broken)?;
        if bytes.len() + chunk.len() > limit {
            return Err(ReadError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// An error of the platform, fit for the log.
pub(crate) fn cause(error: &Error) -> Cause {
    Cause::new(error.to_string())
}
