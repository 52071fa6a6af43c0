//! `POST /api/shoots` and `/api/comparisons`; `GET /api/series`; `GET`, `PATCH` and `DELETE /api/series/{id}`, and what is
//! done to one; `GET /api/preferences`.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::{CastVote, ErrorCode, FrameChanges, RenameSeries, SeriesRecord};
use selfsame_primitives::ids::{GenerationId, SeriesId};
use selfsame_prompt::enhancement::Enhancement;
use selfsame_series::MOST_FRAMES;
use selfsame_series::comparisons::NewComparison;
use selfsame_series::shoots::NewShoot;
use selfsame_studio::{
    CancelRest, CastSeriesVote, CreateSeries, DeleteSeries, FrameIds, GetPreferences, GetSeries,
    ListSeries, NewSeries, Nonce, PauseSeries, PlanSeries, RedoFrame, RenameSeriesTo,
    RestoreSeries, ResumeSeries, RetryFrame,
};
use serde::Deserialize;

use super::generations::{seed, unknown_id, webhook_origin};
use super::routes::{Caller, Object};
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::{RequiredKey, replayed};
use crate::http::page::Page;
use crate::http::parameters::{Id, segments};
use crate::http::response::json;
use crate::http::{ApiError, JsonError};
use crate::{catalogue, platform};

/// Series on a page without `limit`.
const PAGE: u32 = 20;

/// The most bytes of a shoot: 64 compositions of 8 KiB each.
const SHOOT_LIMIT: usize = 512 * 1024;

/// Makes a shoot, or says what it would make.
#[worker::send]
pub(super) async fn shoot(
    State(object): State<Object>,
    caller: Caller,
    asked: Asked,
    request: Result<Json<NewShoot, SHOOT_LIMIT>, JsonError>,
) -> Result<Response, ApiError> {
    let Json(shoot) = request.map_err(unknown_id)?;
    create(&object, caller, asked, NewSeries::Shoot(Box::new(shoot))).await
}

/// Makes a comparison, or says what it would make.
#[worker::send]
pub(super) async fn comparison(
    State(object): State<Object>,
    caller: Caller,
    asked: Asked,
    request: Result<Json<NewComparison>, JsonError>,
) -> Result<Response, ApiError> {
    let Json(comparison) = request.map_err(unknown_id)?;
    let comparison = NewSeries::Comparison(Box::new(comparison));
    create(&object, caller, asked, comparison).await
}

/// Whether a series is to be made, with the key that this takes, or only planned.
pub(super) enum Asked {
    DryRun,
    Create { idempotency_key: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    #[serde(default)]
    dry_run: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let query: Query = serde_urlencoded::from_str(query).map_err(|error| {
            let refused = ApiError::new(
                ErrorCode::InvalidQuery,
                "This address takes `dry_run=true` in the query, and nothing else.",
            );
            refused.because(error)
        })?;
        if query.dry_run {
            return Ok(Self::DryRun);
        }
        let RequiredKey(idempotency_key) = RequiredKey::from_request_parts(parts, state).await?;
        Ok(Self::Create { idempotency_key })
    }
}

async fn create(
    object: &Object,
    caller: Caller,
    asked: Asked,
    request: NewSeries,
) -> Result<Response, ApiError> {
    let random = platform::random()?;
    let seed = seed(random);
    let enhancements = if request.names_enhancements() {
        offered(object).await?
    } else {
        Vec::new()
    };
    let idempotency_key = match asked {
        Asked::Create { idempotency_key } => idempotency_key,
        Asked::DryRun => {
            let plan = PlanSeries {
                request,
                seed,
                enhancements,
            };
            return json(&caller.ask(plan).await?);
        }
    };
    let id = SeriesId::mint(platform::now(), random);
    let series = caller
        .ask(CreateSeries {
            request,
            idempotency_key,
            id: id.clone(),
            frames: frames()?,
            seed,
            enhancements,
            webhook_origin: webhook_origin(object, &caller)?,
        })
        .await?;
    let address = format!("/api/series/{}", series.series.id);
    let location = [(header::LOCATION, address)];
    let response = (StatusCode::ACCEPTED, location, json(&series)?).into_response();
    // Another id is that of the series which the same key began.
    if series.series.id != id {
        return Ok(replayed(response));
    }
    Ok(response)
}

/// Ids for every frame that a series can have, in ascending order, so that a list has them in the order of the frames.
fn frames() -> Result<Box<[FrameIds; MOST_FRAMES]>, ApiError> {
    let mut frames = Vec::with_capacity(MOST_FRAMES);
    for _ in 0..MOST_FRAMES {
        frames.push(frame()?);
    }
    frames.sort_unstable_by(|one, other| one.generation.cmp(&other.generation));
    let frames = frames.try_into();
    frames.map_err(|_| ApiError::internal("the frames of a series are miscounted"))
}

