//! Responses that break off: the connection closes in the middle of the body, or before any byte.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body::Frame;
use tokio::time::Sleep;

/// Pause after the first half, long enough for it to reach the client.
const PAUSE: Duration = Duration::from_millis(30);

/// The error that closes the connection.
#[derive(Debug, thiserror::Error)]
#[error("closed on purpose")]
struct Closed;

/// A body that ends in an error, which makes the server close the connection.
struct Broken {
    first: Option<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if let Some(first) = self.first.take() {
            self.pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if let Some(pause) = &mut self.pause
            && pause.as_mut().poll(context).is_pending()
        {
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Closed)))
    }
}

/// A response of which no byte is sent.
pub(super) fn no_response() -> Response {
    Response::new(Body::new(Broken {
        first: None,
        pause: None,
    }))
}

/// Cuts `response` in the middle of its body.
pub(super) async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let first = Some(bytes.slice(..bytes.len() / 2));
    Response::from_parts(parts, Body::new(Broken { first, pause: None }))
}
