//! `/api/operator/*`: accounts and bindings. The studios answer these requests without any picture or prompt.

mod allowance;
mod audit;
mod bind;
mod enhancements;
mod links;
mod models;
mod once;
mod people;

use axum::response::Response;
use selfsame_api::{ErrorCode, PersonStatus, SetEmail};
use selfsame_primitives::ids::UserId;
use selfsame_primitives::text::is_invisible;
use selfsame_studio::{Administered, Administrator, NoteEmail, ReinstatePerson, SuspendPerson};

pub(super) use allowance::{change_allowance, decline, inbox};
pub(super) use audit::audit;
pub(super) use bind::bind;
pub(super) use enhancements::{enhancements, put_enhancement, retire_enhancement};
pub(super) use links::{approve_link, decline_link, link, link_requests, mint, revoke_links};
pub(super) use models::{canary_off, canary_on, check, models, retire, transfer, unbind};
pub(super) use people::{create, list, remove, show};

use crate::directory::{AuditEntry, User};
use crate::front::context::RequestContext;
use crate::front::self_service::normalised;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::Id;
use crate::http::response::json;

/// The most characters that a name may have.
const LONGEST_NAME: usize = 80;

/// Refuses the person from now on and ends every session and every link. D1 comes first, because it knows whether this is
/// the last operator; repeating the request carries out what was left undone.
#[worker::send]
pub(super) async fn suspend(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    if user == operator {
        return Err(ApiError::new(
            ErrorCode::Forbidden,
            "You cannot suspend yourself: nobody could let you in again.",
        ));
    }
    known(&context, &user).await?;
    let entry = entry(&operator, "suspend", &user, "");
    let directory = context.directory()?;
    let changed = directory.suspend(&user, &entry, context.at).await?;
    if !changed && known(&context, &user).await?.status == PersonStatus::Active {
        return Err(ApiError::new(
            ErrorCode::Forbidden,
            "This is the last operator: suspended, nobody could administer the studio.",
        ));
    }
    let person = by(&operator, SuspendPerson);
    json(&context.studio(&user)?.ask(&person).await?)
}

/// Lets a suspended person in again. The studio comes first, so that D1 never counts an operator who is still refused.
#[worker::send]
pub(super) async fn reinstate(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let request = by(&operator, ReinstatePerson);
    let person = context.studio(&user)?.ask(&request).await?;
    let entry = entry(&operator, "reinstate", &user, "");
    let directory = context.directory()?;
    directory.reinstate(&user, &entry, context.at).await?;
    json(&person)
}

/// Sets the e-mail address under which the person may ask for a link, or takes it away.
#[worker::send]
pub(super) async fn set_email(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Json(SetEmail { email }): Json<SetEmail>,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let email = email.as_deref().map(normalised).transpose()?;
    let detail = email.as_ref().map_or("removed", |_| "set");
    let entry = entry(&operator, "set_email", &user, detail);
    let directory = context.directory()?;
    if !directory
        .set_email(&user, email.as_deref(), &entry, context.at)
        .await?
    {
        return Err(ApiError::new(
            ErrorCode::PersonExists,
            "Somebody else here has this e-mail address already.",
        )
        .at("email"));
    }
    let note = NoteEmail {
        set: email.is_some(),
    };
    context.studio(&user)?.ask(&by(&operator, note)).await?;
    json(&SetEmail { email })
}

/// A request of a person's studio that goes into the person's access log as `operator`'s.
fn by<R>(operator: &UserId, request: R) -> Administered<R> {
    Administered {
        by: Administrator::Operator(operator.clone()),
        request,
    }
}

/// An entry of the audit log.
fn entry<'a>(
    operator: &'a UserId,
    action: &'static str,
    subject: &'a UserId,
    detail: &'a str,
) -> AuditEntry<'a> {
    AuditEntry {
        operator: operator.as_str(),
        action,
        subject,
        detail,
    }
}

/// The user, unless they are being deleted.
async fn known(context: &RequestContext, user: &UserId) -> Result<User, ApiError> {
    let found = context.directory()?.user(user).await?;
    let found = found.filter(|user| user.status != PersonStatus::Deleting);
    found.ok_or_else(ApiError::not_found)
}

/// The name of a person or the label of a model, in the field `field`.
fn checked_name(field: &str, text: &str) -> Result<String, ApiError> {
    let name = text.trim();
    let length = name.chars().count();
    // Joiners and variation selectors are part of names in some scripts, and of emoji.
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let is_hidden = |c: char| c.is_control() || (is_invisible(c) && !joins(c));
    let is_seen = name.chars().any(char::is_alphanumeric);
    if (1..=LONGEST_NAME).contains(&length) && is_seen && !name.chars().any(is_hidden) {
        return Ok(name.to_owned());
    }
    let text = format!(
        "A name has 1 to {LONGEST_NAME} characters on one line, with a letter or digit, and none that is invisible or changes the direction of the text."
    );
    Err(ApiError::new(ErrorCode::InvalidValue, text).at(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        let name = |text: &str| checked_name("name", text);
        assert_eq!(name("  Ada Lovelace "), Ok("Ada Lovelace".to_owned()));
        assert!(name(&"é".repeat(80)).is_ok());
        assert!(name("می\u{200c}خواهم").is_ok() && name("Ada 👩\u{200d}💻").is_ok());
        for text in [
            "",
            "  ",
            "a\nb",
            &"é".repeat(81),
            "\u{200b}",
            "\u{200d}\u{200d}",
            "\u{3164}",
            "Ada\u{202e}nimda",
            "Ada\u{2066}",
            "Ada\u{200f}",
            "A\u{ad}da",
            "👩",
        ] {
            let error = name(text).expect_err(text);
            assert_eq!(error.into_refusal().field.as_deref(), Some("name"));
        }
    }
}
