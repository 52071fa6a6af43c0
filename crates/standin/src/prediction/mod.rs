//! A prediction, and the object that clients see.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::faults::JobFaults;
use crate::job::{Job, Listed, Status, Times};
use crate::webhook::Webhook;

pub(crate) mod run;

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
    pub(crate) faults: JobFaults,
    /// Where events are reported.
    pub(crate) webhook: Option<Webhook>,
    /// The unguessable part of its outputs' URLs.
    pub(crate) token: String,
    pub(crate) status: Status,
    pub(crate) times: Times,
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
        self.times.completed = Some(clock::now());
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
            times: Times {
                started: None,
                completed: None,
                ..self.times
            },
            logs: String::new(),
            output: None,
            error: None,
            ..self
        }
    }

    /// Whether lists contain it at `now`.
    pub(crate) fn is_listed(&self, now: Timestamp) -> bool {
        let delay = self.faults.listed_after();
        self.times
            .created
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
}

impl Listed for Prediction {
    const PATH: &'static str = "predictions";

    fn number(&self) -> u64 {
        self.number
    }

    fn created_at(&self) -> Timestamp {
        self.times.created
    }

    /// Lacks the logs.
    fn listed(&self, origin: &str) -> Value {
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
            "created_at": clock::iso(self.times.created),
            "urls": {
                "web": format!("https://replicate.com/p/{}", self.id),
                "get": url,
                "cancel": format!("{url}/cancel"),
                "stream": format!("{origin}/stream/{}", self.token),
            },
        });
        if let Some(deadline) = self.deadline {
            object["deadline"] = clock::json(deadline);
        }
        self.times.add_to(&mut object);
        if let (Some(_), Some(output)) = (self.times.completed, &self.output) {
            object["metrics"]["image_count"] = json!(output.len());
        }
        object
    }
}

impl Job for Prediction {
    fn id(&self) -> &str {
        &self.id
    }

    fn set_number(&mut self, number: u64) {
        self.number = number;
    }

    fn status(&self) -> Status {
        self.status
    }

    fn webhook(&self) -> Option<&Webhook> {
        self.webhook.as_ref()
    }

    /// In responses to create, get and cancel, and in webhooks.
    fn json(&self, origin: &str) -> Value {
        let mut object = self.listed(origin);
        object["logs"] = Value::String(self.logs.clone());
        object
    }
}
