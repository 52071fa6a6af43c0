//! Whether a session is alive, and the account of the signed-in person.

use selfsame_api::{AccessAction, AccessLogPage, Actor, Me, PersonStatus};
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::allowance;
use super::read::{page_limit, read_cursor, write_cursor};
use super::sessions::living;
use super::transaction::Transaction;
use crate::credentials::SessionClaims;
use crate::database::Database;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::access_log::Access;
use crate::store::profile::{self, Profile};
use crate::store::sessions::{self, Session};
use crate::store::{access_log, ledger};

/// How long requests of a session may come before the next one is noted, in milliseconds: five minutes. Noting each
/// would be a write a request.
const SEEN_EVERY: i64 = 5 * 60_000;
/// The most notices in a reply.
const MOST_NOTICES: u32 = 20;
/// Entries on a page of the access log without `limit`.
const DEFAULT_PAGE: u32 = 50;

/// Asks who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMe;

impl PersonRequest for GetMe {
    type Reply = Me;

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<Me, StudioError> {
        me(tx, &person.profile, &person.session)
    }
}

/// Marks every notice as seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DismissNotices;

impl PersonRequest for DismissNotices {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<(), StudioError> {
        Ok(access_log::mark_seen(tx.db)?)
    }
}

/// Asks for a page of the person's access log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAccessLog {
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 50.
    pub limit: Option<u32>,
}

impl PersonRequest for GetAccessLog {
    type Reply = AccessLogPage;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<AccessLogPage, StudioError> {
        let limit = page_limit(Some(self.limit.unwrap_or(DEFAULT_PAGE)))?;
        let before: Option<u32> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = access_log::page(tx.db, before.map(i64::from), limit)?;
        tx.set_aside(page.unreadable);
        Ok(AccessLogPage {
            entries: page.entries,
            next_cursor: page.next.map(write_cursor),
        })
    }
}

pub(super) fn me(
    tx: &mut Transaction<'_>,
    profile: &Profile,
    session: &Session,
) -> Result<Me, StudioError> {
    let allowance = ledger::balance(tx.db)?.allowance(profile.limited)?;
    let notices = access_log::unseen(tx.db, &session.id, MOST_NOTICES)?;
    tx.set_aside(notices.unreadable);
    Ok(Me {
        id: profile.user.clone(),
        name: profile.name.clone(),
        role: profile.role,
        allowance,
        session_expires_at: session.expires_at,
        notices: notices.entries,
    })
}

/// A person whose session is alive in this studio. Requests get one from [`authorize`].
pub struct SignedInPerson {
    pub(super) profile: Profile,
    pub(super) session: Session,
}

impl SignedInPerson {
    pub(super) const fn user(&self) -> &UserId {
        &self.profile.user
    }
}

/// Adds what the person did to their access log, without the id of what they did it to.
pub(super) fn record(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    action: AccessAction,
) -> Result<(), StudioError> {
    tx.record(&Access::by(Actor::Person, action).to_session(&person.session.id))
}

/// The person behind a session. From time to time it is noted that the session is used.
pub(crate) fn authorize(
    tx: &mut Transaction<'_>,
    claims: &SessionClaims,
) -> Result<SignedInPerson, StudioError> {
    let mut person = signed_in(tx.db, tx.now, claims)?;
    let session = &person.session;
    let noted = session.last_seen.map(|at| at.plus_milliseconds(SEEN_EVERY));
    if noted.is_none_or(|until| until <= tx.now) {
        sessions::see(tx.db, &session.id, tx.now)?;
    }
    allowance::renew(tx, &mut person.profile)?;
    Ok(person)
}

/// Whether requests of the session are accepted.
pub(super) fn is_accepted(
    db: &mut dyn Database,
    now: Timestamp,
    claims: &SessionClaims,
) -> Result<bool, StudioError> {
    match signed_in(db, now, claims) {
        Ok(_) => Ok(true),
        Err(StudioError::Unauthenticated | StudioError::Suspended) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The studio has the last word: the session must have begun here, in the present epoch, and not have ended.
fn signed_in(
    db: &mut dyn Database,
    now: Timestamp,
    claims: &SessionClaims,
) -> Result<SignedInPerson, StudioError> {
    let profile = profile::load(db)?.ok_or(StudioError::Unauthenticated)?;
    if profile.user != claims.user {
        return Err(StudioError::Unauthenticated);
    }
    if profile.status == PersonStatus::Suspended {
        return Err(StudioError::Suspended);
    }
    let session = living(db, now, &profile, &claims.session)?;
    let session = session
        .filter(|_| claims.role == profile.role)
        .ok_or(StudioError::Unauthenticated)?;
    Ok(SignedInPerson { profile, session })
}
