//! `/api/operator/enhancements`: the catalogue of enhancement LoRAs. Its entries are about nobody, so the audit log names the
//! operator as their own subject.

use axum::response::Response;
use selfsame_api::{Catalogue, CatalogueEntry, ErrorCode, PutEnhancement};
use selfsame_primitives::ids::EnhancementId;

use super::{Id, entry};
use crate::catalogue;
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::response::json;

/// The whole catalogue.
#[worker::send]
pub(crate) async fn enhancements(
    context: RequestContext,
    Operator(_): Operator,
) -> Result<Response, ApiError> {
    json(&Catalogue {
        enhancements: catalogue::entries(&context.directory()?, context.at).await?,
    })
}

/// Adds an entry or changes it, and answers with it.
#[worker::send]
pub(crate) async fn put_enhancement(
    context: RequestContext,
    Operator(operator): Operator,
    Id(id): Id<EnhancementId>,
    Json(words): Json<PutEnhancement>,
) -> Result<Response, ApiError> {
    let new = catalogue::checked(id, words)?;
    let directory = context.directory()?;
    // Seeds the catalogue first: with an entry in it, it would not be seeded any more.
    catalogue::entries(&directory, context.at).await?;
    let detail = format!("{}: {}", new.id, new.reference.as_str());
    let record = entry(&operator, "put_enhancement", &operator, &detail);
    if !directory.put_enhancement(&new, &record, context.at).await? {
        let text =
            "This LoRA belongs to somebody here: a person's own LoRA is nobody's enhancement.";
        return Err(ApiError::new(ErrorCode::ModelClaimed, text).at("reference"));
    }
    catalogue::forget();
    json(&found(&context, &new.id).await?)
}

/// Retires an entry, and answers with it. Pictures under way are made as they were planned.
#[worker::send]
pub(crate) async fn retire_enhancement(
    context: RequestContext,
    Operator(operator): Operator,
    Id(id): Id<EnhancementId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    found(&context, &id).await?;
    let record = entry(&operator, "retire_enhancement", &operator, id.as_str());
    let directory = context.directory()?;
    directory
        .retire_enhancement(&id, &record, context.at)
        .await?;
    catalogue::forget();
    json(&found(&context, &id).await?)
}

async fn found(context: &RequestContext, id: &EnhancementId) -> Result<CatalogueEntry, ApiError> {
    let entries = catalogue::entries(&context.directory()?, context.at).await?;
    let mut entries = entries.into_iter();
    let entry = entries.find(|entry| entry.offered.enhancement.id == *id);
    entry.ok_or_else(ApiError::not_found)
}
