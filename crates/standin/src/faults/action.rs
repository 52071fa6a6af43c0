//! What a script can do to a request or to the life of a prediction.

use serde::{Deserialize, Serialize};

use crate::target::Endpoint;
use crate::webhook::Event;

/// One fault; `kind` names it in JSON. Those that take nothing have braces all the same: only so are misspelt fields refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Action {
    /// Answers with this status and the body that belongs to it; nothing else happens.
    Status {
        /// 400 to 599.
        status: u16,
        /// For 429: seconds, in the body and as a header.
        #[serde(default)]
        retry_after: Option<u64>,
        /// In place of the usual `detail`.
        #[serde(default)]
        detail: Option<String>,
        /// In place of the whole body, sent as it is.
        #[serde(default)]
        body: Option<String>,
        /// Content type of `body`; HTML if not given, as a gateway would send.
        #[serde(default)]
        content_type: Option<String>,
    },
    /// Waits this many milliseconds of real time, then goes on as usual.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// Never answers.
    Hang {},
    /// Does what was asked and answers, but the connection closes in the middle of the body.
    Cut {},
    /// Closes the connection without doing or answering anything.
    Drop {},
    /// Does what was asked and closes the connection without an answer: the client cannot know.
    AcceptThenDrop {},
    /// Something goes wrong with this prediction's webhooks.
    Webhook {
        /// What.
        mode: WebhookMode,
        /// Which events; all if empty.
        #[serde(default)]
        events: Vec<Event>,
    },
    /// The safety checker drops pictures.
    Nsfw {
        /// Some or all.
        images: Nsfw,
    },
    /// The model fails half-way.
    Failed {
        /// The prediction's `error`.
        message: String,
    },
    /// The service gives the prediction up before it starts.
    Aborted {},
    /// The run takes this many times as long.
    Slow {
        /// 1 is the usual speed.
        factor: f64,
    },
    /// The prediction never gets further than this.
    Stuck {
        /// Where it stays.
        #[serde(default)]
        phase: Phase,
    },
    /// Outputs, input and logs are removed the moment the prediction has succeeded.
    Expired {},
    /// The output comes with this content type.
    ContentType {
        /// Value of the header.
        value: String,
    },
    /// The output is this large.
    Oversize {
        /// Number of bytes; the picture's own, then zeros.
        bytes: u64,
    },
    /// The output's address redirects.
    Redirect {
        /// Value of `Location`.
        to: String,
    },
}

/// What happens to a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WebhookMode {
    /// Never sent.
    Lost,
    /// Sent twice, with the same id.
    Duplicated,
    /// The terminal event comes first, the earlier ones after it, newest first.
    Reordered,
    /// Signed with another key.
    BadSignature,
}

/// How many pictures the safety checker drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Nsfw {
    /// The first, third, … but never the last one left.
    Some,
    /// All: the prediction fails.
    All,
}

/// Where a stuck prediction stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// It never starts.
    Starting,
    /// It starts and never ends.
    #[default]
    Processing,
}

/// A script that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ActionError {
    /// The action cannot happen at that endpoint.
    #[error("this action happens at the endpoint \"{0}\" only")]
    WrongEndpoint(&'static str),
    /// A status that is no error.
    #[error("status must lie between 400 and 599")]
    Status,
    /// A factor that is no positive number.
    #[error("factor must be a positive number")]
    Factor,
}

impl Action {
    /// Whether it belongs to the prediction that a create makes, not to the exchange.
    pub(crate) const fn is_fate(&self) -> bool {
        matches!(
            self,
            Self::Webhook { .. }
                | Self::Nsfw { .. }
                | Self::Failed { .. }
                | Self::Aborted {}
                | Self::Slow { .. }
                | Self::Stuck { .. }
                | Self::Expired {}
        )
    }

    const fn is_of_output(&self) -> bool {
        matches!(
            self,
            Self::ContentType { .. } | Self::Oversize { .. } | Self::Redirect { .. }
        )
    }

    /// Whether it decides what the answer is; a request takes only one such action.
    pub(crate) const fn decides_the_answer(&self) -> bool {
        !self.is_fate() && !matches!(self, Self::Delay { .. })
    }

    /// Where it happens if the script does not say.
    pub(crate) const fn usual_endpoint(&self) -> Endpoint {
        if self.is_of_output() {
            Endpoint::Output
        } else {
            Endpoint::Create
        }
    }

    /// Whether it can happen at `endpoint`, with these numbers.
    pub(crate) fn check(&self, endpoint: Endpoint) -> Result<(), ActionError> {
        match self {
            Self::Status { status, .. } if !(400..600).contains(status) => Err(ActionError::Status),
            Self::Slow { factor } if !(factor.is_finite() && *factor > 0.0) => {
                Err(ActionError::Factor)
            }
            action if action.is_fate() && endpoint != Endpoint::Create => {
                Err(ActionError::WrongEndpoint("create"))
            }
            action if action.is_of_output() && endpoint != Endpoint::Output => {
                Err(ActionError::WrongEndpoint("output"))
            }
            _ => Ok(()),
        }
    }
}
