//! One person's Durable Object: class `StudioObject`, addressed by the user id, with its own SQLite.
//!
//! A shell around `selfsame-studio`, which decides everything. The [`routes`] serve the person's API and the front
//! Worker's calls; signals go to the open sockets; effects are performed and their outcome is reported back; the alarm
//! is set to when there is more to do.

mod account;
mod albums;
mod bin;
mod conversations;
mod database;
mod effects;
mod enhancements;
mod erase;
mod fetch;
mod generations;
mod pictures;
mod presets;
mod rates;
mod routes;
mod series;
mod share_links;
mod shell;
mod sign_ins;
mod sockets;
mod thumbnails;

use std::rc::Rc;

use axum::Router;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object,
};

use shell::Shell;

/// The Durable Object class that wrangler.toml names.
#[durable_object]
pub struct StudioObject {
    shell: Rc<Shell>,
    router: Router,
}

impl DurableObject for StudioObject {
    fn new(state: State, env: Env) -> Self {
        let shell = Rc::new(Shell::new(state, env));
        let router = routes::router(Rc::clone(&shell));
        Self { shell, router }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        routes::serve(self.router.clone(), &self.shell, request).await
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
        // The platform closes the socket; the page reconnects.
        Ok(())
    }
}
