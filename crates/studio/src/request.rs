//! What a studio can be asked: one type a request, each with the type of its reply, and what a call leaves for the shell
//! to do.
//!
//! The types of requests stand beside their implementations in the [`engine`](crate::engine). Requests that cross from the
//! front Worker to the person's Durable Object implement `Serialize` and `Deserialize`, and so do their replies.

use selfsame_api::Event;
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::credentials::SessionClaims;
use crate::engine::{SignedInPerson, Transaction, authorize};
use crate::error::StudioError;

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
    Broadcast(Event),
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
