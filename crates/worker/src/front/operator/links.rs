//! Sign-in links: `POST /api/operator/people/{id}/link` and `…/revoke-links`, and `/api/operator/link-requests`.
//!
//! A link to a person is made at once. A link to an operator is power over everybody, so one operator asks for it and
//! another approves; `cargo xtask sign-in`, which has the signing key, is the way for a studio with a single operator.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, Link, LinkRequest, LinkRequests, MintLink, PersonStatus, Role};
use selfsame_primitives::ids::{LinkRequestId, UserId};
use selfsame_primitives::text::plural;
use selfsame_studio::credentials::{LinkClaims, LinkValidity};
use selfsame_studio::{Administered, Administrator, IssueLink, LinkGrant, Nonce, RevokeLinks};

use super::once::Once;
use super::{Id, by, entry, known};
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::{self, Key};
use crate::http::response::json;
use crate::platform;

/// Minutes that a sign-in link works without `minutes`.
const DEFAULT_MINUTES: u32 = 60;
/// The most minutes that a sign-in link may work: a week.
const MOST_MINUTES: u32 = 7 * 24 * 60;
/// Milliseconds that a request for an operator's link waits for approval: a day.
const WAITS: i64 = 24 * 60 * 60_000;

/// Mints a one-time sign-in link for a person, or asks for an operator's.
#[worker::send]
pub(crate) async fn link(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Key(key): Key,
    Json(MintLink { minutes }): Json<MintLink>,
) -> Result<Response, ApiError> {
    let minutes = minutes.unwrap_or(DEFAULT_MINUTES);
    if !(1..=MOST_MINUTES).contains(&minutes) {
        let text = format!("`minutes` takes 1 to {MOST_MINUTES}.");
        return Err(ApiError::new(ErrorCode::OutOfRange, text).at("minutes"));
    }
    context.link_origin()?;
    let user = known(&context, &user).await?;
    if user.status == PersonStatus::Suspended {
        return Err(ApiError::new(
            ErrorCode::Suspended,
            "This person is suspended, so a link would not let them in. Reinstate them first.",
        ));
    }
    if user.role == Role::Operator {
        return ask(&context, operator, user.id, minutes).await;
    }
    let detail = format!("for {}", plural(minutes, "minute"));
    let entry = entry(&operator, "mint_link", &user.id, &detail);
    let once = Once::new(&operator, key.as_deref(), &("link", &user.id, minutes))?;
    if let Some(replayed) = replayed(&context, &once).await? {
        return Ok(replayed);
    }
    let by = Administrator::Operator(operator.clone());
    let claims = issue(&context, by, &user.id, minutes).await?;
    let body = serde_json::to_string(&claims).map_err(ApiError::internal)?;
    let answer = once.answer(StatusCode::OK, &body);
    let directory = context.directory()?;
    directory
        .record_and_keep(&entry, answer.as_ref(), context.at)
        .await?;
    json(&sign(&context, &claims)?)
}

/// The link that was made for the same key before. Its claims are kept, and not its token: that would be a secret at rest.
async fn replayed(context: &RequestContext, once: &Once<'_>) -> Result<Option<Response>, ApiError> {
    let Some((_, claims)) = once.kept(context).await? else {
        return Ok(None);
    };
    let claims: LinkClaims = serde_json::from_str(&claims).map_err(ApiError::internal)?;
    let link = json(&sign(context, &claims)?)?;
    Ok(Some(idempotency::replayed(link)))
}

/// Makes a request that another operator has to approve, and answers 202 with it.
async fn ask(
    context: &RequestContext,
    operator: UserId,
    subject: UserId,
    minutes: u32,
) -> Result<Response, ApiError> {
    let request = LinkRequest {
        id: LinkRequestId::mint(context.at, platform::random()?),
        subject,
        minutes,
        requested_by: operator,
        requested_at: context.at,
        expires_at: context.at.plus_milliseconds(WAITS),
    };
    let detail = format!("{} for {}", request.id, plural(minutes, "minute"));
    let entry = entry(
        &request.requested_by,
        "request_link",
        &request.subject,
        &detail,
    );
    let directory = context.directory()?;
    let waiting = directory
        .add_link_request(&request, &entry, context.at)
        .await?;
    let waiting = waiting.ok_or_else(|| ApiError::internal("the new link request is missing"))?;
    Ok((StatusCode::ACCEPTED, json(&waiting)?).into_response())
}

