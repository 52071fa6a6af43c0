//! The e-mail address for sign-in links. The directory holds it; the studio holds what was done to it.

use selfsame_api::{AccessAction, Actor};
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::operator::opened;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::{AccountRequest, PersonRequest, Request};
use crate::store::access_log::Access;

/// Notes that an operator set or removed the person's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteEmail {
    /// Whether there is an address now.
    pub set: bool,
}

impl Request for NoteEmail {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>) -> Result<(), StudioError> {
        opened(tx).map(drop)
    }
}

impl AccountRequest for NoteEmail {
    const ACTION: AccessAction = AccessAction::EmailChanged;

    fn detail(&self) -> Option<String> {
        Some(if self.set { "set" } else { "removed" }.to_owned())
    }
}

/// Notes that the person removes their address. The Worker asks before it does so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteEmailRemoval;

impl PersonRequest for NoteEmailRemoval {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        tx.record(&Access {
            detail: Some("removed"),
            ..Access::by(Actor::Person, AccessAction::EmailChanged).to_session(&person.session.id)
        })
    }
}
