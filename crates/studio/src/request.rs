//! What a studio can be asked: one type a request, each with the type of its reply, and what a call leaves for the shell
//! to do.
//!
//! The types of requests stand beside their implementations in the [`engine`](crate::engine). Requests that cross from the
//! front Worker to the person's Durable Object implement `Serialize` and `Deserialize`, and so do their replies.

use selfsame_api::{AccessAction, Actor, Event, Numbered};
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::credentials::SessionClaims;
use crate::engine::{SignedInPerson, Transaction, authorize};
use crate::error::StudioError;
use crate::store::access_log::Access;

/// A request to a studio. [`Studio::handle`](crate::Studio::handle) carries it out in one transaction.
///
/// The operator's requests ([`OpenStudio`](crate::OpenStudio) and those after it) are not authorised here: the Worker
/// asks the *operator's* studio with [`CheckOperator`](crate::CheckOperator) first.
pub trait Request {
    /// The answer to it.
    type Reply;

    /// Carries the request out.
    fn handle(self, transaction: &mut Transaction<'_>) -> Result<Self::Reply, StudioError>;
}

/// A request that a signed-in person makes of their own studio.
pub trait PersonRequest {
    /// The answer to it.
    type Reply;

    /// Carries the request out for `person`.
    fn handle(
        self,
        transaction: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Self::Reply, StudioError>;
}

/// A person's request together with the claims of their session, whose signature the Worker has verified. Refused
/// when the session has ended or the person is suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authenticated<R> {
    /// Who asks.
    pub session: SessionClaims,
    /// What they ask for.
    pub request: R,
}

impl<R: PersonRequest> Request for Authenticated<R> {
    type Reply = R::Reply;

    fn handle(self, transaction: &mut Transaction<'_>) -> Result<R::Reply, StudioError> {
        let person = authorize(transaction, &self.session)?;
        self.request.handle(transaction, &person)
    }
}

/// A request about a person's account that somebody else makes.
pub trait AccountRequest: Request {
    /// What the person's access log calls it.
    const ACTION: AccessAction;

    /// Details for the access log, which the person may read.
    fn detail(&self) -> Option<String> {
        None
    }
}

/// Who makes an [`AccountRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Administrator {
    /// An operator, whose own studio has confirmed that they are one.
    Operator(UserId),
    /// The Worker itself.
    System,
}

/// An account request together with who makes it, which goes into the person's access log in the same transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Administered<R> {
    /// Who asks.
    pub by: Administrator,
    /// What they ask for.
    pub request: R,
}

impl<R: AccountRequest> Request for Administered<R> {
    type Reply = R::Reply;

    fn handle(self, transaction: &mut Transaction<'_>) -> Result<R::Reply, StudioError> {
        let detail = self.request.detail();
        let reply = self.request.handle(transaction)?;
        let (actor, operator) = match &self.by {
            Administrator::Operator(operator) => (Actor::Operator, Some(operator)),
            Administrator::System => (Actor::System, None),
        };
        transaction.record(&Access {
            operator,
            detail: detail.as_deref(),
            ..Access::by(actor, R::ACTION)
        })?;
        Ok(reply)
    }
}

/// The result of a call. The shell delivers the signals and sets the alarm at once: neither is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<T> {
    /// The reply.
    pub value: T,
    /// Messages for the open sockets, in order.
    pub signals: Vec<Signal>,
    /// When to call [`Studio::due`](crate::Studio::due) next: set the alarm to it, or clear the alarm when `None`.
    pub alarm: Option<Timestamp>,
}

/// Something to deliver at once, to the open `WebSocket`s or to the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// Send the event to every open `WebSocket`.
    Broadcast(Numbered<Event>),
    /// Close the `WebSocket`s of this session.
    CloseSession(SessionId),
    /// Close every `WebSocket`.
    CloseAll,
    /// For the log: a stored row was left out of a reply, because it cannot be read.
    Unreadable {
        /// The row's id.
        id: String,
        /// Why.
        cause: String,
    },
}
