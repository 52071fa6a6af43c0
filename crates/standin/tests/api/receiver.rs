//! A small webhook endpoint that keeps what it gets.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::support::Sim;

#[derive(Debug, Clone)]
pub struct Hook {
    pub headers: HeaderMap,
    pub raw: Vec<u8>,
}

impl Hook {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn body(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub fn status(&self) -> String {
        self.body()["status"].as_str().unwrap().to_owned()
    }

    /// Whether the signature fits the secret that the stand-in gives out.
    pub fn is_genuine(&self, sim: &Sim) -> bool {
        let secret = sim.get("/v1/webhooks/default/secret").json();
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
    answers: VecDeque<u16>,
}

/// The endpoint; it answers with the given statuses, then 200.
pub struct Receiver {
    pub url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    pub fn start(sim: &Sim, answers: &[u16]) -> Self {
        let answers = answers.iter().copied().collect();
        let inbox = Arc::new(Mutex::new(Inbox {
            hooks: Vec::new(),
            answers,
        }));
        let router = Router::new().fallback(take).with_state(Arc::clone(&inbox));
        let listener = sim
            .runtime()
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}/hooks/1?nonce=2", listener.local_addr().unwrap());
        sim.runtime()
            .spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inbox }
    }

    pub fn hooks(&self) -> Vec<Hook> {
        self.inbox.lock().unwrap().hooks.clone()
    }

    /// Waits for `count` hooks in a terminal state.
    pub fn terminal(&self, sim: &Sim, count: usize) -> Vec<Hook> {
        sim.eventually(|| {
            let hooks = self.hooks();
            let over = |hook: &&Hook| !matches!(hook.status().as_str(), "starting" | "processing");
            let terminal: Vec<Hook> = hooks.iter().filter(over).cloned().collect();
            (terminal.len() >= count).then_some(terminal)
        })
    }
}

async fn take(
    State(inbox): State<Arc<Mutex<Inbox>>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1]) {
    let mut inbox = inbox.lock().unwrap();
    inbox.hooks.push(Hook {
        headers,
        raw: body.to_vec(),
    });
    let status = inbox.answers.pop_front().unwrap_or(200);
    (
        StatusCode::from_u16(status).unwrap(),
        [("location", "/elsewhere")],
    )
}
