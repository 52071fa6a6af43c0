//! The event stream of a prediction: its outputs as they appear, and its end. As on the real streaming host, only the
//! unguessable URL protects it.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use crate::clock;
use crate::http::errors::ApiError;
use crate::http::partial_body::{self, BodySender};
use crate::job::Status;
use crate::prediction::Prediction;
use crate::server::App;

/// How long a stream without events stays open.
const IDLE: Duration = Duration::from_secs(30);
/// What it sends before it then closes.
const IDLE_COMMENT: &str = ":408: 408 Request Timeout\n\n";

/// Streams the events of a prediction, from its first output on.
pub(crate) fn get(app: &Arc<App>, token: &str) -> Result<Response, ApiError> {
    let prediction = app.by_token(token).ok_or(ApiError::NotFound)?;
    let status = app.store.watch(&prediction.id).ok_or(ApiError::NotFound)?;
    if prediction.data_removed {
        return Err(ApiError::NotFound);
    }
    let (sender, body) = partial_body::channel();
    tokio::spawn(send(Arc::clone(app), prediction.id, status, sender));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache, no-store"),
    );
    Ok(response)
}

/// Sends events until the prediction has ended, the client has gone, or nothing has happened for a while.
async fn send(
    app: Arc<App>,
    id: String,
    mut status: watch::Receiver<Status>,
    mut sender: BodySender,
) {
    let mut events = Events::default();
    let mut idle_at = Instant::now() + app.speed.shorten(IDLE);
    while let Some(prediction) = app.store.get(&id) {
        let text = events.after(&prediction, clock::now().as_second());
        if !text.is_empty() {
            if sender.send_data(text.into()).await.is_err() {
                return;
            }
            idle_at = Instant::now() + app.speed.shorten(IDLE);
        }
        if prediction.status.is_terminal() {
            return;
        }
        match timeout_at(idle_at, status.changed()).await {
            Ok(Ok(())) => {}
            // The prediction was deleted.
            Ok(Err(_)) => return,
            Err(_) => {
                // An error means that the client has gone.
                let _ = sender.send_data(IDLE_COMMENT.into()).await;
                return;
            }
        }
    }
}

/// Which events have been written.
#[derive(Debug, Default)]
struct Events {
    outputs: usize,
    written: u32,
}

impl Events {
    /// Writes the events of `prediction` that are new. `now` is in Unix seconds.
    fn after(&mut self, prediction: &Prediction, now: i64) -> String {
        let mut text = String::new();
        let outputs = prediction.output.iter().flatten();
        for output in outputs.skip(self.outputs) {
            self.outputs += 1;
            text += &self.event("output", output, now);
        }
        let reason = match prediction.status {
            Status::Starting | Status::Processing => return text,
            Status::Succeeded => None,
            Status::Failed => Some("error"),
            Status::Canceled | Status::Aborted => Some("canceled"),
        };
        if let Some(error) = &prediction.error {
            text += &self.event("error", &json!({ "detail": error }).to_string(), now);
        }
        let done = reason.map_or_else(|| json!({}), |reason| json!({ "reason": reason }));
        text + &self.event("done", &done.to_string(), now)
    }

    fn event(&mut self, name: &str, data: &str, now: i64) -> String {
        let id = self.written;
        self.written += 1;
        // Neither URLs nor JSON contain line breaks.
        format!("event: {name}\nid: {now}:{id}\ndata: {data}\n\n")
    }
}
