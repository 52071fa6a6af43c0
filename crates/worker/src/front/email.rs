//! `GET` and `DELETE /api/me/email`: the address under which the person can ask for a sign-in link.
//!
//! The person cannot set it themselves: whoever has the address gets in, so it takes somebody who knows that it is theirs.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::OwnEmail;
use selfsame_studio::{GetMe, NoteEmailRemoval};

use super::context::RequestContext;
use super::session::Session;
use crate::directory::AuditEntry;
use crate::http::ApiError;
use crate::http::body::NoBody;
use crate::http::response::json;

/// The address, if one is set.
#[worker::send]
pub(super) async fn show(context: RequestContext, session: Session) -> Result<Response, ApiError> {
    let user = session.ask(&context, GetMe).await?.id;
    let email = context.directory()?.email(&user).await?;
    json(&OwnEmail { email })
}

/// Removes the address. The studio notes it first; repeating the request carries out what was left undone.
#[worker::send]
pub(super) async fn remove(
    context: RequestContext,
    session: Session,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    session.ask(&context, NoteEmailRemoval).await?;
    let entry = AuditEntry {
        operator: AuditEntry::SELF_SERVICE,
        action: "set_email",
        subject: &session.0.user,
        detail: "removed",
    };
    context
        .directory()?
        .set_email(&session.0.user, None, &entry, context.at)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
