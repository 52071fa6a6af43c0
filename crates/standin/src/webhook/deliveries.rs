//! A record of every webhook attempt, for tests to look at.

use std::sync::Mutex;

use serde::Serialize;

use super::Event;
use crate::lock::lock;

/// One attempt, or one event that was lost on purpose.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Delivery {
    /// Id of the prediction.
    pub(crate) prediction: String,
    /// Which event.
    pub(crate) event: Event,
    /// `webhook-id`: the same for every attempt of one event.
    pub(crate) webhook_id: String,
    /// From 1.
    pub(crate) attempt: u32,
    /// Where to.
    pub(crate) url: String,
    /// RFC 3339.
    pub(crate) at: String,
    /// The status that came back.
    pub(crate) status: Option<u16>,
    /// Why nothing came back.
    pub(crate) error: Option<String>,
    /// The prediction's status in the body.
    pub(crate) prediction_status: String,
}

/// All attempts, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Deliveries(Mutex<Vec<Delivery>>);

impl Deliveries {
    /// Adds one.
    pub(crate) fn add(&self, delivery: Delivery) {
        lock(&self.0).push(delivery);
    }

    /// A copy of all.
    pub(crate) fn list(&self) -> Vec<Delivery> {
        lock(&self.0).clone()
    }

    /// Forgets all.
    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}
