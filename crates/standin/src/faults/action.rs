//! What a script can do to a request, to an output file, or to a prediction.

use serde::{Deserialize, Serialize};

use crate::http::path::Endpoint;
use crate::webhook::Event;

/// One fault; `kind` names it in JSON. Variants without fields have braces because serde refuses unknown fields only then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Action {
    /// Responds with this error and does nothing else.
    Status {
        /// 400 to 599.
        status: u16,
        /// For 429: the seconds to wait, in the body and as a header.
        #[serde(default)]
        retry_after: Option<u64>,
        /// Replaces the usual `detail`.
        #[serde(default)]
        detail: Option<String>,
        /// Replaces the whole body.
        #[serde(default)]
        body: Option<String>,
        /// The content type of `body`; HTML by default, as from a gateway.
        #[serde(default)]
        content_type: Option<String>,
    },
    /// Delays the request by this many milliseconds of real time.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// Never responds.
    Hang {},
    /// Executes the request, and closes the connection in the middle of the response's body.
    Cut {},
    /// Closes the connection without executing the request.
    Drop {},
    /// Executes the request, and closes the connection without a response.
    AcceptThenDrop {},
    /// Misdelivers the prediction's webhooks.
    Webhook {
        /// In which way.
        mode: WebhookMode,
        /// For these events; all if empty.
        #[serde(default)]
        events: Vec<Event>,
    },
    /// The safety checker drops pictures.
    Nsfw {
        /// How many.
        images: Nsfw,
    },
    /// The model fails after half of its steps.
    Failed {
        /// The prediction's `error`.
        message: String,
    },
    /// The service aborts the prediction before it starts.
    Aborted {},
    /// The run takes this many times as long.
    Slow {
        /// A positive number.
        factor: f64,
    },
    /// The prediction never gets beyond this phase.
    Stuck {
        /// The last phase that it reaches.
        #[serde(default)]
        phase: StuckPhase,
    },
    /// Outputs, input and logs are removed as soon as the prediction succeeds.
    Expired {},
    /// The output has this content type.
    ContentType {
        /// The value of the header.
        value: String,
    },
    /// The output is padded with zeros.
    Oversize {
        /// Its size in bytes.
        bytes: u64,
    },
    /// The output's URL redirects.
    Redirect {
        /// The value of `Location`.
        to: String,
    },
}

/// What happens to a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WebhookMode {
    /// Never sent.
    Lost,
    /// Sent twice with the same id.
    Duplicated,
    /// The terminal event is sent first, then the earlier ones, newest first.
    Reordered,
    /// Signed with another key.
    BadSignature,
}

/// How many pictures the safety checker drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Nsfw {
    /// The first, third and so on, but never the only one.
    Some,
    /// All: the prediction fails.
    All,
}

/// The last phase of a stuck prediction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StuckPhase {
    /// It never starts.
    Starting,
    /// It starts and never ends.
    #[default]
    Processing,
}

/// The script is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ActionError {
    /// The action does not apply to that endpoint.
    #[error("this action applies only to the endpoint \"{0}\"")]
    WrongEndpoint(&'static str),
    /// The status is not an error.
    #[error("status must be between 400 and 599")]
    Status,
    /// The factor is not positive and finite.
    #[error("factor must be a positive number")]
    Factor,
}

impl Action {
    /// Whether it applies to the prediction that a create makes, not to the request.
    pub(crate) const fn is_of_prediction(&self) -> bool {
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

    /// Whether it determines the response. A request takes at most one such action.
    pub(crate) const fn decides_response(&self) -> bool {
        !self.is_of_prediction() && !matches!(self, Self::Delay { .. })
    }

    /// The endpoint if the script names none.
    pub(crate) const fn default_endpoint(&self) -> Endpoint {
        if self.is_of_output() {
            Endpoint::Output
        } else {
            Endpoint::Create
        }
    }

    /// Checks that it applies to `endpoint` and that its numbers are in range.
    pub(crate) fn check(&self, endpoint: Endpoint) -> Result<(), ActionError> {
        match self {
            Self::Status { status, .. } if !(400..600).contains(status) => Err(ActionError::Status),
            Self::Slow { factor } if !(factor.is_finite() && *factor > 0.0) => {
                Err(ActionError::Factor)
            }
            action if action.is_of_prediction() && endpoint != Endpoint::Create => {
                Err(ActionError::WrongEndpoint("create"))
            }
            action if action.is_of_output() && endpoint != Endpoint::Output => {
                Err(ActionError::WrongEndpoint("output"))
            }
            _ => Ok(()),
        }
    }
}
