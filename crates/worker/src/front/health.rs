//! `GET /api/health`: whether pictures can be made, and what is missing. Open to everybody: it tells of nobody.

use axum::response::Response;
use selfsame_api::Health;

use super::context::RequestContext;
use crate::http::ApiError;
use crate::http::response::json;

/// The Worker's state.
pub(super) async fn show(context: RequestContext) -> Result<Response, ApiError> {
    let config = context.config();
    json(&Health {
        ok: config.signing_key.is_some() && config.provider.is_some(),
        provider: config.provider_name().to_owned(),
        problem: config.problem(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}
