//! What a studio can be told to do. Commands travel as JSON from the Worker to the person's Durable Object.

use selfsame_api::{GenerationRequest, Model, Role};
use selfsame_primitives::ids::{GenerationId, PictureId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use crate::Nonce;
use crate::credentials::{LinkClaims, SessionClaims};

/// A command.
///
/// The first five come from the operator's routes: the edge has asked the *operator's* studio whether that session
/// is alive ([`PersonCommand::Me`] says the role), because it cannot be known here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Creates the studio. The same again changes nothing; another person in its place is `PersonExists`.
    /// Replies [`Reply::Overview`](crate::Reply::Overview).
    Open {
        /// Whose studio it is.
        user: UserId,
        /// What to call them.
        name: String,
        /// What they may do.
        role: Role,
        /// Pictures they may make; `None`: no limit.
        allowance: Option<u32>,
    },
    /// Refuses the person from now on and ends every session. Generations under way are finished and kept: they
    /// are paid for. Replies `Overview`.
    Suspend,
    /// Lets a suspended person sign in again. Replies `Overview`.
    Reinstate,
    /// Makes a model the person's own. Bound already (same provider, model, version and weights): its words and
    /// dialect are replaced and it keeps its id. Replies [`Reply::Model`](crate::Reply::Model).
    BindModel {
        /// The model, with the id it shall have.
        model: Box<Model>,
    },
    /// The account without any picture or prompt. Replies `Overview`.
    Overview,
    /// Burns a sign-in link, whose signature the edge has verified, and begins a session. An operator's link opens
    /// the operator's own studio. Replies [`Reply::SignedIn`](crate::Reply::SignedIn).
    SignIn {
        /// What the link says.
        link: LinkClaims,
        /// The id of the new session.
        session: SessionId,
    },
    /// Something a signed-in person asks for, with the claims of a session whose signature the edge has verified.
    /// Refused when the session has ended or the person is suspended.
    As {
        /// Who asks.
        session: SessionClaims,
        /// What they ask for.
        ask: PersonCommand,
    },
}

/// What a signed-in person can ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum PersonCommand {
    /// Who they are. Replies [`Reply::Me`](crate::Reply::Me).
    Me,
    /// Ends this session. Replies [`Reply::Done`](crate::Reply::Done).
    SignOut,
    /// Their models. Replies [`Reply::Models`](crate::Reply::Models).
    Models,
    /// Asks for pictures. Replies [`Reply::Generation`](crate::Reply::Generation).
    Generate(Box<Generate>),
    /// A page of generations, newest first. Replies [`Reply::Page`](crate::Reply::Page).
    Generations {
        /// From an earlier page.
        cursor: Option<String>,
        /// 1-100; `None`: 20.
        limit: Option<u32>,
    },
    /// One generation. Replies `Generation`.
    Generation {
        /// Which.
        id: GenerationId,
    },
    /// Ends a generation as soon as the provider lets go of it. Too late for one whose pictures are being stored,
    /// and for one that ended: those are answered as they are. Replies `Generation`.
    Cancel {
        /// Which.
        id: GenerationId,
    },
    /// Deletes a picture and its bytes. Replies `Done`; a second time it is `NotFound`.
    DeletePicture {
        /// Which.
        id: PictureId,
    },
    /// Where a picture's bytes are. Replies [`Reply::Picture`](crate::Reply::Picture).
    Picture {
        /// Which.
        id: PictureId,
    },
    /// The first message of a WebSocket. Replies [`Reply::Snapshot`](crate::Reply::Snapshot).
    Snapshot,
}

/// A request for pictures, and what the shell adds to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// What the person asks for.
    pub request: GenerationRequest,
    /// Their `Idempotency-Key`, checked by the edge to be 1-255 visible ASCII characters.
    pub idempotency_key: String,
    /// The id of the new generation.
    pub generation: GenerationId,
    /// Goes into the webhook's address; picture ids are derived from it, too.
    pub nonce: Nonce,
    /// Random bits for the seed, if the request names none.
    pub seed: u32,
    /// Where the provider can reach the edge (`https://studio.example`); `None`: no webhook, the polls do.
    pub webhook_origin: Option<String>,
}
