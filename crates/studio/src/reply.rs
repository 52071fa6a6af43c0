//! What a studio answers, as JSON to the Worker.

use selfsame_api::{ErrorCode, Event, Generation, GenerationPage, Me, Model, Person};
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use serde::{Deserialize, Serialize};

use crate::credentials::SessionClaims;

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", content = "value", rename_all = "snake_case")]
pub enum Reply {
    /// It is done, there is nothing to say.
    Done,
    /// The account, for the operator.
    Overview(Box<Person>),
    /// The session that began.
    SignedIn(Box<SignedIn>),
    /// Who is signed in.
    Me(Box<Me>),
    /// A model, as it is bound now.
    Model(Box<Model>),
    /// The person's models, newest first.
    Models(Vec<Model>),
    /// A generation's state.
    Generation(Box<Generation>),
    /// A page of generations.
    Page(GenerationPage),
    /// Where a picture's bytes are.
    Picture(Box<PictureFile>),
    /// The first message of a WebSocket: always [`Event::Snapshot`].
    Snapshot(Event),
}

/// A session that began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// What the cookie must say: the edge signs it.
    pub claims: SessionClaims,
    /// Who signed in.
    pub me: Me,
}

/// Where a picture's bytes are, and how to serve them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFile {
    /// The object's key.
    pub key: String,
    /// What the bytes are.
    pub format: OutputFormat,
    /// How many there are.
    pub bytes: u64,
    /// The object's entity tag, without quotes.
    pub etag: String,
    /// What to call the file when it is saved: `selfsame-2026-11-22-k3x9p2.webp`.
    pub download_name: String,
}

/// What a call did besides its answer: the shell passes these on at once, they are not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<T> {
    /// The answer.
    pub value: T,
    /// What to tell whoever listens, in order.
    pub signals: Vec<Signal>,
    /// When to call [`Studio::due`](crate::Studio::due) next: set the alarm to it, or clear the alarm when `None`.
    pub alarm: Option<Timestamp>,
}

/// Something for every open `WebSocket`.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// Send it to every one.
    Broadcast(Event),
    /// Close those of this session.
    CloseSession(SessionId),
    /// Close all of them.
    CloseAll,
}

/// A refused command, as JSON to the Worker. The cause stays in the studio's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code.
    pub code: ErrorCode,
    /// What happened and what can be done.
    pub message: String,
    /// The request's field at fault, dotted.
    pub field: Option<String>,
}
