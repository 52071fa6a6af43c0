//! The operator's requests to a studio. No picture and no prompt passes through here.

use selfsame_api::{AccessAction, BoundModel, Person, PersonStatus, Role};
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::deletion;
use super::models::bound;
use super::queue;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::{AccountRequest, PersonRequest, Request, Signal};
use crate::store::ledger::{self, Booking};
use crate::store::profile::{self, Profile};

/// Asks whether the signed-in person is an operator. Fails with [`StudioError::Forbidden`] for anyone else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOperator;

impl PersonRequest for CheckOperator {
    type Reply = ();

    fn handle(self, _: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        match person.profile.role {
            Role::Operator => Ok(()),
            Role::Person => Err(StudioError::Forbidden),
        }
    }
}

/// Creates the studio. Repeating the request changes nothing; for another person, or while an earlier one of the same id is
/// being deleted, it is [`StudioError::PersonExists`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenStudio {
    /// Whose studio it is.
    pub user: UserId,
    /// What to call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Pictures they may make; `None`: no limit.
    pub allowance: Option<u32>,
}

impl Request for OpenStudio {
    type Reply = Person;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Person, StudioError> {
        let Self {
            user,
            name,
            role,
            allowance,
        } = self;
        let Some(profile) = profile::load(tx.db)? else {
            if deletion::under_way(tx)?.is_some() {
                return Err(StudioError::PersonExists);
            }
            // No link to an earlier person of this id is valid here.
            let links = NewLinks {
                epoch: tx.now.as_millisecond(),
                since: Some(tx.now),
            };
            let profile = create_profile(tx, user, name, role, allowance, links)?;
            return person(tx, profile);
        };
        let granted = ledger::balance(tx.db)?.allowance(profile.limited)?.granted;
        let same = profile.user == user
            && profile.name == name
            && profile.role == role
            && granted == allowance;
        if same {
            person(tx, profile)
        } else {
            Err(StudioError::PersonExists)
        }
    }
}

/// Refuses the person from now on and ends every session and every sign-in link. Generations under way are finished
/// and kept: they are paid for. Queued ones end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuspendPerson;

impl Request for SuspendPerson {
    type Reply = Person;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Person, StudioError> {
        let mut profile = opened(tx)?;
        if profile.status == PersonStatus::Active {
            profile.status = PersonStatus::Suspended;
            profile.epoch += 1;
            profile::set_status(tx.db, profile.status, profile.epoch)?;
            profile::end_links(tx.db, profile.revocations, tx.now)?;
            queue::clear(tx)?;
            tx.signal(Signal::CloseAll);
        }
        person(tx, profile)
    }
}

/// Lets a suspended person sign in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReinstatePerson;

impl Request for ReinstatePerson {
    type Reply = Person;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<Person, StudioError> {
        let mut profile = opened(tx)?;
        profile.status = PersonStatus::Active;
        profile::set_status(tx.db, profile.status, profile.epoch)?;
        person(tx, profile)
    }
}

impl AccountRequest for OpenStudio {
    const ACTION: AccessAction = AccessAction::StudioOpened;
}

impl AccountRequest for SuspendPerson {
    const ACTION: AccessAction = AccessAction::Suspended;
}

impl AccountRequest for ReinstatePerson {
    const ACTION: AccessAction = AccessAction::Reinstated;
}

/// The links that are valid in a new studio.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewLinks {
    /// Those of this epoch.
    pub(super) epoch: i64,
    /// Those minted with the key alone, from this moment on.
    pub(super) since: Option<Timestamp>,
}

pub(super) fn create_profile(
    tx: &mut Transaction<'_>,
    user: UserId,
    name: String,
    role: Role,
    allowance: Option<u32>,
    links: NewLinks,
) -> Result<Profile, StudioError> {
    let profile = Profile {
        user,
        name,
        role,
        status: PersonStatus::Active,
        epoch: 0,
        revocations: links.epoch,
        links_since: links.since,
        limited: allowance.is_some(),
        monthly: None,
        more: None,
        created_at: tx.now,
    };
    profile::insert(tx.db, &profile)?;
    ledger::add(tx.db, Booking::Grant, None, allowance.unwrap_or(0), tx.now)?;
    Ok(profile)
}

/// The account as the operator sees it: no picture and no prompt.
pub(super) fn person(tx: &mut Transaction<'_>, profile: Profile) -> Result<Person, StudioError> {
    let models = bound(tx)?
        .into_iter()
        .map(|model| BoundModel {
            id: model.id,
            provider: model.provider,
            provider_model: model.provider_model,
            version: model.version,
        })
        .collect();
    Ok(Person {
        id: profile.user,
        name: profile.name,
        role: profile.role,
        status: profile.status,
        models,
        created_at: profile.created_at,
    })
}

/// The profile of a studio that has been opened.
pub(super) fn opened(tx: &mut Transaction<'_>) -> Result<Profile, StudioError> {
    profile::load(tx.db)?.ok_or(StudioError::NotFound)
}
