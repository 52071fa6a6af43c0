//! Sessions: beginning one with a link, listing them, and ending them.

use selfsame_api::{AccessAction, Actor, Me, SignInSummary};
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::{SignedInPerson, me};
use super::allowance;
use super::links::person_of;
use super::transaction::Transaction;
use crate::credentials::{Browser, LinkClaims, SessionClaims};
use crate::database::Database;
use crate::error::StudioError;
use crate::request::{PersonRequest, Request, Signal};
use crate::store::access_log::Access;
use crate::store::links;
use crate::store::profile::{self, Profile};
use crate::store::sessions::{self, Session};

/// How long a session lasts, in milliseconds: 30 days.
pub const SESSION_MILLISECONDS: i64 = sessions::LONGEST;
/// How long a session lasts without a request, in milliseconds: 14 days.
pub const IDLE_MILLISECONDS: i64 = sessions::IDLE;
/// How long the browser that used a link may repeat the request, in milliseconds: a minute.
const REPEATABLE: i64 = 60_000;
/// The most sessions of one person. One more ends the one that was seen longest ago.
const MOST_SESSIONS: usize = 32;

/// Uses up a sign-in link, whose signature the Worker has verified, and begins a session. It replaces the session of
/// the same browser. An operator's link opens the operator's own studio.
///
/// The same browser gets the same session when it repeats the request within a minute, because the first response may
/// have been lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginSession {
    /// The claims of the link.
    pub link: LinkClaims,
    /// The id of the new session.
    pub session: SessionId,
    /// The browser.
    pub browser: Browser,
    /// The session that the browser had before, if it was this person's.
    pub replaces: Option<SessionId>,
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
        let mut profile = person_of(tx, &self.link)?;
        allowance::renew(tx, &mut profile)?;
        let browser = self.browser.fingerprint();
        if let Some(used) = links::used(tx.db, &self.link.nonce)? {
            let repeatable = used
                .at
                .is_some_and(|at| tx.now < at.plus_milliseconds(REPEATABLE));
            let same_browser = browser.is_some() && used.browser == browser;
            let began = used.session.filter(|_| repeatable && same_browser);
            let session = began.map_or(Ok(None), |id| living(tx.db, tx.now, &profile, &id))?;
            let session = session.ok_or(StudioError::LinkUsed)?;
            return signed_in(tx, profile, session);
        }
        end_timed_out(tx)?;
        links::prune(tx.db, tx.now)?;
        sessions::prune(tx.db, tx.now)?;
        let known = self.replace(tx, &profile, browser.as_deref())?;
        let session = Session {
            id: self.session,
            epoch: profile.epoch,
            expires_at: tx.now.plus_milliseconds(SESSION_MILLISECONDS),
            browser,
            name: Some(self.browser.name),
            network: self.browser.network,
            last_seen: Some(tx.now),
        };
        let (nonce, until) = (&self.link.nonce, self.link.expires);
        let browser = session.browser.as_deref();
        links::burn(tx.db, nonce, until, &session.id, browser, tx.now)?;
        sessions::insert(tx.db, &session)?;
        let detail = [session.name.as_deref(), session.network.as_deref()];
        let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(", ");
        tx.record(&Access {
            detail: Some(&detail),
            notice: !known,
            ..Access::by(Actor::Person, AccessAction::SignedIn).to_session(&session.id)
        })?;
        signed_in(tx, profile, session)
    }
}

impl BeginSession {
    /// Ends the sessions that the new one replaces, and the oldest when there are too many. Returns whether the person
    /// was signed in with this browser before.
    fn replace(
        &self,
        tx: &mut Transaction<'_>,
        profile: &Profile,
        browser: Option<&str>,
    ) -> Result<bool, StudioError> {
        let (replaced, others): (Vec<_>, Vec<_>) =
            all_living(tx, profile)?.into_iter().partition(|session| {
                let same_browser = browser.is_some() && session.browser.as_deref() == browser;
                same_browser || self.replaces.as_ref() == Some(&session.id)
            });
        for session in replaced.iter().chain(others.iter().skip(MOST_SESSIONS - 1)) {
            end(tx, &session.id, AccessAction::SessionEnded)?;
        }
        Ok(!replaced.is_empty())
    }
}

