//! `GET /api/events`, and the open sockets of one person. They hibernate: between two messages nothing of them is in
//! memory.

use axum::extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, Event, Numbered, Opening};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::{Authenticated, FollowEvents, Signal};
use worker::{Error, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair};

use super::routes::{Caller, Object};
use crate::http::ApiError;
use crate::http::parameters::After;
use crate::http::request::PlatformRequest;
use crate::platform::{self, Level, Line};

/// Close code: nothing is wrong.
pub(super) const NORMAL: u16 = 1000;
/// Close code for the page: this session has ended, sign in again.
const SESSION_ENDED: u16 = 4401;
/// Close code for the page: the studio is closed to this person.
const STUDIO_CLOSED: u16 = 4403;

/// Close code for the page: the person has opened more sockets than they may have.
const REPLACED: u16 = 4429;

/// Open sockets that a person may have, one a tab. One more closes the oldest.
const MOST_OPEN: usize = 8;

/// Opens a WebSocket that sends what changed after `?after=` or else a snapshot, and then every change.
#[worker::send]
pub(super) async fn open(
    extract::State(object): extract::State<Object>,
    caller: Caller,
    After { after }: After,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let upgrade = request.header("upgrade");
    if !upgrade.is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket")) {
        return Err(ApiError::new(
            ErrorCode::UpgradeRequired,
            "This address speaks WebSocket; without one, ask for /api/generations now and then.",
        ));
    }
    let (id, session) = (caller.verified.request, caller.verified.session);
    let request = FollowEvents { after };
    let follow = Authenticated { session, request };
    let socket = object.shell().accept(&id, follow).await?;
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    response.extensions_mut().insert(socket);
    Ok(response)
}

/// Makes the platform answer `ping` with `pong` without waking the object.
pub(super) fn answer_pings(state: &State) {
    if let Ok(pair) = WebSocketRequestResponsePair::new("ping", "pong") {
        state.set_websocket_auto_response(&pair);
    }
}

/// Accepts a socket of `session`, sends its first message and returns the client's end. Closes the oldest of too many.
pub(super) fn accept(
    state: &State,
    session: &SessionId,
    first: &Numbered<Opening>,
) -> Result<WebSocket, Error> {
    make_room(state);
    let pair = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&pair.server, &[session.as_str()]);
    pair.server
        .serialize_attachment(platform::now().as_millisecond())?;
    pair.server.send(first)?;
    Ok(pair.client)
}

/// Whether a socket is open.
pub(super) fn any(state: &State) -> bool {
    !state.get_websockets().is_empty()
}

/// Closes the oldest sockets, so that one more can be opened. The platform keeps the time of each across hibernation.
fn make_room(state: &State) {
    let open = |socket: &WebSocket| socket.as_ref().ready_state() == web_sys::WebSocket::OPEN;
    let opened_at = |socket: &WebSocket| {
        let opened_at = socket.deserialize_attachment::<i64>();
        opened_at.ok().flatten().unwrap_or_default()
    };
    let mut sockets: Vec<_> = state.get_websockets().into_iter().filter(open).collect();
    sockets.sort_by_cached_key(opened_at);
    let too_many = (sockets.len() + 1).saturating_sub(MOST_OPEN);
    for socket in sockets.iter().take(too_many) {
        close(socket, REPLACED, "another window has taken its place");
    }
}

/// Delivers a signal of the studio to the sockets or the log.
pub(super) fn signal(state: &State, signal: &Signal) {
    match signal {
        Signal::Broadcast(event) => broadcast(state, event),
        Signal::CloseSession(session) => {
            for socket in state.get_websockets_with_tag(session.as_str()) {
                close(&socket, SESSION_ENDED, "the session has ended");
            }
        }
        Signal::Unreadable { id, cause } => Line {
            level: Level::Error,
            event: "unreadable",
            subject: Some(id),
            detail: Some(cause),
        }
        .write(),
        Signal::CloseAll => {
            for socket in state.get_websockets() {
                close(&socket, STUDIO_CLOSED, "the studio is closed");
            }
        }
    }
}

fn broadcast(state: &State, event: &Numbered<Event>) {
    let sockets = state.get_websockets();
    if sockets.is_empty() {
        return;
    }
    let text = match serde_json::to_string(event) {
        Ok(text) => text,
        Err(error) => return log("broadcast", &error.to_string()),
    };
    for socket in sockets {
        // A socket that is just closing takes no more; its page asks again when it is back.
        if let Err(error) = socket.send_with_str(&text) {
            log("broadcast", &error.to_string());
        }
    }
}

/// Closes a socket; one that is closed already stays so.
pub(super) fn close(socket: &WebSocket, code: u16, reason: &str) {
    if let Err(error) = socket.close(Some(code), Some(reason)) {
        log("socket_close", &error.to_string());
    }
}

fn log(event: &str, detail: &str) {
    Line {
        level: Level::Info,
        event,
        subject: None,
        detail: Some(detail),
    }
    .write();
}
