//! `GET` and `POST /api/presets`, `GET`, `PATCH` and `DELETE /api/presets/{id}`, `GET /api/presets/export`,
//! `POST /api/presets/import`.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::{ChangePreset, NewPreset, PresetFile, PresetList};
use selfsame_primitives::ids::OwnPresetId;
use selfsame_prompt::parameters::PRESETS;
use selfsame_studio::{
    AddPreset, DeletePreset, EditPreset, ExportPresets, GetPreset, ImportPresets, ListPresets,
};

use super::routes::Caller;
use crate::http::ApiError;
use crate::http::body::{Json, NoBody};
use crate::http::parameters::Id;
use crate::http::response::json;
use crate::platform;

/// The built-in presets and the person's own.
#[worker::send]
pub(super) async fn list(caller: Caller) -> Result<Response, ApiError> {
    json(&PresetList {
        built_in: PRESETS.to_vec(),
        own: caller.ask(ListPresets).await?,
    })
}

/// Makes a preset.
#[worker::send]
pub(super) async fn create(
    caller: Caller,
    Json(new): Json<NewPreset>,
) -> Result<Response, ApiError> {
    let id = new_id()?;
    let preset = caller.ask(AddPreset { id, new }).await?;
    Ok((StatusCode::CREATED, json(&preset)?).into_response())
}

/// One of the person's own presets.
#[worker::send]
pub(super) async fn show(caller: Caller, Id(id): Id<OwnPresetId>) -> Result<Response, ApiError> {
    json(&caller.ask(GetPreset { id }).await?)
}

/// Renames a preset or replaces its settings.
#[worker::send]
pub(super) async fn change(
    caller: Caller,
    Id(id): Id<OwnPresetId>,
    Json(change): Json<ChangePreset>,
) -> Result<Response, ApiError> {
    json(&caller.ask(EditPreset { id, change }).await?)
}

/// Deletes a preset.
#[worker::send]
pub(super) async fn remove(
    caller: Caller,
    Id(id): Id<OwnPresetId>,
    _: NoBody,
) -> Result<StatusCode, ApiError> {
    caller.ask(DeletePreset { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The person's own presets as a file to download.
#[worker::send]
pub(super) async fn export(caller: Caller) -> Result<Response, ApiError> {
    let file = caller.ask(ExportPresets).await?;
    let name = r#"attachment; filename="selfsame-presets.json""#;
    Ok(([(header::CONTENT_DISPOSITION, name)], json(&file)?).into_response())
}

/// Adds the presets of a file, and answers with them.
#[worker::send]
pub(super) async fn import(
    caller: Caller,
    Json(file): Json<PresetFile>,
) -> Result<Response, ApiError> {
    let presets = file
        .presets
        .into_iter()
        .map(|named| Ok((new_id()?, named)))
        .collect::<Result<_, ApiError>>()?;
    let imported = caller.ask(ImportPresets { presets }).await?;
    Ok((StatusCode::CREATED, json(&imported)?).into_response())
}

fn new_id() -> Result<OwnPresetId, ApiError> {
    Ok(OwnPresetId::mint(platform::now(), platform::random()?))
}
