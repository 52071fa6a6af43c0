//! `/api/operator/*`: accounts and bindings. The studios answer these requests without any picture or prompt.

mod bind;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{CreatePerson, ErrorCode, Link, MintLink, People, PersonStatus, Role};
use selfsame_primitives::ids::UserId;
use selfsame_studio::credentials::LinkClaims;
use selfsame_studio::{Nonce, OpenStudio, ReinstatePerson, SuspendPerson};

pub(super) use bind::bind;

use crate::directory::{AuditEntry, User};
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::{Id, Page};
use crate::http::response::json;
use crate::platform;

/// People on a page without `limit`.
const PAGE: u32 = 50;
/// The most characters that a name may have.
const LONGEST_NAME: usize = 80;
/// Minutes that a sign-in link works without `minutes`.
const DEFAULT_MINUTES: u32 = 60;
/// The most minutes that a sign-in link may work: a week.
const MOST_MINUTES: u32 = 7 * 24 * 60;

/// Creates a person. The studio is opened before the row is added, so that every row has a studio.
#[worker::send]
pub(super) async fn create(
    context: RequestContext,
    Operator(operator): Operator,
    Json(wanted): Json<CreatePerson>,
) -> Result<Response, ApiError> {
    let name = name(&wanted.name)?;
    let user = wanted.id.map_or_else(new_id, Ok)?;
    let directory = context.directory()?;
    if directory.user(&user).await?.is_some() {
        return Err(taken());
    }
    let open = OpenStudio {
        user: user.clone(),
        name: name.clone(),
        role: Role::Person,
        allowance: wanted.allowance,
    };
    let person = context.studio(&user)?.ask(&open).await?;
    if !directory
        .add(&user, &name, Role::Person, context.at)
        .await?
    {
        return Err(taken());
    }
    record(&context, &operator, "create_person", &user, "").await?;
    Ok((StatusCode::CREATED, json(&person)?).into_response())
}

/// Lists the people, by id.
#[worker::send]
pub(super) async fn list(
    context: RequestContext,
    Operator(_): Operator,
    page: Page,
) -> Result<Response, ApiError> {
    let limit = page.limit(PAGE);
    let directory = context.directory()?;
    let mut people = directory.people(page.cursor.as_deref(), limit + 1).await?;
    let more = people.len() > limit as usize;
    people.truncate(limit as usize);
    let last = people.last().filter(|_| more);
    let next_cursor = last.map(|person| person.id.to_string());
    json(&People {
        people,
        next_cursor,
    })
}

/// Mints a one-time sign-in link.
#[worker::send]
pub(super) async fn link(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Json(MintLink { minutes }): Json<MintLink>,
) -> Result<Response, ApiError> {
    let minutes = minutes.unwrap_or(DEFAULT_MINUTES);
    if !(1..=MOST_MINUTES).contains(&minutes) {
        let text = format!("`minutes` takes 1 to {MOST_MINUTES}.");
        return Err(ApiError::new(ErrorCode::OutOfRange, text).at("minutes"));
    }
    let user = known(&context, &user).await?;
    if user.status == PersonStatus::Suspended {
        return Err(ApiError::new(
            ErrorCode::Suspended,
            "This person is suspended, so a link would not let them in. Reinstate them first.",
        ));
    }
    let expires = context.at.plus_milliseconds(i64::from(minutes) * 60_000);
    let claims = LinkClaims {
        user: user.id,
        role: user.role,
        nonce: Nonce::from_random(platform::random()?),
        expires,
    };
    let token = context.signing_key()?.mint_link(&claims);
    let token = token.map_err(ApiError::internal)?;
    let detail = format!("until {expires}");
    record(&context, &operator, "mint_link", &claims.user, &detail).await?;
    let origin = context.config().public(&context.origin);
    json(&Link {
        url: format!("{}/sign-in#{token}", origin.as_str()),
        expires_at: expires,
    })
}

/// Refuses the person from now on and ends every session.
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
    set_status(&context, &operator, &user, PersonStatus::Suspended).await
}

/// Lets a suspended person in again.
#[worker::send]
pub(super) async fn reinstate(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    set_status(&context, &operator, &user, PersonStatus::Active).await
}

/// Changes the studio first, because its word is final. Both steps can be repeated.
async fn set_status(
    context: &RequestContext,
    operator: &UserId,
    user: &UserId,
    status: PersonStatus,
) -> Result<Response, ApiError> {
    known(context, user).await?;
    let studio = context.studio(user)?;
    let (person, action) = match status {
        PersonStatus::Suspended => (studio.ask(&SuspendPerson).await?, "suspend"),
        PersonStatus::Active => (studio.ask(&ReinstatePerson).await?, "reinstate"),
    };
    context.directory()?.set_status(user, status).await?;
    record(context, operator, action, user, "").await?;
    json(&person)
}

async fn known(context: &RequestContext, user: &UserId) -> Result<User, ApiError> {
    let found = context.directory()?.user(user).await?;
    found.ok_or_else(ApiError::not_found)
}

async fn record(
    context: &RequestContext,
    operator: &UserId,
    action: &'static str,
    subject: &UserId,
    detail: &str,
) -> Result<(), ApiError> {
    let entry = AuditEntry {
        operator,
        action,
        subject,
        detail,
    };
    Ok(context.directory()?.record(&entry, context.at).await?)
}

fn taken() -> ApiError {
    ApiError::new(
        ErrorCode::PersonExists,
        "Somebody has this user id already. Choose another one.",
    )
    .at("id")
}

fn new_id() -> Result<UserId, ApiError> {
    let text = format!("person-{:020x}", platform::random()? >> 48);
    text.parse().map_err(ApiError::internal)
}

fn name(text: &str) -> Result<String, ApiError> {
    let name = text.trim();
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let text = format!("A name has 1 to {LONGEST_NAME} characters, on one line.");
    Err(ApiError::new(ErrorCode::InvalidValue, text).at("name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(name("  Ada Lovelace "), Ok("Ada Lovelace".to_owned()));
        assert!(name(&"é".repeat(80)).is_ok());
        for text in ["", "  ", "a\nb", &"é".repeat(81)] {
            let error = name(text).expect_err(text);
            assert_eq!(error.into_refusal().field.as_deref(), Some("name"));
        }
    }
}
