//! `POST` and `GET /api/generations`, `GET` and `DELETE /api/generations/{id}`,
//! `POST /api/generations/{id}/cancel`.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, GenerationRequest};
use selfsame_primitives::ids::GenerationId;
use selfsame_studio::{
    CancelGeneration, DeleteGeneration, Generate, GetGeneration, ListGenerations, Nonce,
};

use super::enhancements;
use super::routes::{Caller, Object};
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::{RequiredKey, replayed};
use crate::http::parameters::{Id, InSession};
use crate::http::response::json;
use crate::http::{ApiError, JsonError};
use crate::platform;

/// Generations on a page without `limit`.
const PAGE: u32 = 20;

/// Asks for pictures. Answers 202 as soon as the studio has stored the request, without waiting for the provider.
#[worker::send]
pub(super) async fn create(
    State(object): State<Object>,
    caller: Caller,
    RequiredKey(idempotency_key): RequiredKey,
    request: Result<Json<GenerationRequest>, JsonError>,
) -> Result<Response, ApiError> {
    let Json(request) = request.map_err(unknown_id)?;
    let webhook_origin = webhook_origin(&object, &caller)?;
    let enhancements = enhancements::named(&object, &request.enhancements).await?;
    let random = platform::random()?;
    let id = GenerationId::mint(platform::now(), random);
    let generation = caller
        .ask(Generate {
            request,
            idempotency_key,
            generation: id.clone(),
            nonce: Nonce::from_random(platform::random()?),
            seed: seed(random),
            enhancements,
            webhook_origin,
        })
        .await?;
    let address = format!("/api/generations/{}", generation.id);
    let location = [(header::LOCATION, address)];
    let response = (StatusCode::ACCEPTED, location, json(&generation)?).into_response();
    // Another id is that of the generation which the same key began.
    if generation.id != id {
        return Ok(replayed(response));
    }
    Ok(response)
}

/// Where the provider's webhooks go. Without an address of its own the studio gets none, and polls find the changes.
pub(super) fn webhook_origin(object: &Object, caller: &Caller) -> Result<Option<String>, ApiError> {
    let config = object.shell().config();
    let provider = config.provider()?;
    let origin = config.public_origin(&caller.origin);
    Ok(origin.and_then(|origin| provider.webhook_origin(origin)))
}

/// A page, newest first; with `?session=`, of those that belong to this conversation.
#[worker::send]
pub(super) async fn list(caller: Caller, asked: InSession) -> Result<Response, ApiError> {
    let InSession { session, page } = asked;
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    let list = ListGenerations {
        cursor,
        limit,
        session,
    };
    json(&caller.ask(list).await?)
}

/// One generation.
#[worker::send]
pub(super) async fn show(caller: Caller, Id(id): Id<GenerationId>) -> Result<Response, ApiError> {
    json(&caller.ask(GetGeneration { id }).await?)
}

/// Asks for a generation's end, and answers with its present state.
#[worker::send]
pub(super) async fn cancel(
    caller: Caller,
    Id(id): Id<GenerationId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(CancelGeneration { id }).await?)
}

/// Moves a generation with its pictures to the bin.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<GenerationId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeleteGeneration { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A malformed id of a model or a conversation is answered like an unknown one.
pub(super) fn unknown_id(error: JsonError) -> ApiError {
    match error {
        JsonError::Field(field)
            if matches!(field.field(), Some("model" | "session"))
                && field.code() == ErrorCode::InvalidValue =>
        {
            ApiError::not_found()
        }
        error => error.into(),
    }
}

/// A seed from `random`; never 0, which a provider reads as no seed.
pub(super) fn seed(random: u128) -> u32 {
    let bits = (random >> 96) as u32;
    bits.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_seed_is_never_0() {
        assert_eq!(seed(0), 1);
        assert_eq!(seed(u128::MAX), u32::MAX);
    }
}
