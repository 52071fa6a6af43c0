//! `GET /api/me`, `GET /api/models`.

use axum::extract::State;
use axum::response::Response;
use selfsame_api::ModelList;
use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_studio::{GetMe, ListModels};

use crate::answer::json;
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::session::Session;

/// Who is signed in.
#[worker::send]
pub async fn show(
    State(visit): State<RequestContext>,
    session: Session,
) -> Result<Response, ApiError> {
    json(&session.ask(&visit, GetMe).await?)
}

/// The person's models, and what can be chosen with them.
#[worker::send]
pub async fn models(
    State(visit): State<RequestContext>,
    session: Session,
) -> Result<Response, ApiError> {
    json(&ModelList {
        models: session.ask(&visit, ListModels).await?,
        presets: PRESETS.to_vec(),
        quality_specs: QUALITY_SPECS.to_vec(),
    })
}
