//! `GET /api/enhancements`, and what a request for pictures can name of the catalogue.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use selfsame_api::{EnhancementList, ErrorCode};
use selfsame_prompt::enhancement::{Enhancement, EnhancementChoice};
use selfsame_studio::ListModels;
use serde::Deserialize;

use super::routes::{Caller, Object};
use crate::catalogue;
use crate::http::ApiError;
use crate::http::response::json;

/// Which enhancements.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    /// Only those that can be used with this model.
    model: Option<String>,
}

/// What a request can name.
#[worker::send]
pub(super) async fn list(
    State(object): State<Object>,
    caller: Caller,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Which { model }) = which.map_err(|rejection| {
        let text = "This list takes `model` in the query, and nothing else.";
        ApiError::new(ErrorCode::InvalidQuery, text).because(rejection)
    })?;
    let models = caller.ask(ListModels).await?;
    let takes_some = match model {
        None => true,
        Some(id) => {
            let model = models.iter().find(|model| model.id.as_str() == id);
            let model = model.ok_or_else(ApiError::not_found)?;
            model.schema.most_enhancements() > 0
        }
    };
    let enhancements = if takes_some {
        catalogue::offered(object.shell().env()).await?.to_vec()
    } else {
        Vec::new()
    };
    json(&EnhancementList { enhancements })
}

/// The catalogue for a request that names these enhancements. Empty for a request without any, which does not wait for it.
pub(super) async fn named(
    object: &Object,
    choices: &[EnhancementChoice],
) -> Result<Vec<Enhancement>, ApiError> {
    if choices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(catalogue::enhancements(object.shell().env()).await?)
}
