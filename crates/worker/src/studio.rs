//! The Worker's side of a studio: commands out, replies back.
//!
//! A studio is reached over the platform's internal fetch, never over the network; the host in its addresses means
//! nothing. `POST /command` takes a [`Command`] and answers a [`Reply`] or, with any other status than 200, a
//! [`Refusal`]; `POST /hint` takes a [`Hinted`]; `GET /events` takes a WebSocket.

use selfsame_api::ErrorCode;
use selfsame_primitives::ids::{GenerationId, RequestId};
use selfsame_provider::prediction::ProviderId;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::{Command, Nonce, PersonCommand, Refusal, Reply};
use serde::{Deserialize, Serialize};
use worker::durable::Stub;
use worker::{Headers, Method, Request, RequestInit, Response};

use crate::error::ApiError;

/// Where a studio takes commands.
pub const COMMAND: &str = "/command";
/// Where a studio takes webhooks' hints.
pub const HINT: &str = "/hint";
/// Where a studio takes sockets.
pub const EVENTS: &str = "/events";
/// Header: the request that the Worker is serving, for the studio's log.
pub const REQUEST_ID: &str = "x-request-id";
/// Header on `/events`: the session's verified claims as JSON.
pub const SESSION: &str = "x-session";

/// A verified webhook on its way to the studio.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hinted {
    /// The webhook's own id.
    pub webhook_id: String,
    /// From the address it came to.
    pub generation: GenerationId,
    /// From the address it came to.
    pub nonce: Nonce,
    /// The prediction it speaks of.
    pub provider_id: ProviderId,
}

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

    /// Tells the studio to do something.
    pub async fn tell(&self, command: &Command) -> Result<Reply, ApiError> {
        let mut response = self.post(COMMAND, command).await?;
        if response.status_code() == 200 {
            return Ok(response.json().await?);
        }
        let refusal: Refusal = response.json().await?;
        Err(refusal.into())
    }

    /// Asks something on behalf of a signed-in person.
    pub async fn ask(
        &self,
        session: &SessionClaims,
        ask: PersonCommand,
    ) -> Result<Reply, ApiError> {
        let session = session.clone();
        self.tell(&Command::As { session, ask }).await
    }

    /// Passes a verified webhook on.
    pub async fn hint(&self, hint: &Hinted) -> Result<(), ApiError> {
        let response = self.post(HINT, hint).await?;
        match response.status_code() {
            200..=299 => Ok(()),
            status => Err(ApiError::internal(format!(
                "the studio answered a hint with {status}"
            ))),
        }
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

    async fn post(&self, path: &str, body: &impl Serialize) -> Result<Response, ApiError> {
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_headers(self.headers()?)
            .with_body(Some(json(body)?.into()));
        self.send(path, &init).await
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

/// A reply of another kind than its command's: a mistake of ours.
#[must_use]
pub fn unexpected() -> ApiError {
    ApiError::internal("the studio's reply is of another kind than its command's")
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
