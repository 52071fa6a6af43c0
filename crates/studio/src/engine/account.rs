//! Signing in and out, whether a session is alive, and the account of the signed-in person.

use selfsame_api::{Me, PersonStatus, Role};
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::operator::create_profile;
use super::transaction::Transaction;
use crate::credentials::{LinkClaims, SessionClaims};
use crate::error::StudioError;
use crate::request::{PersonRequest, Request, Signal};
use crate::store::profile::{self, Profile};
use crate::store::{ledger, sessions};

/// How long a session lasts, in milliseconds: 30 days.
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

    fn handle(self, tx: &mut Transaction<'_>) -> Result<SignedIn, StudioError> {
        let Self { link, session } = self;
        let now = tx.now;
        // Burnt nonces are forgotten once the link has expired, so its age is checked here again.
        if link.expires <= now {
            return Err(StudioError::LinkExpired);
        }
        let profile = profile_for(tx, &link)?;
        sessions::prune(tx.db, now)?;
        if !sessions::burn(tx.db, &link.nonce, link.expires)? {
            return Err(StudioError::LinkUsed);
        }
        let expires = now.plus_milliseconds(SESSION_MILLISECONDS);
        sessions::insert(tx.db, &session, profile.epoch, expires)?;
        let me = me(tx, &profile, expires)?;
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

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        sessions::end(tx.db, &person.session, tx.now)?;
        tx.signal(Signal::CloseSession(person.session.clone()));
        Ok(())
    }
}

/// Asks who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMe;

impl PersonRequest for GetMe {
    type Reply = Me;

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<Me, StudioError> {
        me(tx, &person.profile, person.session_expires_at)
    }
}

/// The person that a link signs in.
fn profile_for(tx: &mut Transaction<'_>, link: &LinkClaims) -> Result<Profile, StudioError> {
    let profile = match profile::load(tx.db)? {
        Some(profile) => profile,
        // There is no operator yet who could open a studio for the first one; the signing key authenticates the link.
        None if link.role == Role::Operator => create_profile(
            tx,
            link.user.clone(),
            link.user.to_string(),
            link.role,
            None,
        )?,
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

fn me(
    tx: &mut Transaction<'_>,
    profile: &Profile,
    session_expires_at: Timestamp,
) -> Result<Me, StudioError> {
    let allowance = ledger::balance(tx.db)?.allowance(profile.limited)?;
    Ok(Me {
        id: profile.user.clone(),
        name: profile.name.clone(),
        role: profile.role,
        allowance,
        session_expires_at,
    })
}

/// A person whose session is alive in this studio. Only [`authorize`] makes one.
pub struct SignedInPerson {
    pub(super) profile: Profile,
    pub(super) session: SessionId,
    pub(super) session_expires_at: Timestamp,
}

impl SignedInPerson {
    pub(super) const fn user(&self) -> &UserId {
        &self.profile.user
    }
}

/// The person behind a session. The studio has the last word: the session must have begun here, in the present epoch,
/// and not have ended.
pub(crate) fn authorize(
    tx: &mut Transaction<'_>,
    claims: &SessionClaims,
) -> Result<SignedInPerson, StudioError> {
    let profile = profile::load(tx.db)?.ok_or(StudioError::Unauthenticated)?;
    if profile.user != claims.user {
        return Err(StudioError::Unauthenticated);
    }
    if profile.status == PersonStatus::Suspended {
        return Err(StudioError::Suspended);
    }
    let session = sessions::load(tx.db, &claims.session)?.ok_or(StudioError::Unauthenticated)?;
    let alive = !session.ended
        && session.epoch == profile.epoch
        && session.expires_at > tx.now
        && claims.role == profile.role;
    if !alive {
        return Err(StudioError::Unauthenticated);
    }
    Ok(SignedInPerson {
        profile,
        session: claims.session.clone(),
        session_expires_at: session.expires_at,
    })
}