/// Lists the requests that wait.
#[worker::send]
pub(crate) async fn link_requests(
    context: RequestContext,
    Operator(_): Operator,
) -> Result<Response, ApiError> {
    let requests = context.directory()?.link_requests(context.at).await?;
    json(&LinkRequests { requests })
}

/// Approves another operator's request and answers with the link.
#[worker::send]
pub(crate) async fn approve_link(
    context: RequestContext,
    Operator(operator): Operator,
    Id(id): Id<LinkRequestId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    context.link_origin()?;
    let request = waiting(&context, &id).await?;
    if request.requested_by == operator {
        return Err(ApiError::new(
            ErrorCode::Forbidden,
            "Another operator has to approve this: you asked for it yourself.",
        ));
    }
    let detail = format!("{id} of {}", request.requested_by);
    let entry = entry(&operator, "approve_link", &request.subject, &detail);
    let directory = context.directory()?;
    let taken = directory
        .approve_link_request(&id, &entry, context.at)
        .await?;
    if !taken {
        return Err(ApiError::not_found());
    }
    let by = Administrator::Operator(operator.clone());
    json(&mint(&context, by, &request.subject, request.minutes).await?)
}

/// Removes a request: its operator withdraws it, or another one declines.
#[worker::send]
pub(crate) async fn decline_link(
    context: RequestContext,
    Operator(operator): Operator,
    Id(id): Id<LinkRequestId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    let request = waiting(&context, &id).await?;
    let detail = format!("{id} of {}", request.requested_by);
    let entry = entry(&operator, "decline_link", &request.subject, &detail);
    let directory = context.directory()?;
    let removed = directory.remove_link_request(&id, &entry, context.at);
    if removed.await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found())
    }
}

async fn waiting(context: &RequestContext, id: &LinkRequestId) -> Result<LinkRequest, ApiError> {
    let requests = context.directory()?.link_requests(context.at).await?;
    let mut requests = requests.into_iter();
    requests
        .find(|request| request.id == *id)
        .ok_or_else(ApiError::not_found)
}

/// Ends every sign-in link that was made for the person. Their sessions go on.
#[worker::send]
pub(crate) async fn revoke_links(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let entry = entry(&operator, "revoke_links", &user, "");
    context.directory()?.record(&entry, context.at).await?;
    let request = by(&operator, RevokeLinks);
    json(&context.studio(&user)?.ask(&request).await?)
}

/// Makes a link that works for `minutes`. The person's studio notes who made it, and says which links are valid.
pub(in crate::front) async fn mint(
    context: &RequestContext,
    by: Administrator,
    user: &UserId,
    minutes: u32,
) -> Result<Link, ApiError> {
    sign(context, &issue(context, by, user, minutes).await?)
}

/// The claims of a new link.
async fn issue(
    context: &RequestContext,
    by: Administrator,
    user: &UserId,
    minutes: u32,
) -> Result<LinkClaims, ApiError> {
    context.link_origin()?;
    context.signing_keys()?;
    let request = Administered {
        by,
        request: IssueLink,
    };
    let LinkGrant { role, epoch } = context.studio(user)?.ask(&request).await?;
    let expires_at = context.at.plus_milliseconds(i64::from(minutes) * 60_000);
    Ok(LinkClaims {
        user: user.clone(),
        role,
        nonce: Nonce::from_random(platform::random()?),
        expires: expires_at,
        validity: LinkValidity::Epoch(epoch),
    })
}

/// The link with these claims.
fn sign(context: &RequestContext, claims: &LinkClaims) -> Result<Link, ApiError> {
    let origin = context.link_origin()?;
    let token = context.signing_keys()?.mint_link(claims);
    let token = token.map_err(ApiError::internal)?;
    Ok(Link {
        url: format!("{}/sign-in#{token}", origin.as_str()),
        expires_at: claims.expires,
    })
}
