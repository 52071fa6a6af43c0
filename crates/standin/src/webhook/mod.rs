//! Webhooks: which events they report, how they are signed and sent, and a log of the deliveries.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lock;

mod reporter;
mod signature;

pub(crate) use reporter::{Reporter, agent, channel};
pub(crate) use signature::SECRET;
pub use signature::sign;

/// The events of a prediction or a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Event {
    /// The model started.
    Start,
    /// There are new outputs.
    Output,
    /// There are new log lines.
    Logs,
    /// The prediction has ended.
    Completed,
}

/// Where and when a prediction reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// HTTPS, or HTTP on this machine.
    pub(crate) url: String,
    /// The requested events; new outputs and the end by default.
    pub(crate) events: Vec<Event>,
}

impl Webhook {
    /// Whether `event` is requested.
    pub(crate) fn wants(&self, event: Event) -> bool {
        self.events.contains(&event)
    }
}

/// One event of a prediction or a training, with its state at that time.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) event: Event,
    pub(crate) body: Value,
}

/// One attempt to deliver a webhook, or one that a fault suppressed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Delivery {
    /// The id of the prediction or training.
    pub(crate) prediction: String,
    /// The reported event.
    pub(crate) event: Event,
    /// The `webhook-id`, which is the same for every attempt for one event.
    pub(crate) webhook_id: String,
    /// Counted from 1.
    pub(crate) attempt: u32,
    /// The webhook's URL.
    pub(crate) url: String,
    /// When it was sent, in RFC 3339.
    pub(crate) at: String,
    /// The status of the response.
    pub(crate) status: Option<u16>,
    /// Why there is no response.
    pub(crate) error: Option<String>,
    /// The prediction's status in the body.
    pub(crate) prediction_status: String,
}

/// All attempts, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Deliveries(Mutex<Vec<Delivery>>);

impl Deliveries {
    /// Adds an attempt.
    pub(crate) fn add(&self, delivery: Delivery) {
        lock(&self.0).push(delivery);
    }

    /// Copies all attempts.
    pub(crate) fn list(&self) -> Vec<Delivery> {
        lock(&self.0).clone()
    }

    /// Removes all attempts.
    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}
