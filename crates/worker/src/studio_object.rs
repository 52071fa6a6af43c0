//! One person's Durable Object: class `StudioObject`, addressed by the user id, with its own SQLite.
//!
//! A shell around `selfsame-studio`, which decides everything: commands and hints go in, signals go to the open
//! sockets, what has to be done outside is done and its outcome handed back, and the alarm is set to when there is
//! more. `POST /command`, `POST /hint` and `GET /events` come from the Worker only; see [`crate::studio`].

#![expect(
    missing_docs,
    reason = "what #[durable_object] generates has no documentation"
)]

mod database;
mod effects;
mod pictures;
mod shell;
mod sockets;
mod transaction;

use std::rc::Rc;

use selfsame_studio::{
    AddModel, Authenticated, BeginSession, CancelGeneration, CheckOperator, DeletePicture,
    EndSession, Generate, GetGeneration, GetMe, Hint, ListGenerations, ListModels, LocatePicture,
    OpenStudio, ReinstatePerson, SuspendPerson,
};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object,
};

use crate::call::Call;
use crate::studio::EVENTS;
use shell::Shell;

/// The Durable Object class that wrangler.toml names.
#[durable_object]
pub struct StudioObject {
    shell: Rc<Shell>,
}

impl DurableObject for StudioObject {
    fn new(state: State, env: Env) -> Self {
        let shell = Rc::new(Shell::new(state, env));
        Self { shell }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        macro_rules! route {
            ($($call:ty),*) => {
                match request.path().as_str() {
                    EVENTS => self.shell.events(&request).await,
                    $(<$call as Call>::PATH => {
                        let call: $call = request.json().await?;
                        self.shell.call(call, &request).await
                    })*
                    _ => Response::error("not found", 404),
                }
            };
        }
        route!(
            OpenStudio,
            SuspendPerson,
            ReinstatePerson,
            AddModel,
            BeginSession,
            Hint,
            Authenticated<CheckOperator>,
            Authenticated<LocatePicture>,
            Authenticated<CancelGeneration>,
            Authenticated<DeletePicture>,
            Authenticated<EndSession>,
            Authenticated<Generate>,
            Authenticated<GetGeneration>,
            Authenticated<GetMe>,
            Authenticated<ListGenerations>,
            Authenticated<ListModels>
        )
    }

    async fn alarm(&self) -> Result<Response> {
        self.shell.alarm().await;
        Response::empty()
    }

    async fn websocket_message(&self, _: WebSocket, _: WebSocketIncomingMessage) -> Result<()> {
        // The page only listens; its pings are answered by the platform.
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, _: usize, _: String, _: bool) -> Result<()> {
        sockets::close(&socket, sockets::NORMAL, "");
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: Error) -> Result<()> {
        // The platform closes it; the page comes back by itself.
        Ok(())
    }
}