fn frame() -> Result<FrameIds, ApiError> {
    Ok(FrameIds {
        generation: GenerationId::mint(platform::now(), platform::random()?),
        nonce: Nonce::from_random(platform::random()?),
    })
}

/// A page, newest first.
#[worker::send]
pub(super) async fn list(caller: Caller, page: Page) -> Result<Response, ApiError> {
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    json(&caller.ask(ListSeries { cursor, limit }).await?)
}

/// One series with its frames.
#[worker::send]
pub(super) async fn show(caller: Caller, Id(id): Id<SeriesId>) -> Result<Response, ApiError> {
    json(&caller.ask(GetSeries { id }).await?)
}

/// Gives a series another title.
#[worker::send]
pub(super) async fn rename(
    caller: Caller,
    Id(id): Id<SeriesId>,
    request: Result<Json<RenameSeries>, JsonError>,
) -> Result<Response, ApiError> {
    let RenameSeries { title } = body_about(&caller, &id, request).await?;
    json(&caller.ask(RenameSeriesTo { id, title }).await?)
}

/// Moves a series with its generations to the bin.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<SeriesId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeleteSeries { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a series out of the bin.
#[worker::send]
pub(super) async fn restore(
    caller: Caller,
    Id(id): Id<SeriesId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(RestoreSeries { id }).await?)
}

/// Holds back what has not been sent.
#[worker::send]
pub(super) async fn pause(
    caller: Caller,
    Id(id): Id<SeriesId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(PauseSeries { id }).await?)
}

/// Goes on after a pause.
#[worker::send]
pub(super) async fn resume(
    caller: Caller,
    Id(id): Id<SeriesId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(ResumeSeries { id }).await?)
}

/// Cancels what has not begun.
#[worker::send]
pub(super) async fn cancel(
    caller: Caller,
    Id(id): Id<SeriesId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&caller.ask(CancelRest { id }).await?)
}

/// A frame's place in the path: the series and the frame's number. A malformed one is not found.
pub(super) struct FramePath {
    id: SeriesId,
    frame: u32,
}

impl<S: Send + Sync> FromRequestParts<S> for FramePath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let (id, frame): (String, String) = segments(parts, state).await?;
        let (id, frame) = (id.parse().ok(), frame.parse().ok());
        let path = id.zip(frame).map(|(id, frame)| Self { id, frame });
        path.ok_or_else(ApiError::not_found)
    }
}

/// Asks for a frame once more.
#[worker::send]
pub(super) async fn retry(
    State(object): State<Object>,
    caller: Caller,
    path: FramePath,
    RequiredKey(key): RequiredKey,
    _: NoBody,
) -> Result<Response, ApiError> {
    let retry = again(&object, &caller, path, key).await?;
    accepted(&caller.ask(retry).await?)
}

/// Asks for a frame once more, with changes.
#[worker::send]
pub(super) async fn redo(
    State(object): State<Object>,
    caller: Caller,
    path: FramePath,
    RequiredKey(key): RequiredKey,
    request: Result<Json<FrameChanges>, JsonError>,
) -> Result<Response, ApiError> {
    let changes = body_about(&caller, &path.id, request).await?;
    let frame = again(&object, &caller, path, key).await?;
    accepted(&caller.ask(RedoFrame { frame, changes }).await?)
}

async fn again(
    object: &Object,
    caller: &Caller,
    path: FramePath,
    idempotency_key: String,
) -> Result<RetryFrame, ApiError> {
    Ok(RetryFrame {
        id: path.id,
        frame: path.frame,
        idempotency_key,
        ids: frame()?,
        enhancements: offered(object).await?,
        webhook_origin: webhook_origin(object, caller)?,
    })
}

/// What a request can name of the catalogue.
async fn offered(object: &Object) -> Result<Vec<Enhancement>, ApiError> {
    Ok(catalogue::enhancements(object.shell().env()).await?)
}

fn accepted(series: &SeriesRecord) -> Result<Response, ApiError> {
    Ok((StatusCode::ACCEPTED, json(series)?).into_response())
}

/// Stores which of two pictures is preferred.
#[worker::send]
pub(super) async fn vote(
    caller: Caller,
    Id(id): Id<SeriesId>,
    request: Result<Json<CastVote>, JsonError>,
) -> Result<Response, ApiError> {
    let vote = body_about(&caller, &id, request).await?;
    json(&caller.ask(CastSeriesVote { id, vote }).await?)
}

/// The body of a request about a series. A series that is not the person's is not found, whatever the body is.
async fn body_about<T>(
    caller: &Caller,
    id: &SeriesId,
    request: Result<Json<T>, JsonError>,
) -> Result<T, ApiError> {
    match request {
        Ok(Json(body)) => Ok(body),
        Err(error) => {
            caller.ask(GetSeries { id: id.clone() }).await?;
            Err(error.into())
        }
    }
}

/// What the person's votes say.
#[worker::send]
pub(super) async fn preferences(caller: Caller) -> Result<Response, ApiError> {
    json(&caller.ask(GetPreferences).await?)
}
