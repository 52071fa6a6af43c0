//! Signing in and out, and who is signed in.

use selfsame_api::{Me, PersonStatus, Role};
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;

use super::authorize::SignedInPerson;
use super::transaction::Transaction;
use crate::credentials::{LinkClaims, SessionClaims};
use crate::error::StudioError;
use crate::reply::{Reply, Signal, SignedIn};
use crate::store::ledger;
use crate::store::profile::{self, Profile};
use crate::store::sessions;

/// How long a session holds: 30 days.
pub const SESSION_MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1_000;

impl Transaction<'_> {
    pub(super) fn sign_in(
        &mut self,
        link: &LinkClaims,
        session: SessionId,
    ) -> Result<Reply, StudioError> {
        // Burnt nonces are forgotten once the link is too old anyway, so the age is checked here again.
        if link.expires <= self.now {
            return Err(StudioError::LinkExpired);
        }
        let profile = self.whose(link)?;
        sessions::prune(self.db, self.now)?;
        if !sessions::burn(self.db, &link.nonce, link.expires)? {
            return Err(StudioError::LinkUsed);
        }
        let expires = self.now.plus_milliseconds(SESSION_MILLISECONDS);
        sessions::insert(self.db, &session, profile.epoch, expires)?;
        let claims = SessionClaims {
            user: profile.user.clone(),
            role: profile.role,
            session,
            expires,
        };
        let me = self.me_of(&profile, expires)?;
        Ok(Reply::SignedIn(Box::new(SignedIn { claims, me })))
    }

    /// The person that a link signs in.
    fn whose(&mut self, link: &LinkClaims) -> Result<Profile, StudioError> {
        let profile = match profile::load(self.db)? {
            Some(profile) => profile,
            // The first operator of a new deployment has nobody to open a studio for them but the signing key.
            None if link.role == Role::Operator => {
                self.create(link.user.clone(), link.user.to_string(), link.role, None)?
            }
            None => {
                return Err(StudioError::LinkInvalid {
                    reason: "nobody by this id",
                });
            }
        };
        if profile.user != link.user {
            return Err(StudioError::LinkInvalid {
                reason: "another person's studio",
            });
        }
        if profile.role != link.role {
            return Err(StudioError::LinkInvalid {
                reason: "another role",
            });
        }
        if profile.status == PersonStatus::Suspended {
            return Err(StudioError::Suspended);
        }
        Ok(profile)
    }

    pub(super) fn sign_out(&mut self, person: &SignedInPerson) -> Result<Reply, StudioError> {
        sessions::end(self.db, &person.session, self.now)?;
        self.signal(Signal::CloseSession(person.session.clone()));
        Ok(Reply::Done)
    }

    pub(super) fn me(&mut self, person: &SignedInPerson) -> Result<Reply, StudioError> {
        let me = self.me_of(&person.profile, person.session_expires_at)?;
        Ok(Reply::Me(Box::new(me)))
    }

    fn me_of(
        &mut self,
        profile: &Profile,
        session_expires_at: Timestamp,
    ) -> Result<Me, StudioError> {
        let allowance = ledger::balance(self.db)?.allowance(profile.limited)?;
        Ok(Me {
            id: profile.user.clone(),
            name: profile.name.clone(),
            role: profile.role,
            allowance,
            session_expires_at,
        })
    }
}
