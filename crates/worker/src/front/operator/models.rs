//! `/api/operator/people/{id}/models` and below it: which models a person has, and the ways back from a binding.
//!
//! The studio comes before the claim in D1: work stops first, and then somebody else can have the model. A claim is released
//! or moved at once, also while generations go on: each carries its own copy of what was sent, and a claim only says who
//! may begin one. Repeating a request finishes what was left undone.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use selfsame_api::{
    ConsentStatement, ErrorCode, Model, ModelBindings, ModelState, StatementWords, TransferModel,
    UnbindModel,
};
use selfsame_primitives::ids::{ModelId, UserId};
use selfsame_studio::{CheckLora, ListBindings, LocateCanary, RetireModel, UnbindModels};

use super::bind::{Reference, Work, claim_and_add, consent, new_canary};
use super::once::Once;
use super::{Id, by, entry, known};
use crate::directory::HeldModel;
use crate::front::context::RequestContext;
use crate::front::images;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::idempotency::Key;
use crate::http::parameters::segments;
use crate::http::response::json;
use crate::platform;

/// A person and one of their models, in a path. Malformed ids are answered like unknown ones.
pub(crate) struct ModelOf {
    user: UserId,
    model: ModelId,
}

impl<S: Send + Sync> FromRequestParts<S> for ModelOf {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let (user, model): (String, String) = segments(parts, state).await?;
        match (user.parse(), model.parse()) {
            (Ok(user), Ok(model)) => Ok(Self { user, model }),
            _ => Err(ApiError::not_found()),
        }
    }
}

/// Every model that is or was bound, and what can be attested when one is bound.
#[worker::send]
pub(crate) async fn models(
    context: RequestContext,
    Operator(_): Operator,
    Id(user): Id<UserId>,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let statements = ConsentStatement::ALL.iter().copied();
    json(&ModelBindings {
        models: context.studio(&user)?.ask(&ListBindings).await?,
        statements: statements.map(StatementWords::from).collect(),
    })
}

