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

use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object,
};

use crate::studio::{COMMAND, EVENTS, HINT};
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
        match request.path().as_str() {
            COMMAND => {
                let command = request.json().await?;
                self.shell.command(command, &request).await
            }
            HINT => self.shell.hint(request.json().await?).await,
            EVENTS => self.shell.events(&request).await,
            _ => Response::error("not found", 404),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.shell.alarm().await?;
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
