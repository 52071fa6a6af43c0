//! Webhooks: who wants which events, how they are signed and how they are sent.

mod deliveries;
mod reporter;
mod send;
mod signature;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use deliveries::Deliveries;
pub(crate) use reporter::{Reporter, channel};
pub(crate) use send::agent;
pub(crate) use signature::SECRET;
pub use signature::sign;

/// What can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Event {
    /// The model began.
    Start,
    /// Outputs arrived.
    Output,
    /// Log lines arrived.
    Logs,
    /// A terminal state was reached.
    Completed,
}

/// Where a prediction reports to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hook {
    /// HTTPS anywhere, HTTP on this machine only.
    pub(crate) url: String,
    /// Which events; new outputs and the end if the client did not say.
    pub(crate) events: Vec<Event>,
}

impl Hook {
    /// Whether `event` is asked for.
    pub(crate) fn wants(&self, event: Event) -> bool {
        self.events.contains(&event)
    }
}

/// One event of one prediction, with the prediction as it was then.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) event: Event,
    pub(crate) body: Value,
}
