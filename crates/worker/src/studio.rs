//! The front Worker's side of a studio: requests out, replies back.
//!
//! A studio is reached over the platform's internal fetch, never over the network; the host in its addresses means
//! nothing. [`Call`]s go to their own addresses; `GET /events` takes a WebSocket.

use selfsame_api::{ErrorCode, Refusal};
use selfsame_primitives::ids::RequestId;
use selfsame_studio::credentials::SessionClaims;
use serde::Serialize;
use worker::durable::Stub;
use worker::{Headers, Method, Request, RequestInit, Response};

use crate::call::Call;
use crate::error::ApiError;

/// Where a studio takes sockets.
pub const EVENTS: &str = "/events";
/// Header: the request that the Worker is serving, for the studio's log.
pub const REQUEST_ID: &str = "x-request-id";
/// Header on `/events`: the session's verified claims as JSON.
pub const SESSION: &str = "x-session";

/// A person's studio, as the Worker reaches it.
pub struct Studio {
    stub: Stub,
    request: RequestId,
}

impl Studio {
    /// The studio behind `stub`, on behalf of `request`.
    #[must_use]
    pub const fn new(stub: Stub, request: RequestId) -> Self {
        Self { stub, request }
    }

    /// Asks the studio.
    pub async fn ask<R: Call>(&self, request: &R) -> Result<R::Reply, ApiError> {
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_headers(self.headers()?)
            .with_body(Some(json(request)?.into()));
        let mut response = self.send(R::PATH, &init).await?;
        if response.status_code() == 200 {
            return Ok(response.json().await?);
        }
        let refusal: Refusal = response.json().await?;
        Err(refusal.into())
    }

    /// Opens the person's WebSocket.
    pub async fn events(&self, session: &SessionClaims) -> Result<Response, ApiError> {
        let headers = self.headers()?;
        headers.set("upgrade", "websocket")?;
        headers.set(SESSION, &json(session)?)?;
        let mut init = RequestInit::new();
        init.with_headers(headers);
        let mut response = self.send(EVENTS, &init).await?;
        if response.status_code() == 101 {
            return Ok(response);
        }
        let refusal: Refusal = response.json().await?;
        Err(refusal.into())
    }

    fn headers(&self) -> Result<Headers, ApiError> {
        let headers = Headers::new();
        headers.set(REQUEST_ID, self.request.as_str())?;
        Ok(headers)
    }

    async fn send(&self, path: &str, init: &RequestInit) -> Result<Response, ApiError> {
        let request = Request::new_with_init(&format!("https://studio{path}"), init)?;
        Ok(self.stub.fetch_with_request(request).await?)
    }
}

fn json(value: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(ApiError::internal)
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        if refusal.code == ErrorCode::NotFound {
            return Self::not_found();
        }
        let problem = Self::new(refusal.code, refusal.message);
        match refusal.field {
            Some(field) => problem.at(field),
            None => problem,
        }
    }
}
