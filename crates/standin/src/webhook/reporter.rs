//! Sends the events of one prediction or training in order, and retries the terminal one.
//!
//! It uses ureq on a blocking thread, without TLS, because it only calls this machine. An `https` URL is accepted at
//! creation, but its deliveries fail.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use ureq::Agent;

use super::signature::{SECRET, sign};
use super::{Deliveries, Delivery, Event, Report};
use crate::clock::{self, Speed};
use crate::faults::{JobFaults, WebhookMode};
use crate::random;

/// How long one attempt may take. The real service expects a response within a few seconds.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Seconds between the attempts for the terminal event. The last one comes about a minute after the end.
const BACK_OFF_SECONDS: [u64; 6] = [1, 2, 4, 8, 16, 29];

/// A secret that is not the account's.
const WRONG_SECRET: &str = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBhY2NvdW50IQ==";

/// The channel from the store to a reporter.
pub(crate) fn channel() -> (UnboundedSender<Report>, UnboundedReceiver<Report>) {
    unbounded_channel()
}

/// Reports the events of one prediction or training.
#[derive(Debug)]
pub(crate) struct Reporter {
    /// Its id.
    pub(crate) job: String,
    pub(crate) url: String,
    pub(crate) faults: JobFaults,
    pub(crate) speed: Speed,
    pub(crate) agent: Agent,
    pub(crate) deliveries: Arc<Deliveries>,
}

impl Reporter {
    /// Reports until the terminal event is delivered or given up.
    pub(crate) async fn run(self, mut reports: UnboundedReceiver<Report>) {
        let mut held_back = Vec::new();
        while let Some(report) = reports.recv().await {
            let terminal = report.event == Event::Completed;
            if !terminal && self.faults.webhook(WebhookMode::Reordered, report.event) {
                held_back.push(report);
                continue;
            }
            self.report(&report).await;
            if terminal {
                for held in held_back.drain(..).rev() {
                    self.report(&held).await;
                }
            }
        }
    }

    async fn report(&self, report: &Report) {
        let id = random::message_id();
        if self.faults.webhook(WebhookMode::Lost, report.event) {
            let error = Some("lost on purpose".to_owned());
            self.record(
                report,
                &id,
                1,
                AttemptResult {
                    status: None,
                    error,
                },
            );
            return;
        }
        let waits: &[u64] = if report.event == Event::Completed {
            &BACK_OFF_SECONDS
        } else {
            &[]
        };
        let mut attempt = 1;
        let mut delivered = self.attempt(report, &id, attempt).await;
        if self.faults.webhook(WebhookMode::Duplicated, report.event) {
            attempt += 1;
            delivered |= self.attempt(report, &id, attempt).await;
        }
        for seconds in waits {
            if delivered {
                return;
            }
            tokio::time::sleep(self.speed.shorten(Duration::from_secs(*seconds))).await;
            attempt += 1;
            delivered = self.attempt(report, &id, attempt).await;
        }
    }

    async fn attempt(&self, report: &Report, id: &str, attempt: u32) -> bool {
        let body = report.body.to_string().into_bytes();
        let timestamp = clock::now().as_second();
        let forged = self.faults.webhook(WebhookMode::BadSignature, report.event);
        let secret = if forged { WRONG_SECRET } else { SECRET };
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", sign(secret, id, timestamp, &body)),
        ];
        let outcome = post(self.agent.clone(), self.url.clone(), headers, body).await;
        let delivered = outcome.is_delivered();
        self.record(report, id, attempt, outcome);
        delivered
    }

    fn record(&self, report: &Report, id: &str, attempt: u32, outcome: AttemptResult) {
        self.deliveries.add(Delivery {
            prediction: self.job.clone(),
            event: report.event,
            webhook_id: id.to_owned(),
            attempt,
            url: self.url.clone(),
            at: clock::iso(clock::now()),
            status: outcome.status,
            error: outcome.error,
            prediction_status: report.body["status"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        });
    }
}

/// The result of one attempt.
#[derive(Debug, Clone)]
struct AttemptResult {
    /// The status of the response.
    status: Option<u16>,
    /// Why there is no response.
    error: Option<String>,
}

impl AttemptResult {
    /// Whether no retry follows. A redirect is neither followed nor retried.
    fn is_delivered(&self) -> bool {
        self.status.is_some_and(|status| status < 400)
    }
}

/// An HTTP client that follows no redirects, uses no proxy, and treats every status as a response.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_global(Some(TIMEOUT))
        .user_agent("Replicate/stand-in")
        .build()
        .into()
}

/// Sends `body` with `headers`.
async fn post(
    agent: Agent,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
) -> AttemptResult {
    let sent = tokio::task::spawn_blocking(move || {
        let request = headers
            .iter()
            .fold(agent.post(&url), |request, (name, value)| {
                request.header(*name, value)
            });
        request
            .send(body.as_slice())
            .map(|response| response.status().as_u16())
    })
    .await;
    match sent {
        Ok(Ok(status)) => AttemptResult {
            status: Some(status),
            error: None,
        },
        Ok(Err(error)) => AttemptResult {
            status: None,
            error: Some(error.to_string()),
        },
        Err(error) => AttemptResult {
            status: None,
            error: Some(error.to_string()),
        },
    }
}
