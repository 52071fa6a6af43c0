//! Sends the events of one prediction, in order, with the retries that the terminal one gets.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use ureq::Agent;

use super::deliveries::{Deliveries, Delivery};
use super::send::{Outcome, post};
use super::signature::{SECRET, sign};
use super::{Event, Report};
use crate::chance;
use crate::clock::{self, Pace};
use crate::faults::{Fate, WebhookMode};

/// Waits between the attempts of the terminal event: exponential, the last about a minute after the end.
const BACK_OFF: [u64; 6] = [1, 2, 4, 8, 16, 29];

/// A key that is not the account's.
const WRONG_SECRET: &str = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBhY2NvdW50IQ==";

/// The queue between the store and a reporter.
pub(crate) fn channel() -> (UnboundedSender<Report>, UnboundedReceiver<Report>) {
    unbounded_channel()
}

/// Everything needed to report on one prediction.
#[derive(Debug)]
pub(crate) struct Reporter {
    pub(crate) prediction: String,
    pub(crate) url: String,
    pub(crate) fate: Fate,
    pub(crate) pace: Pace,
    pub(crate) agent: Agent,
    pub(crate) deliveries: Arc<Deliveries>,
}

impl Reporter {
    /// Reports until the terminal event is settled or given up.
    pub(crate) async fn run(self, mut reports: UnboundedReceiver<Report>) {
        let mut held_back = Vec::new();
        while let Some(report) = reports.recv().await {
            let terminal = report.event == Event::Completed;
            if !terminal && self.fate.webhook(WebhookMode::Reordered, report.event) {
                held_back.push(report);
                continue;
            }
            self.report(&report).await;
            if terminal {
                for late in held_back.drain(..).rev() {
                    self.report(&late).await;
                }
            }
        }
    }

    async fn report(&self, report: &Report) {
        let id = chance::message_id();
        if self.fate.webhook(WebhookMode::Lost, report.event) {
            let error = Some("lost on purpose".to_owned());
            self.record(
                report,
                &id,
                1,
                Outcome {
                    status: None,
                    error,
                },
            );
            return;
        }
        let waits: &[u64] = if report.event == Event::Completed {
            &BACK_OFF
        } else {
            &[]
        };
        let mut attempt = 1;
        let mut settled = self.attempt(report, &id, attempt).await;
        if self.fate.webhook(WebhookMode::Duplicated, report.event) {
            attempt += 1;
            settled |= self.attempt(report, &id, attempt).await;
        }
        for seconds in waits {
            if settled {
                return;
            }
            tokio::time::sleep(self.pace.shorten(Duration::from_secs(*seconds))).await;
            attempt += 1;
            settled = self.attempt(report, &id, attempt).await;
        }
    }

    async fn attempt(&self, report: &Report, id: &str, attempt: u32) -> bool {
        let body = report.body.to_string().into_bytes();
        let timestamp = clock::now().as_second();
        let bad = self.fate.webhook(WebhookMode::BadSignature, report.event);
        let secret = if bad { WRONG_SECRET } else { SECRET };
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", sign(secret, id, timestamp, &body)),
        ];
        let outcome = post(self.agent.clone(), self.url.clone(), headers, body).await;
        let settled = outcome.is_settled();
        self.record(report, id, attempt, outcome);
        settled
    }

    fn record(&self, report: &Report, id: &str, attempt: u32, outcome: Outcome) {
        self.deliveries.add(Delivery {
            prediction: self.prediction.clone(),
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