fn signed_in(
    tx: &mut Transaction<'_>,
    profile: Profile,
    session: Session,
) -> Result<SignedIn, StudioError> {
    let me = me(tx, &profile, &session)?;
    let claims = SessionClaims {
        user: profile.user,
        role: profile.role,
        session: session.id,
        expires: session.expires_at,
    };
    Ok(SignedIn { claims, me })
}

/// Asks for every session that is alive, the last seen first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSessions;

impl PersonRequest for ListSessions {
    type Reply = Vec<SignInSummary>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Vec<SignInSummary>, StudioError> {
        let summary = |session: Session| SignInSummary {
            current: session.id == person.session.id,
            first_seen: session.began(),
            expires_at: session.ends(),
            browser: session
                .name
                .unwrap_or_else(|| "An earlier sign-in".to_owned()),
            network: session.network,
            last_seen: session.last_seen,
            id: session.id,
        };
        let sessions = all_living(tx, &person.profile)?;
        Ok(sessions.into_iter().map(summary).collect())
    }
}

/// Ends the session that makes the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSession;

impl PersonRequest for EndSession {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        end(tx, &person.session.id, AccessAction::SignedOut)
    }
}

/// Ends one session of the person, which may be the one that makes the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSessionById {
    /// The session.
    pub id: SessionId,
}

impl PersonRequest for EndSessionById {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        living(tx.db, tx.now, &person.profile, &self.id)?.ok_or(StudioError::NotFound)?;
        end(tx, &self.id, AccessAction::SessionEnded)
    }
}

/// Ends every session of the person but the one that makes the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOtherSessions;

impl PersonRequest for EndOtherSessions {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        for session in all_living(tx, &person.profile)? {
            if session.id != person.session.id {
                end(tx, &session.id, AccessAction::SessionEnded)?;
            }
        }
        Ok(())
    }
}

fn end(
    tx: &mut Transaction<'_>,
    session: &SessionId,
    action: AccessAction,
) -> Result<(), StudioError> {
    let actor = match action {
        AccessAction::SessionTimedOut => Actor::System,
        _ => Actor::Person,
    };
    sessions::end(tx.db, session, tx.now)?;
    tx.signal(Signal::CloseSession(session.clone()));
    tx.record(&Access::by(actor, action).to_session(session))
}

/// The session, if it is alive.
pub(super) fn living(
    db: &mut dyn Database,
    now: Timestamp,
    profile: &Profile,
    id: &SessionId,
) -> Result<Option<Session>, StudioError> {
    let session = sessions::load(db, id)?;
    Ok(session.filter(|session| session.epoch == profile.epoch && session.ends() > now))
}

/// Every session that is alive, the last seen first.
fn all_living(tx: &mut Transaction<'_>, profile: &Profile) -> Result<Vec<Session>, StudioError> {
    let (mut sessions, unreadable) = sessions::open(tx.db)?;
    tx.set_aside(unreadable);
    sessions.retain(|session| session.epoch == profile.epoch && session.ends() > tx.now);
    Ok(sessions)
}

/// Ends the sessions that have timed out, and closes their sockets.
pub(super) fn end_timed_out(tx: &mut Transaction<'_>) -> Result<(), StudioError> {
    let Some(profile) = profile::load(tx.db)? else {
        return Ok(());
    };
    let (sessions, unreadable) = sessions::open(tx.db)?;
    tx.set_aside(unreadable);
    for session in sessions {
        if session.epoch == profile.epoch && session.ends() <= tx.now {
            end(tx, &session.id, AccessAction::SessionTimedOut)?;
        }
    }
    Ok(())
}

/// When the next session ends if it makes no request.
pub(super) fn next_end(db: &mut dyn Database) -> Result<Option<Timestamp>, StudioError> {
    let Some(profile) = profile::load(db)? else {
        return Ok(None);
    };
    // What cannot be read ends nobody's sockets; `end_timed_out` reports it.
    let (sessions, _) = sessions::open(db)?;
    let present = sessions
        .into_iter()
        .filter(|session| session.epoch == profile.epoch);
    Ok(present.map(|session| session.ends()).min())
}
