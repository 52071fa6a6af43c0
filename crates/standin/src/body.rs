//! Answers that break off: a connection that closes in the middle of a body, or before anything was said.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body::Frame;
use tokio::time::Sleep;

/// Long enough for the first half to reach the client before the connection closes.
const BREATH: Duration = Duration::from_millis(30);

/// The connection closes here.
#[derive(Debug, thiserror::Error)]
#[error("closed on purpose")]
pub(crate) struct Closed;

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
            self.pause = Some(Box::pin(tokio::time::sleep(BREATH)));
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

/// The connection closes without an answer.
pub(crate) fn nothing() -> Response {
    Response::new(Body::new(Broken {
        first: None,
        pause: None,
    }))
}

/// The same answer, of which only the first half of the body arrives.
pub(crate) async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let first = Some(bytes.slice(..bytes.len() / 2));
    Response::from_parts(parts, Body::new(Broken { first, pause: None }))
}
