//! A prediction, and the object that clients see.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::faults::PredictionFaults;
use crate::webhook::Webhook;

pub(crate) mod page;
pub(crate) mod run;
pub(crate) mod store;

mod log;

/// The state of a prediction.
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
    /// Whether the prediction has ended.
    pub(crate) const fn is_terminal(self) -> bool {
        !matches!(self, Self::Starting | Self::Processing)
    }
}

/// Everything known about a prediction.
#[derive(Debug, Clone)]
pub(crate) struct Prediction {
    /// 26 letters and digits.
    pub(crate) id: String,
    /// The position in the order of creation, from 0.
    pub(crate) number: u64,
    /// `owner/name`.
    pub(crate) model: String,
    /// The version that clients see, which may be `hidden`.
    pub(crate) shown_version: String,
    /// The version that runs.
    pub(crate) version: String,
    /// As received, with secrets redacted; empty once removed.
    pub(crate) input: Map<String, Value>,
    /// Names in the input that the version does not know.
    pub(crate) unknown_inputs: Vec<String>,
    /// What the model runs with, in declared order, including the seed.
    pub(crate) effective: Vec<(String, Value)>,
    /// The scripted faults that apply to it.
    pub(crate) faults: PredictionFaults,
    /// Where events are reported.
    pub(crate) webhook: Option<Webhook>,
    /// The unguessable part of its outputs' URLs.
    pub(crate) token: String,
    pub(crate) status: Status,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) deadline: Option<Timestamp>,
    pub(crate) logs: String,
    /// URLs of the outputs.
    pub(crate) output: Option<Vec<String>>,
    pub(crate) error: Option<String>,
    pub(crate) data_removed: bool,
}

impl Prediction {
    /// Ends the prediction now.
    pub(crate) fn finish(&mut self, status: Status, error: Option<String>) {
        self.status = status;
        self.error = error;
        self.completed_at = Some(clock::now());
        if status != Status::Succeeded {
            self.output = None;
        }
    }

    /// Removes inputs, outputs, files and logs, as the service does an hour after the end.
    pub(crate) fn remove_data(&mut self) {
        self.data_removed = true;
        self.output = None;
        self.input.clear();
        self.logs.clear();
    }

    /// The prediction in the state of its creation.
    pub(crate) fn into_created(self) -> Self {
        Self {
            status: Status::Starting,
            started_at: None,
            completed_at: None,
            logs: String::new(),
            output: None,
            error: None,
            ..self
        }
    }

    /// Whether lists contain it at `now`.
    pub(crate) fn is_listed(&self, now: Timestamp) -> bool {
        let delay = self.faults.listed_after();
        self.created_at
            .checked_add(delay)
            .is_ok_and(|listed_at| now >= listed_at)
    }

    /// The value of an input with which the model runs.
    pub(crate) fn effective(&self, name: &str) -> Option<&Value> {
        self.effective
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// `webp`, `jpg` or `png`.
    pub(crate) fn format(&self) -> &str {
        self.effective("output_format")
            .and_then(Value::as_str)
            .unwrap_or("webp")
    }

    /// The URL of the prediction itself.
    pub(crate) fn url(&self, origin: &str) -> String {
        format!("{origin}/v1/predictions/{}", self.id)
    }

    /// The object in responses to create, get and cancel, and in webhooks.
    pub(crate) fn json(&self, origin: &str) -> Value {
        let mut object = self.listed(origin);
        object["logs"] = Value::String(self.logs.clone());
        object
    }

    /// The object in a list, which lacks the logs.
    pub(crate) fn listed(&self, origin: &str) -> Value {
        let url = self.url(origin);
        let mut object = json!({
            "id": self.id,
            "model": self.model,
            "version": self.shown_version,
            "input": self.input,
            "output": self.output,
            "data_removed": self.data_removed,
            "error": self.error,
            "source": "api",
            "status": self.status,
            "created_at": clock::iso(self.created_at),
            "urls": {
                "web": format!("https://replicate.com/p/{}", self.id),
                "get": url,
                "cancel": format!("{url}/cancel"),
            },
        });
        // The published description does not allow null for these, so they are absent until known.
        let times = [
            ("started_at", self.started_at),
            ("completed_at", self.completed_at),
            ("deadline", self.deadline),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                object[name] = clock::json(time);
            }
        }
        if let Some(metrics) = self.metrics() {
            object["metrics"] = metrics;
        }
        object
    }

    fn metrics(&self) -> Option<Value> {
        let end = self.completed_at?;
        let seconds = |start: Timestamp| end.duration_since(start).as_secs_f64();
        let mut metrics = json!({ "total_time": seconds(self.created_at) });
        if let Some(started) = self.started_at {
            metrics["predict_time"] = json!(seconds(started));
        }
        if let Some(output) = &self.output {
            metrics["image_count"] = json!(output.len());
        }
        Some(metrics)
    }
}
