//! `GET /api/health`: whether pictures can be made, and what is missing. For anybody: it says nothing of anybody.

use axum::extract::State;
use axum::response::Response;
use selfsame_api::Health;

use crate::answer::json;
use crate::context::RequestContext;
use crate::error::ApiError;

/// The Worker's state.
pub async fn show(State(visit): State<RequestContext>) -> Result<Response, ApiError> {
    let config = visit.config();
    json(&Health {
        ok: config.signing_key.is_some() && config.provider.is_some(),
        provider: config.provider_name().to_owned(),
        problem: config.problem(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}
