//! Calling the provider: the only place where the token is used.
//!
//! Every call has a time-out, follows no redirect, and reads at most [`MAX_RESPONSE_BYTES`] bytes.

use js_sys::Uint8Array;
use selfsame_provider::http::{
    MAX_RESPONSE_BYTES, Method, ProviderRequest, ProviderResponse, ProviderResult, TransportError,
};
use selfsame_provider::redact::Cause;
use selfsame_provider::replicate::read_throttle;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamGetReaderOptions, ReadableStreamReaderMode};
use worker::{
    AbortController, AbortSignal, Error, Fetch, Headers, Request, RequestInit, RequestRedirect,
    Response, ResponseBody,
};

use crate::config::ProviderAccess;
use crate::pacer::{Later, PacerClient, Permit};

/// Milliseconds that a create may take: the provider answers at once, its queue comes later.
pub(crate) const CREATE_TIMEOUT: u32 = 60_000;
/// Milliseconds that a read or a cancel may take.
pub(crate) const READ_TIMEOUT: u32 = 20_000;

impl ProviderAccess {
    /// Sends `request` when it has its turn.
    pub(crate) async fn send_in_turn(
        &self,
        pacer: &PacerClient,
        request: &ProviderRequest,
        timeout: u32,
    ) -> Result<ProviderResult, Later> {
        let permit = pacer.permit(self.kind, request).await?;
        Ok(self.send(permit, timeout).await)
    }

    /// Sends the permitted request with the token and reads the whole answer. Reports a 429 to the pacer.
    pub(crate) async fn send(&self, permit: Permit<'_>, timeout: u32) -> ProviderResult {
        let response = self.exchange(permit.request, timeout).await?;
        if let Some(seconds) = read_throttle(&response) {
            permit.throttled(self.kind, seconds).await;
        }
        Ok(response)
    }

    async fn exchange(&self, request: &ProviderRequest, timeout: u32) -> ProviderResult {
        let prepared = self
            .prepare(request)
            .map_err(|error| TransportError::NotSent(cause(&error)))?;
        let limit = TimeLimit::new(timeout);
        let lost = |error: Error| TransportError::Unknown(cause(&error));
        let response = send(prepared, &limit).await.map_err(lost)?;
        let status = response.status_code();
        let retry_after = response.headers().get("retry-after").map_err(lost)?;
        let body = read(&response, MAX_RESPONSE_BYTES).await;
        let body = body.map_err(|error| match error {
            ReadError::TooLarge => TransportError::TooLarge,
            ReadError::Broken(error) => lost(error),
        })?;
        limit.end();
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
            Method::Delete => worker::Method::Delete,
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

/// How long requests may take together, with connecting, waiting and reading. Dropping it before its [`end`](Self::end)
/// aborts what is still under way, so that an effect which loses its lease leaves no connection open.
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

    /// Everything has been read, so nothing is left to abort.
    pub(crate) fn end(mut self) {
        self.controller = None;
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

/// Bytes of the first read of a body whose length is not announced. Nearly every prediction fits.
const FIRST_READ: usize = 16 * 1024;

#[wasm_bindgen]
extern "C" {
    /// A reader that fills a buffer. `web-sys` has none with the option `min`.
    #[wasm_bindgen(extends = js_sys::Object)]
    type BufferReader;

    /// Resolves when `buffer` has `min` bytes or the stream has ended.
    #[wasm_bindgen(method, catch)]
    fn read(
        this: &BufferReader,
        buffer: Uint8Array,
        options: &ReadOptions,
    ) -> Result<js_sys::Promise, JsValue>;

    /// How much is to be read.
    #[wasm_bindgen(extends = js_sys::Object)]
    type ReadOptions;

    #[wasm_bindgen(method, setter)]
    fn set_min(this: &ReadOptions, bytes: u32);

    /// What a read gives.
    #[wasm_bindgen(extends = js_sys::Object)]
    type ReadResult;

    #[wasm_bindgen(method, getter)]
    fn value(this: &ReadResult) -> Option<Uint8Array>;
}

/// The whole body, of at most `limit` bytes. A body that has its announced length, or a short one, is read in one turn:
/// each chunk of a stream would cost a promise, and most of a call's processor time. The announced length is a hint
/// only, because that of a compressed body is another than that of what is read.
pub(crate) async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, ReadError> {
    let announced = response.headers().get("content-length");
    let announced = announced.map_err(ReadError::Broken)?;
    let announced: Option<usize> = announced.and_then(|length| length.parse().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ReadError::TooLarge);
    }
    let ResponseBody::Stream(stream) = response.body() else {
        return Ok(Vec::new());
    };
    let options = ReadableStreamGetReaderOptions::new();
    options.set_mode(ReadableStreamReaderMode::Byob);
    let reader: BufferReader = stream.get_reader_with_options(&options).unchecked_into();
    let mut bytes = Vec::new();
    // A read that is not filled is the last one, so each asks for a byte more than is expected.
    let mut size = announced.unwrap_or(FIRST_READ) + 1;
    loop {
        size = size.min(limit + 1 - bytes.len());
        let read = fill(&reader, size).await.map_err(broken)?;
        let read = read.map(|read| read.to_vec()).unwrap_or_default();
        let ended = read.len() < size;
        if bytes.is_empty() {
            bytes = read;
        } else {
            bytes.extend_from_slice(&read);
        }
        if bytes.len() > limit {
            return Err(ReadError::TooLarge);
        }
        if ended {
            return Ok(bytes);
        }
        size = bytes.len();
    }
}

/// The next `size` bytes, or fewer if the stream ends.
async fn fill(reader: &BufferReader, size: usize) -> Result<Option<Uint8Array>, JsValue> {
    let size = u32::try_from(size).unwrap_or(u32::MAX);
    let options: ReadOptions = js_sys::Object::new().unchecked_into();
    options.set_min(size);
    let read = reader.read(Uint8Array::new_with_length(size), &options)?;
    let read: ReadResult = JsFuture::from(read).await?.unchecked_into();
    Ok(read.value())
}

fn broken(error: JsValue) -> ReadError {
    ReadError::Broken(error.into())
}

/// An error of the platform, fit for the log.
pub(crate) fn cause(error: &Error) -> Cause {
    Cause::new(error.to_string())
}
