//! Responses that do not arrive in one piece: the connection closes before any byte or in the middle of the body, or the
//! body arrives slowly.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body_util::Channel;
use http_body_util::channel::Sender;

/// Pause after the first half, long enough for it to reach the client.
const PAUSE: Duration = Duration::from_millis(30);

/// The error that closes the connection.
#[derive(Debug, thiserror::Error)]
#[error("closed on purpose")]
pub(crate) struct Closed;

/// The sending side of a body. The body ends when it is dropped.
pub(crate) type BodySender = Sender<Bytes, Closed>;

/// A body that is sent while the response is already under way.
pub(crate) fn channel() -> (BodySender, Body) {
    let (sender, body) = Channel::new(1);
    (sender, Body::new(body))
}

/// A response of which no byte is sent.
pub(super) fn no_response() -> Response {
    let (sender, body) = channel();
    sender.abort(Closed);
    Response::new(body)
}

/// Cuts `response` in the middle of its body.
pub(super) async fn cut(response: Response) -> Response {
    let (response, bytes, mut sender) = split(response).await;
    tokio::spawn(async move {
        if sender
            .send_data(bytes.slice(..bytes.len() / 2))
            .await
            .is_ok()
        {
            tokio::time::sleep(PAUSE).await;
        }
        sender.abort(Closed);
    });
    response
}

/// Sends the body of `response` in parts of `size` bytes, each after `pause`.
pub(super) async fn drip(response: Response, size: usize, pause: Duration) -> Response {
    let (response, bytes, mut sender) = split(response).await;
    tokio::spawn(async move {
        for start in (0..bytes.len()).step_by(size.max(1)) {
            tokio::time::sleep(pause).await;
            let end = bytes.len().min(start.saturating_add(size.max(1)));
            // An error means that the client has gone.
            if sender.send_data(bytes.slice(start..end)).await.is_err() {
                return;
            }
        }
    });
    response
}

/// Separates the bytes of `response`, which still announces their number, from its head.
async fn split(response: Response) -> (Response, Bytes, BodySender) {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let (sender, body) = channel();
    (Response::from_parts(parts, body), bytes, sender)
}