/// Unbinds a model, and releases its claim unless another version is still bound.
#[worker::send]
pub(crate) async fn unbind(
    context: RequestContext,
    Operator(operator): Operator,
    ModelOf { user, model }: ModelOf,
    query: Result<Query<UnbindModel>, QueryRejection>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    let Query(UnbindModel { running }) = query.map_err(|rejection| {
        let text =
            "Say what becomes of generations under way: `?running=finish` or `?running=cancel`.";
        let error = ApiError::new(ErrorCode::InvalidQuery, text).at("running");
        error.because(rejection)
    })?;
    known(&context, &user).await?;
    let studio = context.studio(&user)?;
    let bindings = studio.ask(&ListBindings).await?;
    let binding = bindings.iter().find(|binding| binding.id == model);
    let binding = binding.ok_or_else(ApiError::not_found)?;
    let reference = Reference::of_binding(binding);
    let request = UnbindModels {
        models: vec![model.clone()],
        running,
    };
    let detail = format!("{model}, running work: {}", running.as_str());
    let entry = entry(&operator, "unbind_model", &user, &detail);
    let directory = context.directory()?;
    // A repeated request finishes what an earlier one has recorded.
    if binding.state != ModelState::Unbound {
        directory.record(&entry, context.at).await?;
    }
    studio.ask(&by(&operator, request)).await?;
    let others = bindings.iter().filter(|other| other.id != model);
    let mut bound = others.filter(|other| other.state != ModelState::Unbound);
    if !bound.any(|other| Reference::of_binding(other) == reference) {
        let held = HeldModel {
            user: &user,
            model: &model,
            reference: &reference.key,
        };
        directory.release_held(held).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Retires a model.
#[worker::send]
pub(crate) async fn retire(
    context: RequestContext,
    Operator(operator): Operator,
    ModelOf { user, model }: ModelOf,
    _: NoBody,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let detail = model.to_string();
    let entry = entry(&operator, "retire_model", &user, &detail);
    context.directory()?.record(&entry, context.at).await?;
    let request = by(&operator, RetireModel { model });
    json(&context.studio(&user)?.ask(&request).await?)
}

/// Checks whether a model's LoRA acts. The answer is the check as it begins.
#[worker::send]
pub(crate) async fn check(
    context: RequestContext,
    Operator(operator): Operator,
    ModelOf { user, model }: ModelOf,
    _: NoBody,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let studio = context.studio(&user)?;
    let detail = model.to_string();
    let entry = entry(&operator, "check_lora", &user, &detail);
    let canary = new_canary(&context)?;
    let request = by(&operator, CheckLora { model, canary });
    context.directory()?.record(&entry, context.at).await?;
    let check = studio.ask(&request).await?;
    Ok((StatusCode::ACCEPTED, json(&check)?).into_response())
}

/// The picture of a check for which the LoRA was switched off.
#[worker::send]
pub(crate) async fn canary_off(
    context: RequestContext,
    _: Operator,
    of: ModelOf,
) -> Result<Response, ApiError> {
    canary(&context, of, 0).await
}

/// The picture of a check for which the LoRA was switched on.
#[worker::send]
pub(crate) async fn canary_on(
    context: RequestContext,
    _: Operator,
    of: ModelOf,
) -> Result<Response, ApiError> {
    canary(&context, of, 1).await
}

async fn canary(
    context: &RequestContext,
    ModelOf { user, model }: ModelOf,
    scale: u32,
) -> Result<Response, ApiError> {
    known(context, &user).await?;
    let file = context
        .studio(&user)?
        .ask(&LocateCanary { model, scale })
        .await?;
    images::whole(context, &file).await
}

/// Moves a model and its claim to another person, and answers with the model as it is bound to them.
#[worker::send]
pub(crate) async fn transfer(
    context: RequestContext,
    Operator(operator): Operator,
    ModelOf { user: from, model }: ModelOf,
    Key(key): Key,
    Json(wanted): Json<TransferModel>,
) -> Result<Response, ApiError> {
    let request = ("transfer_model", &from, &model, &wanted);
    let once = Once::new(&operator, key.as_deref(), &request)?;
    if let Some(replayed) = once.replayed(&context).await? {
        return Ok(replayed);
    }
    let TransferModel {
        to,
        running,
        consent: attestation,
    } = wanted;
    let consent = consent(&attestation, context.at)?;
    known(&context, &from).await?;
    let directory = context.directory()?;
    if to == from || directory.user(&to).await?.is_none() {
        let text = "Name another person who has a studio here.";
        return Err(ApiError::new(ErrorCode::InvalidValue, text).at("to"));
    }
    let studio = context.studio(&from)?;
    let bindings = studio.ask(&ListBindings).await?;
    let binding = bindings.iter().find(|binding| binding.id == model);
    let reference = Reference::of_binding(binding.ok_or_else(ApiError::not_found)?);
    if reference.key.is_empty() {
        let text = "Its LoRA reference has a form that is no longer accepted. Unbind the model and bind it anew.";
        return Err(ApiError::new(ErrorCode::ModelUnusable, text));
    }
    // The model itself is the last, so that it is the one that the studio's reply ends with.
    let versions = bindings.iter().filter(|other| {
        other.id != model
            && other.state != ModelState::Unbound
            && Reference::of_binding(other) == reference
    });
    let mut models: Vec<ModelId> = versions.map(|other| other.id.clone()).collect();
    models.push(model.clone());
    let detail = format!("{model} to {to}, running work: {}", running.as_str());
    let moved = entry(&operator, "transfer_model", &from, &detail);
    directory.record(&moved, context.at).await?;
    let unbound = studio
        .ask(&by(&operator, UnbindModels { models, running }))
        .await?;
    let unbound = unbound.into_iter().next_back();
    let unbound = unbound.ok_or_else(|| ApiError::internal("no model was unbound"))?;

    let held = HeldModel {
        user: &from,
        model: &model,
        reference: &reference.key,
    };
    directory.move_held(held, &to).await?;
    let transferred = Model {
        id: ModelId::mint(context.at, platform::random()?),
        state: ModelState::Active,
        consent: Some(consent),
        created_at: context.at,
        ..unbound
    };
    let detail = format!(
        "{} {} from {from}",
        transferred.provider_model, transferred.version
    );
    let bound = entry(&operator, "bind_model", &to, &detail);
    let work = Work {
        once: &once,
        operator: &operator,
        status: StatusCode::OK,
        canary: None,
    };
    claim_and_add(&context, &work, &reference, transferred, &bound).await
}
