//! The operator's requests about a person's models: binding, and the ways back.

use selfsame_api::{AccessAction, Model, ModelBinding, ModelState, RunningWork};
use selfsame_primitives::ids::ModelId;
use selfsame_provider::model_ref::VersionId;
use serde::{Deserialize, Serialize};

use super::canary::{self, NewCanary};
use super::generation::cancel::cancel_free_of_charge;
use super::operator::opened;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::{AccountRequest, Request};
use crate::store::{generations, models};

/// Makes a model the person's own. One that was bound before (same provider, model, version and weights) takes the new
/// words, schema and consent, keeps its id and is active again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddModel {
    /// The model, with the id it gets when it is new.
    pub model: Model,
    /// Begins a check of its LoRA. A version that cannot be checked stays unchecked.
    pub canary: Option<NewCanary>,
}

impl Request for AddModel {
    type Reply = Model;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Model, StudioError> {
        opened(tx)?;
        self.model
            .version
            .parse::<VersionId>()
            .map_err(|error| StudioError::ModelUnusable {
                reason: format!("its version is {error}"),
            })?;
        let bound = models::bind(tx.db, &self.model)?;
        let Some(canary) = &self.canary else {
            return Ok(bound);
        };
        if let Some(model) = models::to_check(tx.db, &bound.id)?
            && let Ok(pair) = canary::plan(&model, canary)
        {
            canary::begin(tx, &model, canary, pair)?;
        }
        found(tx, &bound.id)
    }
}

impl AccountRequest for AddModel {
    const ACTION: AccessAction = AccessAction::ModelBound;

    fn detail(&self) -> Option<String> {
        Some(self.model.provider_model.clone())
    }
}

/// Asks for every model that is or was bound, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListBindings;

impl Request for ListBindings {
    type Reply = Vec<ModelBinding>;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Vec<ModelBinding>, StudioError> {
        opened(tx)?;
        let (found, unreadable) = models::bindings(tx.db)?;
        tx.set_aside(unreadable);
        Ok(found)
    }
}

/// Takes models away from the person: no new generation begins with them. Their generations, pictures and recipes stay as
/// they are. Repeating the request changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnbindModels {
    /// The models.
    pub models: Vec<ModelId>,
    /// What becomes of generations that are under way with them.
    pub running: RunningWork,
}

impl Request for UnbindModels {
    type Reply = Vec<Model>;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Vec<Model>, StudioError> {
        let mut unbound = Vec::with_capacity(self.models.len());
        for id in &self.models {
            models::end(tx.db, id, ModelState::Unbound, tx.now)?;
            if self.running == RunningWork::Cancel {
                let generations = generations::under_way_with(tx.db, id)?;
                cancel_free_of_charge(tx, generations)?;
            }
            unbound.push(found(tx, id)?);
        }
        Ok(unbound)
    }
}

impl AccountRequest for UnbindModels {
    const ACTION: AccessAction = AccessAction::ModelUnbound;

    fn detail(&self) -> Option<String> {
        let ids: Vec<&str> = self.models.iter().map(ModelId::as_str).collect();
        Some(ids.join(" "))
    }
}

/// Retires a model: it stays in the person's list and makes no new pictures. Generations under way go on. Binding it again
/// ends that. Fails with [`StudioError::NotFound`] for a model that is not bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetireModel {
    /// The model.
    pub model: ModelId,
}

impl Request for RetireModel {
    type Reply = Model;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Model, StudioError> {
        if found(tx, &self.model)?.state == ModelState::Unbound {
            return Err(StudioError::NotFound);
        }
        models::end(tx.db, &self.model, ModelState::Retired, tx.now)?;
        found(tx, &self.model)
    }
}

impl AccountRequest for RetireModel {
    const ACTION: AccessAction = AccessAction::ModelRetired;

    fn detail(&self) -> Option<String> {
        Some(self.model.to_string())
    }
}

/// The person's models, newest first. One that cannot be read is left out and reported.
pub(super) fn bound(tx: &mut Transaction<'_>) -> Result<Vec<Model>, StudioError> {
    let (found, unreadable) = models::bound(tx.db)?;
    tx.set_aside(unreadable);
    Ok(found)
}

fn found(tx: &mut Transaction<'_>, id: &ModelId) -> Result<Model, StudioError> {
    models::find(tx.db, id)?.ok_or(StudioError::NotFound)
}
