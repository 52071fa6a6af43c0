//! Authorisation: whether a session is alive.

use selfsame_api::PersonStatus;
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;

use super::transaction::Transaction;
use crate::credentials::SessionClaims;
use crate::error::StudioError;
use crate::store::profile::{self, Profile};
use crate::store::sessions;

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
