//! What predictions and trainings have in common: a status, a store that reports their events, lists, and progress lines.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock;
use crate::webhook::Webhook;

pub(crate) mod log;
pub(crate) mod pace;
pub(crate) mod page;
pub(crate) mod store;

/// The state of a prediction or a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// Waiting for a machine.
    Starting,
    /// The model is running.
    Processing,
    /// Ended with outputs.
    Succeeded,
    /// The model failed; `error` says why.
    Failed,
    /// Canceled by its creator, or by its deadline while running.
    Canceled,
    /// Ended by its deadline before it started.
    Aborted,
}

impl Status {
    /// Whether it has ended.
    pub(crate) const fn is_terminal(self) -> bool {
        !matches!(self, Self::Starting | Self::Processing)
    }
}

/// What lists contain.
pub(crate) trait Listed {
    /// The list's path below `/v1/`.
    const PATH: &'static str;

    /// The position in the order of creation.
    fn number(&self) -> u64;

    /// When it was created.
    fn created_at(&self) -> Timestamp;

    /// The object in a list.
    fn listed(&self, origin: &str) -> Value;
}

/// What a [`store::Store`] keeps.
pub(crate) trait Job: Listed + Clone {
    /// 26 letters and digits.
    fn id(&self) -> &str;

    /// Sets the position in the order of creation.
    fn set_number(&mut self, number: u64);

    /// Its state.
    fn status(&self) -> Status;

    /// Where events are reported.
    fn webhook(&self) -> Option<&Webhook>;

    /// The object that clients see.
    fn json(&self, origin: &str) -> Value;
}

/// When a job started and ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) created: Timestamp,
    pub(crate) started: Option<Timestamp>,
    pub(crate) completed: Option<Timestamp>,
}

impl Times {
    /// A job that is created now.
    pub(crate) fn starting_now() -> Self {
        Self {
            created: clock::now(),
            started: None,
            completed: None,
        }
    }

    /// Adds what is known of `started_at`, `completed_at` and `metrics`. The published description does not allow null for
    /// these, so they are absent until known.
    pub(crate) fn add_to(&self, object: &mut Value) {
        let times = [
            ("started_at", self.started),
            ("completed_at", self.completed),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                object[name] = clock::json(time);
            }
        }
        let Some(end) = self.completed else {
            return;
        };
        let seconds = |start: Timestamp| end.duration_since(start).as_secs_f64();
        object["metrics"] = json!({ "total_time": seconds(self.created) });
        if let Some(started) = self.started {
            object["metrics"]["predict_time"] = json!(seconds(started));
        }
    }
}
