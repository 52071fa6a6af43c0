//! A webhook endpoint that keeps what it receives.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::support::StandIn;

#[derive(Debug, Clone)]
pub(crate) struct Hook {
    pub headers: HeaderMap,
    pub raw: Vec<u8>,
}

impl Hook {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub(crate) fn body(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub(crate) fn status(&self) -> String {
        self.body()["status"].as_str().unwrap().to_owned()
    }

    /// Whether the signature matches the stand-in's secret.
    pub(crate) fn is_genuine(&self, stand_in: &StandIn) -> bool {
        let secret = stand_in.get("/v1/webhooks/default/secret").json();
        let timestamp = self.header("webhook-timestamp").parse().unwrap();
        let secret = secret["key"].as_str().unwrap();
        let expected =
            selfsame_standin::sign(secret, self.header("webhook-id"), timestamp, &self.raw);
        self.header("webhook-signature") == expected
    }
}

#[derive(Debug, Default)]
struct Inbox {
    hooks: Vec<Hook>,
    statuses: VecDeque<u16>,
}

/// The endpoint. It responds with the given statuses, then with 200.
pub(crate) struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    pub(crate) fn start(stand_in: &StandIn, statuses: &[u16]) -> Self {
        let statuses = statuses.iter().copied().collect();
        let inbox = Arc::new(Mutex::new(Inbox {
            hooks: Vec::new(),
            statuses,
        }));
        let router = Router::new()
            .fallback(receive)
            .with_state(Arc::clone(&inbox));
        let listener = stand_in
            .runtime()
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}/hooks/1?nonce=2", listener.local_addr().unwrap());
        stand_in
            .runtime()
            .spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inbox }
    }

    pub(crate) fn hooks(&self) -> Vec<Hook> {
        self.inbox.lock().unwrap().hooks.clone()
    }

    /// Waits for `count` webhooks of an ended prediction.
    pub(crate) fn terminal(&self, stand_in: &StandIn, count: usize) -> Vec<Hook> {
        stand_in.eventually(|| {
            let hooks = self.hooks();
            let has_ended =
                |hook: &&Hook| !matches!(hook.status().as_str(), "starting" | "processing");
            let terminal: Vec<Hook> = hooks.iter().filter(has_ended).cloned().collect();
            (terminal.len() >= count).then_some(terminal)
        })
    }
}

async fn receive(
    State(inbox): State<Arc<Mutex<Inbox>>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1]) {
    let mut inbox = inbox.lock().unwrap();
    inbox.hooks.push(Hook {
        headers,
        raw: body.to_vec(),
    });
    let status = inbox.statuses.pop_front().unwrap_or(200);
    (
        StatusCode::from_u16(status).unwrap(),
        [("location", "/elsewhere")],
    )
}
