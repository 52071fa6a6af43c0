//! `POST` and `GET /api/operator/people`, `GET` and `DELETE /api/operator/people/{id}`.
//!
//! Creating a person is three steps: the intent in D1, the studio, and the row in `users`, which takes the intent's place.
//! Somebody who was created half-way is listed as `creating`; the same request goes on with them, and `DELETE`
//! deletes them as it does everybody.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{
    ConfirmDeletion, CreatePerson, ErrorCode, People, Person, PersonAccount, PersonStatus, Role,
};
use selfsame_primitives::ids::UserId;
use selfsame_studio::{GetAllowanceState, OpenStudio};

use super::once::{Once, response};
use super::{Id, by, checked_name, entry};
use crate::directory::Creation;
use crate::front::context::RequestContext;
use crate::front::deletion;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::idempotency::Key;
use crate::http::page::Page;
use crate::http::response::json;
use crate::platform;

/// People on a page without `limit`.
const PAGE: u32 = 50;

/// Creates a person.
#[worker::send]
pub(crate) async fn create(
    context: RequestContext,
    Operator(operator): Operator,
    Key(key): Key,
    Json(wanted): Json<CreatePerson>,
) -> Result<Response, ApiError> {
    let name = checked_name("name", &wanted.name)?;
    let once = Once::new(&operator, key.as_deref(), &("create_person", &wanted))?;
    if let Some(replayed) = once.replayed(&context).await? {
        return Ok(replayed);
    }
    let directory = context.directory()?;
    let begun = match once.keyed() {
        Some(keyed) if wanted.id.is_none() => directory.creation_of(keyed).await?,
        _ => None,
    };
    let user = wanted.id.or(begun).map_or_else(new_id, Ok)?;
    let creation = Creation {
        id: &user,
        name: &name,
        allowance: wanted.allowance.pictures(),
        operator: &operator,
        key: key.as_deref().unwrap_or(""),
    };
    if !directory.begin_creation(&creation, context.at).await? {
        return Err(match directory.user(&user).await? {
            Some(_) => taken("Somebody has this user id already. Choose another one."),
            None => taken(
                "Somebody is being created or deleted under this user id. Repeat the request that created them, or wait until they are deleted.",
            ),
        });
    }
    let open = OpenStudio {
        user: user.clone(),
        name: name.clone(),
        role: Role::Person,
        allowance: wanted.allowance.pictures(),
    };
    let person = context.studio(&user)?.ask(&by(&operator, open)).await?;
    let entry = entry(&operator, "create_person", &user, "");
    let (response, body) = response(StatusCode::CREATED, &person)?;
    let answer = once.answer(StatusCode::CREATED, &body);
    let finished = directory.finish_creation(&user, &entry, answer.as_ref(), context.at);
    if !finished.await? {
        // A twin was faster, or another operator has removed the person meanwhile.
        let replayed = once.replayed(&context).await?;
        let text = "Somebody else has created or removed this person at the same moment. Look at the list.";
        return replayed.ok_or_else(|| taken(text));
    }
    Ok(response)
}

/// Lists the people, by id.
#[worker::send]
pub(crate) async fn list(
    context: RequestContext,
    Operator(_): Operator,
    page: Page,
) -> Result<Response, ApiError> {
    let limit = page.limit(PAGE);
    let directory = context.directory()?;
    let mut people = directory.people(page.cursor.as_deref(), limit + 1).await?;
    let more = people.len() > limit as usize;
    people.truncate(limit as usize);
    resume_deletions(&context, &people);
    let last = people.last().filter(|_| more);
    let next_cursor = last.map(|person| person.id.to_string());
    json(&People {
        people,
        next_cursor,
    })
}

/// One user, with their e-mail address and their allowance.
#[worker::send]
pub(crate) async fn show(
    context: RequestContext,
    Operator(_): Operator,
    Id(user): Id<UserId>,
) -> Result<Response, ApiError> {
    let directory = context.directory()?;
    let person = directory.person(&user).await?;
    let person = person.ok_or_else(ApiError::not_found)?;
    json(&PersonAccount {
        person,
        email: directory.email(&user).await?,
        allowance: context.studio(&user)?.ask(&GetAllowanceState).await?,
    })
}

/// Deletes a person, also one who was created half-way.
#[worker::send]
pub(crate) async fn remove(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Json(confirmed): Json<ConfirmDeletion>,
) -> Result<Response, ApiError> {
    let deletion = deletion::delete(&context, &operator, &user, &confirmed).await?;
    Ok((StatusCode::ACCEPTED, json(&deletion)?).into_response())
}

/// Goes on with deletions that may have stopped, after the response.
fn resume_deletions(context: &RequestContext, people: &[Person]) {
    let deleting = people
        .iter()
        .filter(|person| person.status == PersonStatus::Deleting);
    for person in deleting {
        let (later, user) = (context.clone(), person.id.clone());
        context.after_response(async move {
            if let Err(error) = deletion::resume(&later, &user).await {
                error.log(&later.id);
            }
        });
    }
}

fn taken(text: &str) -> ApiError {
    ApiError::new(ErrorCode::PersonExists, text).at("id")
}

fn new_id() -> Result<UserId, ApiError> {
    let text = format!("person-{:020x}", platform::random()? >> 48);
    text.parse().map_err(ApiError::internal)
}
