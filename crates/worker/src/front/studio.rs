//! The front Worker's own requests to a person's studio.

use selfsame_api::Refusal;
use selfsame_primitives::ids::RequestId;
use worker::durable::Stub;
use worker::{Headers, Method, Request, RequestInit};

use crate::boundary::Call;
use crate::http::ApiError;
use crate::http::response::REQUEST_ID;

/// A person's studio, reached over the platform's internal fetch.
pub(super) struct Studio {
    stub: Stub,
    request: RequestId,
}

impl Studio {
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
        let refusal: Refusal = response.json().await?;
        Err(refusal.into())
    }
}
