//! A training, which ends with a new version of a model.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::faults::JobFaults;
use crate::job::{Job, Listed, Status, Times};
use crate::webhook::Webhook;

pub(crate) mod run;

/// Everything known about a training.
#[derive(Debug, Clone)]
pub(crate) struct Training {
    /// 26 letters and digits.
    pub(crate) id: String,
    /// The position in the order of creation, from 0.
    pub(crate) number: u64,
    /// `owner/name` of the model that trains.
    pub(crate) model: String,
    /// The version of it that trains.
    pub(crate) version: String,
    /// `owner/name` of the model that gets the new version.
    pub(crate) destination: String,
    /// As received.
    pub(crate) input: Map<String, Value>,
    /// The scripted faults that apply to it.
    pub(crate) faults: JobFaults,
    /// Where events are reported.
    pub(crate) webhook: Option<Webhook>,
    pub(crate) status: Status,
    pub(crate) times: Times,
    pub(crate) logs: String,
    /// The version that it made.
    pub(crate) output: Option<Trained>,
    pub(crate) error: Option<String>,
}

/// What a training made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trained {
    /// `owner/name:id`.
    pub(crate) version: String,
    /// A URL of the weights.
    pub(crate) weights: String,
}

impl Training {
    /// Ends the training now.
    pub(crate) fn finish(&mut self, status: Status, error: Option<String>) {
        self.status = status;
        self.error = error;
        self.times.completed = Some(clock::now());
    }
}

impl Listed for Training {
    const PATH: &'static str = "trainings";

    fn number(&self) -> u64 {
        self.number
    }

    fn created_at(&self) -> Timestamp {
        self.times.created
    }

    /// Lacks the logs.
    fn listed(&self, origin: &str) -> Value {
        let url = format!("{origin}/v1/trainings/{}", self.id);
        let mut object = json!({
            "id": self.id,
            "model": self.model,
            "version": self.version,
            "input": self.input,
            "error": self.error,
            "source": "api",
            "status": self.status,
            "created_at": clock::iso(self.times.created),
            "urls": {
                "web": format!("https://replicate.com/p/{}", self.id),
                "get": url,
                "cancel": format!("{url}/cancel"),
            },
        });
        // The published description does not allow null for the output.
        if let Some(trained) = &self.output {
            object["output"] = json!({ "version": trained.version, "weights": trained.weights });
        }
        self.times.add_to(&mut object);
        object
    }
}

impl Job for Training {
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

    fn json(&self, origin: &str) -> Value {
        let mut object = self.listed(origin);
        object["logs"] = Value::String(self.logs.clone());
        object
    }
}
