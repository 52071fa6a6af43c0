//! One prediction and the object that clients see of it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::faults::Fate;
use crate::webhook::Hook;

/// Where a prediction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// Waiting for a machine.
    Starting,
    /// The model runs.
    Processing,
    /// Outputs are there.
    Succeeded,
    /// The model gave up; `error` says why.
    Failed,
    /// Stopped by its creator, or by its deadline while running.
    Canceled,
    /// Stopped before it started.
    Aborted,
}

impl Status {
    /// Nothing happens after this.
    pub(crate) const fn is_terminal(self) -> bool {
        !matches!(self, Self::Starting | Self::Processing)
    }
}

/// Everything known about a prediction.
#[derive(Debug, Clone)]
pub(crate) struct Prediction {
    /// 26 letters and digits.
    pub(crate) id: String,
    /// Place in the order of creation, from 0.
    pub(crate) number: u64,
    /// `owner/name`.
    pub(crate) model: String,
    /// The version as clients see it.
    pub(crate) shown_version: String,
    /// The version that runs.
    pub(crate) version: String,
    /// As received, secrets hidden; empty after removal.
    pub(crate) input: Map<String, Value>,
    /// Names in the input that the version does not know.
    pub(crate) unknown_inputs: Vec<String>,
    /// What the model runs with, in declared order, the seed included.
    pub(crate) effective: Vec<(String, Value)>,
    /// What the scripted faults make of it.
    pub(crate) fate: Fate,
    /// Where to report to.
    pub(crate) webhook: Option<Hook>,
    /// The unguessable part of its outputs' addresses.
    pub(crate) token: String,
    pub(crate) status: Status,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) deadline: Option<Timestamp>,
    pub(crate) logs: String,
    /// Addresses of the outputs.
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

    /// What the service does an hour after the end: inputs, outputs, files and logs go.
    pub(crate) fn remove_data(&mut self) {
        self.data_removed = true;
        self.output = None;
        self.input.clear();
        self.logs.clear();
    }

    /// An input the model runs with.
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

    /// The address of the prediction itself.
    pub(crate) fn address(&self, origin: &str) -> String {
        format!("{origin}/v1/predictions/{}", self.id)
    }

    /// The object of create, get, cancel and webhooks.
    pub(crate) fn json(&self, origin: &str) -> Value {
        let mut object = self.listed(origin);
        object["logs"] = Value::String(self.logs.clone());
        object
    }

    /// The object in a list: the same without its logs.
    pub(crate) fn listed(&self, origin: &str) -> Value {
        let address = self.address(origin);
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
                "get": address,
                "cancel": format!("{address}/cancel"),
            },
        });
        // The published description has no null for these: they are absent until they are known.
        let moments = [
            ("started_at", self.started_at),
            ("completed_at", self.completed_at),
            ("deadline", self.deadline),
        ];
        for (name, moment) in moments {
            if let Some(moment) = moment {
                object[name] = clock::json(moment);
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
