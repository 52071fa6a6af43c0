//! Signing in and out, and who is signed in.

use selfsame_api::{Me, PersonStatus, Role};
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::authorize::SignedInPerson;
use super::transaction::Transaction;
use crate::credentials::{LinkClaims, SessionClaims};
use crate::error::StudioError;
use crate::outcome::Signal;
use crate::request::{PersonRequest, Request};
use crate::store::ledger;
use crate::store::profile::{self, Profile};
use crate::store::sessions;

/// How long a session holds: 30 days.
pub const SESSION_MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Burns a sign-in link, whose signature the Worker has verified, and begins a session. An operator's link opens the
/// operator's own studio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginSession {
    /// The claims of the link.
    pub link: LinkClaims,
    /// The id of the new session.
    pub session: SessionId,
}

/// A session that began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The claims for the cookie: the Worker signs them.
    pub claims: SessionClaims,
    /// Who signed in.
    pub me: Me,
}

impl Request for BeginSession {
    type Reply = SignedIn;

    fn handle(self, transaction: &mut Transaction<'_>) -> Result<SignedIn, StudioError> {
        let Self { link, session } = self;
        let now = transaction.now;
        // Burnt nonces are forgotten once the link has expired, so its age is checked here again.
        if link.expires <= now {
            return Err(StudioError::LinkExpired);
        }
        let profile = transaction.profile_for(&link)?;
        sessions::prune(transaction.db, now)?;
        if !sessions::burn(transaction.db, &link.nonce, link.expires)? {
            return Err(StudioError::LinkUsed);
        }
        let expires = now.plus_milliseconds(SESSION_MILLISECONDS);
        sessions::insert(transaction.db, &session, profile.epoch, expires)?;
        let me = transaction.me(&profile, expires)?;
        let claims = SessionClaims {
            user: profile.user,
            role: profile.role,
            session,
            expires,
        };
        Ok(SignedIn { claims, me })
    }
}

/// Ends the session that makes the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSession;

impl PersonRequest for EndSession {
    type Reply = ();

    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<(), StudioError> {
        sessions::end(transaction.db, &person.session, transaction.now)?;
        transaction.signal(Signal::CloseSession(person.session.clone()));
        Ok(())
    }
}

/// Asks who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMe;

impl PersonRequest for GetMe {
    type Reply = Me;

    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Me, StudioError> {
        transaction.me(&person.profile, person.session_expires_at)
    }
}

impl Transaction<'_> {
    /// The person that a link signs in.
    fn profile_for(&mut self, link: &LinkClaims) -> Result<Profile, StudioError> {
        let profile = match profile::load(self.db)? {
            Some(profile) => profile,
            // The first operator of a new deployment has nobody to open a studio for them but the signing key.
            None if link.role == Role::Operator => {
                self.create_profile(link.user.clone(), link.user.to_string(), link.role, None)?
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

    fn me(&mut self, profile: &Profile, session_expires_at: Timestamp) -> Result<Me, StudioError> {
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
