//! Conversations, which are sessions to clients: `GET` and `POST /api/sessions`, `GET`, `PATCH` and
//! `DELETE /api/sessions/{id}`, `POST /api/sessions/{id}/turns`, `POST /api/sessions/{id}/restore`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ChangeConversation, DraftConflict, ErrorCode, NewConversation, NewTurn};
use selfsame_primitives::ids::ConversationId;
use selfsame_studio::{
    AddTurn, BeginConversation, Changed, DeleteConversation, EditConversation, GetConversation,
    ListConversations, RestoreConversation,
};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::RequiredKey;
use crate::http::page::Page;
use crate::http::parameters::{Id, Words};
use crate::http::response::json;
use crate::platform;

/// Conversations on a page without `limit`.
const PAGE: u32 = 20;
/// Turns on a page without `limit`.
const TURNS: u32 = 50;

/// A page, pinned ones first and then the last active; with `?q=`, those that have these words.
#[worker::send]
pub(super) async fn list(caller: Caller, search: Words) -> Result<Response, ApiError> {
    let Words { q: words, page } = search;
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    let list = ListConversations {
        words,
        cursor,
        limit,
    };
    json(&caller.ask(list).await?)
}

/// Begins a conversation.
#[worker::send]
pub(super) async fn create(
    caller: Caller,
    RequiredKey(idempotency_key): RequiredKey,
    Json(new): Json<NewConversation>,
) -> Result<Response, ApiError> {
    let id = ConversationId::mint(platform::now(), platform::random()?);
    let begin = BeginConversation {
        id,
        new,
        idempotency_key,
    };
    let conversation = caller.ask(begin).await?;
    Ok((StatusCode::CREATED, json(&conversation)?).into_response())
}

/// One conversation with its draft and a page of its turns.
#[worker::send]
pub(super) async fn show(
    caller: Caller,
    Id(id): Id<ConversationId>,
    page: Page,
) -> Result<Response, ApiError> {
    let limit = page.limit(TURNS);
    let cursor = page.cursor;
    json(&caller.ask(GetConversation { id, cursor, limit }).await?)
}

/// Adds what was said and answered.
#[worker::send]
pub(super) async fn add_turn(
    caller: Caller,
    Id(id): Id<ConversationId>,
    RequiredKey(idempotency_key): RequiredKey,
    Json(turn): Json<NewTurn>,
) -> Result<Response, ApiError> {
    let add = AddTurn {
        id,
        turn,
        idempotency_key,
    };
    let turn = caller.ask(add).await?;
    Ok((StatusCode::CREATED, json(&turn)?).into_response())
}

/// Renames or pins a conversation, or replaces its draft. A draft that was made from an older one is refused with the present
/// one.
#[worker::send]
pub(super) async fn change(
    caller: Caller,
    Id(id): Id<ConversationId>,
    Json(change): Json<ChangeConversation>,
) -> Result<Response, ApiError> {
    let draft = match caller.ask(EditConversation { id, change }).await? {
        Changed::Done(conversation) => return json(&conversation),
        Changed::DraftConflict(draft) => draft,
    };
    let error = ApiError::new(
        ErrorCode::DraftConflict,
        "This draft was changed in another window or on another device meanwhile. Look at it, then make your change again.",
    )
    .at("draft.base");
    let conflict = DraftConflict {
        error: error.body(&caller.verified.request).error,
        draft,
    };
    Ok((error.status(), json(&conflict)?).into_response())
}

/// Deletes a conversation. Its pictures stay.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<ConversationId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeleteConversation { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back the deletion of a conversation.
#[worker::send]
pub(super) async fn restore(
    caller: Caller,
    Id(id): Id<ConversationId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(RestoreConversation { id }).await?)
}
