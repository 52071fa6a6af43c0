//! What an operator does to a studio. No picture and no prompt passes here.

use selfsame_api::{BoundModel, Model, Person, PersonStatus, Role};
use selfsame_primitives::ids::UserId;
use selfsame_provider::model_ref::VersionId;

use super::transaction::Transaction;
use crate::error::StudioError;
use crate::reply::{Reply, Signal};
use crate::store::ledger::{self, Entry};
use crate::store::models;
use crate::store::profile::{self, Profile};

impl Transaction<'_> {
    pub(super) fn open(
        &mut self,
        user: UserId,
        name: String,
        role: Role,
        allowance: Option<u32>,
    ) -> Result<Reply, StudioError> {
        let Some(profile) = profile::load(self.db)? else {
            let profile = self.create(user, name, role, allowance)?;
            return self.overview_of(profile);
        };
        let granted = ledger::balance(self.db)?
            .allowance(profile.limited)?
            .granted;
        let same = profile.user == user
            && profile.name == name
            && profile.role == role
            && granted == allowance;
        if same {
            self.overview_of(profile)
        } else {
            Err(StudioError::PersonExists)
        }
    }

    pub(super) fn create(
        &mut self,
        user: UserId,
        name: String,
        role: Role,
        allowance: Option<u32>,
    ) -> Result<Profile, StudioError> {
        let profile = Profile {
            user,
            name,
            role,
            status: PersonStatus::Active,
            epoch: 0,
            limited: allowance.is_some(),
            created_at: self.now,
        };
        profile::insert(self.db, &profile)?;
        ledger::add(
            self.db,
            Entry::Grant,
            None,
            allowance.unwrap_or(0),
            self.now,
        )?;
        Ok(profile)
    }

    pub(super) fn suspend(&mut self) -> Result<Reply, StudioError> {
        let profile = self.profile()?;
        if profile.status == PersonStatus::Active {
            profile::set_status(self.db, PersonStatus::Suspended, profile.epoch + 1)?;
            self.signal(Signal::CloseAll);
        }
        self.overview()
    }

    pub(super) fn reinstate(&mut self) -> Result<Reply, StudioError> {
        let profile = self.profile()?;
        profile::set_status(self.db, PersonStatus::Active, profile.epoch)?;
        self.overview()
    }

    pub(super) fn bind_model(&mut self, model: &Model) -> Result<Reply, StudioError> {
        self.profile()?;
        model
            .version
            .parse::<VersionId>()
            .map_err(|error| StudioError::ModelUnusable {
                reason: format!("its version is {error}"),
            })?;
        let bound = models::bind(self.db, model)?;
        Ok(Reply::Model(Box::new(bound)))
    }

    pub(super) fn overview(&mut self) -> Result<Reply, StudioError> {
        let profile = self.profile()?;
        self.overview_of(profile)
    }

    fn overview_of(&mut self, profile: Profile) -> Result<Reply, StudioError> {
        let models = models::all(self.db)?
            .into_iter()
            .map(|model| BoundModel {
                id: model.id,
                provider: model.provider,
                provider_model: model.provider_model,
                version: model.version,
            })
            .collect();
        Ok(Reply::Overview(Box::new(Person {
            id: profile.user,
            name: profile.name,
            role: profile.role,
            status: profile.status,
            models,
            created_at: profile.created_at,
        })))
    }

    fn profile(&mut self) -> Result<Profile, StudioError> {
        profile::load(self.db)?.ok_or(StudioError::NotFound)
    }
}
