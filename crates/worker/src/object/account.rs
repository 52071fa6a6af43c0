//! `GET /api/me`, `GET /api/models`, `DELETE /api/session`.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::ModelList;
use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_studio::{EndSession, GetMe, ListModels};

use super::routes::Caller;
use crate::http::body::NoBody;
use crate::http::response::json;
use crate::http::{ApiError, cookie};

/// Who is signed in.
#[worker::send]
pub(super) async fn show(caller: Caller) -> Result<Response, ApiError> {
    json(&caller.ask(GetMe).await?)
}

/// The person's models, and what can be chosen with them.
#[worker::send]
pub(super) async fn models(caller: Caller) -> Result<Response, ApiError> {
    json(&ModelList {
        models: caller.ask(ListModels).await?,
        presets: PRESETS.to_vec(),
        quality_specs: QUALITY_SPECS.to_vec(),
    })
}

/// Ends the session in the studio, so that no copy of its cookie is accepted any more. The browser forgets the cookie
/// whether or not the session had ended before.
#[worker::send]
pub(super) async fn sign_out(caller: Caller, _: NoBody) -> Response {
    let forget = [(header::SET_COOKIE, cookie::clear(&caller.origin))];
    match caller.ask(EndSession).await {
        Ok(()) => (StatusCode::NO_CONTENT, forget).into_response(),
        Err(error) => (forget, error).into_response(),
    }
}
