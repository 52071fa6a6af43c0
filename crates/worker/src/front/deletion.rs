//! Deleting a person: `DELETE /api/me`, the operator's `DELETE /api/operator/people/{id}`, and the receipt at
//! `GET /api/deletions/{id}`.
//!
//! The directory notes the deletion first. Then the person's studio empties itself and carries out the rest by its alarm. If
//! a request stops between the two, the deletion continues when the request is repeated, when the receipt is read, or when
//! an operator lists the people.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ConfirmDeletion, Deletion, ErrorCode, Remains, Removed};
use selfsame_primitives::ids::{DeletionId, UserId};
use selfsame_studio::{DeletePerson, GetMe};

use super::context::RequestContext;
use super::session::Session;
use crate::directory::{AuditEntry, DeletionRow, NewDeletion};
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::parameters::Id;
use crate::http::response::{self, json};
use crate::platform;

/// Deletes the person who asks for it. The browser forgets them as it does when they sign out.
#[worker::send]
pub(super) async fn delete_me(
    context: RequestContext,
    session: Session,
    Json(confirmed): Json<ConfirmDeletion>,
) -> Result<Response, ApiError> {
    session.ask(&context, GetMe).await?;
    let user = session.0.user;
    let deletion = delete(&context, &user, &user, &confirmed).await?;
    let forget = response::forget(&context.origin);
    Ok((StatusCode::ACCEPTED, forget, json(&deletion)?).into_response())
}

/// The receipt, or that the deletion is under way. It needs no session, because the person has none any more.
#[worker::send]
pub(super) async fn receipt(
    context: RequestContext,
    Id(id): Id<DeletionId>,
) -> Result<Response, ApiError> {
    let row = context.directory()?.deletion(&id).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    go_on(&context, &row).await?;
    json(&described(row))
}

/// Begins to delete `user` on behalf of `by`, or goes on with it.
pub(super) async fn delete(
    context: &RequestContext,
    by: &UserId,
    user: &UserId,
    confirmed: &ConfirmDeletion,
) -> Result<Deletion, ApiError> {
    if confirmed.confirm != *user {
        let text =
            "Repeat the user id of the person who is to be deleted: nothing brings them back.";
        return Err(ApiError::new(ErrorCode::InvalidValue, text).at("confirm"));
    }
    let entry = AuditEntry {
        operator: by.as_str(),
        action: "delete_person",
        subject: user,
        detail: "",
    };
    let wanted = NewDeletion {
        id: &DeletionId::mint(context.at, platform::random()?),
        user,
        provider_versions: confirmed.provider_versions,
    };
    let directory = context.directory()?;
    let begun = directory.begin_deletion(wanted, &entry, context.at).await?;
    let Some(row) = begun else {
        return Err(match directory.user(user).await? {
            Some(_) => ApiError::new(
                ErrorCode::Forbidden,
                "This is the last operator: without one, nobody could administer the studio.",
            ),
            None => ApiError::not_found(),
        });
    };
    go_on(context, &row).await?;
    Ok(described(row))
}

/// Goes on with the deletion of a person if one is under way.
pub(super) async fn resume(context: &RequestContext, user: &UserId) -> Result<(), ApiError> {
    match context.directory()?.deletion_of(user).await? {
        Some(row) => go_on(context, &row).await,
        None => Ok(()),
    }
}

/// Makes the person's studio delete itself. A studio that does so already is only woken.
async fn go_on(context: &RequestContext, row: &DeletionRow) -> Result<(), ApiError> {
    let Some(user) = &row.user_id else {
        return Ok(());
    };
    let request = DeletePerson {
        user: user.clone(),
        deletion: row.id.clone(),
        provider_versions: row.provider_versions(),
    };
    context.studio(user)?.ask(&request).await
}

fn described(row: DeletionRow) -> Deletion {
    let finished = row.finished();
    let text = match &finished {
        Some((_, removed, remains)) => in_words(removed, remains),
        None => {
            "The deletion is under way. It goes on by itself and is usually done within a minute."
                .to_owned()
        }
    };
    let (finished_at, removed, remains) = match finished {
        Some((at, removed, remains)) => (Some(at), Some(removed), Some(remains)),
        None => (None, None, None),
    };
    Deletion {
        requested_at: row.requested_at(),
        id: row.id,
        finished_at,
        removed,
        remains,
        text,
    }
}

/// What was deleted and what remains, for the person.
fn in_words(removed: &Removed, remains: &Remains) -> String {
    let versions = |number| counted(number, "model version");
    let at_provider = match removed.provider_versions {
        0 => String::new(),
        number => format!(" The provider deletes {}.", versions(number)),
    };
    let kept_there = match remains.provider_versions {
        0 => String::new(),
        number => format!(", and {} at the provider", versions(number)),
    };
    format!(
        "Deleted for good: {}, {}, {}, {} and {} of the history.{at_provider} What remains: {} of the operators' log, \
         without a name{kept_there}.",
        counted(removed.generations, "request"),
        counted(removed.pictures, "picture"),
        counted(removed.models, "model"),
        counted(removed.sessions, "session"),
        entries(removed.entries),
        entries(remains.audit_entries),
    )
}

fn counted(number: u32, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

fn entries(number: u32) -> String {
    match number {
        1 => "1 entry".to_owned(),
        _ => format!("{number} entries"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_receipt_says_what_was_deleted_and_what_remains() {
        let removed = Removed {
            generations: 3,
            pictures: 1,
            bytes: 9,
            models: 2,
            sessions: 1,
            entries: 8,
            provider_versions: 1,
        };
        let remains = Remains {
            audit_entries: 4,
            provider_versions: 1,
        };
        assert_eq!(
            in_words(&removed, &remains),
            "Deleted for good: 3 requests, 1 picture, 2 models, 1 session and 8 entries of the history. \
             The provider deletes 1 model version. What remains: 4 entries of the operators' log, \
             without a name, and 1 model version at the provider."
        );
        let none = in_words(&Removed::default(), &Remains::default());
        assert!(!none.contains("provider"), "{none}");
    }
}
