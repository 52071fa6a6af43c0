//! What a call of the studio leaves for the shell to do.

use selfsame_api::Event;
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;

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

/// Something to tell at once: to the open `WebSocket`s or to the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// Send it to every one.
    Broadcast(Event),
    /// Close those of this session.
    CloseSession(SessionId),
    /// Close all of them.
    CloseAll,
    /// For the log: a stored row was left out of a reply, because it cannot be read.
    Unreadable {
        /// The row's id.
        id: String,
        /// Why.
        cause: String,
    },
}
