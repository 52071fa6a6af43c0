//! Reaching a person's object: a client's request is handed over, and its response back, both untouched but for one
//! header; the front Worker's own requests are calls.

use axum::response::{IntoResponse, Response};
use selfsame_api::Refusal;
use selfsame_primitives::ids::RequestId;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::durable::Stub;
use worker::send::SendWrapper;
use worker::{Headers, Method, Request, RequestInit, js_sys, web_sys};

use super::context::RequestContext;
use super::session::Session;
use crate::boundary::{CALLER, Call, Caller};
use crate::http::ApiError;
use crate::http::request::PlatformRequest;
use crate::http::response::REQUEST_ID;

/// An object's response, as an extension of the router's response: it goes to the client unchanged.
#[derive(Clone)]
pub(super) struct HandedOver(pub(super) SendWrapper<web_sys::Response>);

#[wasm_bindgen]
extern "C" {
    /// A Durable Object's stub. The `worker` crate's own takes a response apart and puts it together again.
    type ObjectStub;

    #[wasm_bindgen(method, catch)]
    fn fetch(this: &ObjectStub, request: &web_sys::Request) -> Result<js_sys::Promise, JsValue>;
}

/// Hands the request over to the object of the signed-in person.
#[worker::send]
pub(super) async fn hand_over(
    context: RequestContext,
    session: Session,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let stub: ObjectStub = context.object(&session.0.user)?.into_rpc();
    let caller = Caller {
        request: context.id,
        session: session.0,
    };
    let request = with_caller(request.as_platform(), &caller)?;
    let response = stub.fetch(&request).map_err(worker::Error::from)?;
    let response = JsFuture::from(response).await;
    let response: web_sys::Response = response.map_err(worker::Error::from)?.unchecked_into();
    let mut handed_over = ().into_response();
    let response = HandedOver(SendWrapper::new(response));
    handed_over.extensions_mut().insert(response);
    Ok(handed_over)
}

/// The client's request with its caller. `set` replaces a header of this name that the client sent.
fn with_caller(request: &web_sys::Request, caller: &Caller) -> Result<web_sys::Request, ApiError> {
    let caller = serde_json::to_string(caller).map_err(ApiError::internal)?;
    let request = web_sys::Request::new_with_request(request).map_err(worker::Error::from)?;
    let set = request.headers().set(CALLER, &caller);
    set.map_err(worker::Error::from)?;
    Ok(request)
}

/// A person's studio, reached over the platform's internal fetch.
pub(super) struct StudioClient {
    stub: Stub,
    request: RequestId,
}

impl StudioClient {
    /// The studio behind `stub`, asked on behalf of `request`.
    pub(super) const fn new(stub: Stub, request: RequestId) -> Self {
        Self { stub, request }
    }

    /// Makes a request of the studio.
    pub(super) async fn ask<R: Call>(&self, request: &R) -> Result<R::Reply, ApiError> {
        let body = serde_json::to_string(request).map_err(ApiError::internal)?;
        let headers = Headers::new();
        headers.set(REQUEST_ID, self.request.as_str())?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_headers(headers)
            .with_body(Some(body.into()));
        // The host has no meaning: the stub decides where the request goes.
        let request = Request::new_with_init(&format!("https://studio{}", R::PATH), &init)?;
        let mut response = self.stub.fetch_with_request(request).await?;
        if response.status_code() == 200 {
            return Ok(response.json().await?);
        }
        let seconds = response.headers().get("retry-after")?;
        let seconds = seconds.and_then(|seconds| seconds.parse().ok());
        let refusal: Refusal = response.json().await?;
        Err(ApiError::from(refusal).retry_in(seconds))
    }
}
