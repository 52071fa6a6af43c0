//! What a script can do to a request, to an output file, or to a prediction.

use serde::{Deserialize, Serialize};

use super::matcher::Endpoints;
use crate::http::path::Endpoint;
use crate::webhook::Event;

/// The content type of a page.
pub(crate) const HTML: &str = "text/html; charset=utf-8";

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
    /// Responds with status 200 and this body.
    Replace {
        /// An HTML page by default, as from a proxy on the way.
        #[serde(default = "page")]
        body: String,
        /// Its content type.
        #[serde(default = "html")]
        content_type: String,
        /// Whether the request is executed.
        #[serde(default)]
        execute: bool,
    },
    /// Refuses what exceeds this many requests in each window.
    RateLimit {
        /// Requests in one window.
        requests: u32,
        /// The window's length in seconds of real time.
        seconds: u64,
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
    /// Executes the request, and sends the response's body slowly.
    Drip {
        /// Milliseconds of real time before each part.
        ms: u64,
        /// The size of a part.
        #[serde(default = "one")]
        bytes: usize,
    },
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
    /// The logged progress goes back to 0 after half of the steps.
    Regress {},
    /// The outputs have these URLs.
    OutputUrls {
        /// On any host, and of any form.
        urls: Vec<String>,
    },
    /// The prediction is missing from lists for a while.
    ListedLate {
        /// Milliseconds of real time after its creation.
        ms: u64,
    },
    /// The prediction is shown as it was created, as by a replica that lags behind.
    Stale {},
    /// The pages of the list are short.
    PageSize {
        /// Predictions on a page.
        results: usize,
    },
    /// The list ends early: no page follows.
    Truncate {
        /// Predictions on the page.
        results: usize,
    },
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

/// What an action changes. It determines where the action applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// The request or its response, at any endpoint.
    Request,
    /// The run of a prediction or training that a create makes.
    Run,
    /// The prediction that a create makes.
    Prediction,
    /// The shown prediction.
    Read,
    /// The list of predictions.
    List,
    /// An output file.
    Output,
}

impl Subject {
    /// Where it applies, the default first.
    const fn endpoints(self) -> &'static [Endpoint] {
        match self {
            Self::Request => &[],
            Self::Run => &[Endpoint::Create, Endpoint::Train],
            Self::Prediction => &[Endpoint::Create],
            Self::Read => &[Endpoint::Get],
            Self::List => &[Endpoint::List],
            Self::Output => &[Endpoint::Output],
        }
    }

    fn default_endpoint(self) -> Endpoint {
        self.endpoints()
            .first()
            .copied()
            .unwrap_or(Endpoint::Create)
    }
}

/// The script is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ActionError {
    /// The action does not apply to that endpoint.
    #[error("this action applies only to the endpoint {}", names(.0))]
    WrongEndpoint(&'static [Endpoint]),
    /// The status is not an error.
    #[error("status must be between 400 and 599")]
    Status,
    /// The factor is not positive and finite.
    #[error("factor must be a positive number")]
    Factor,
}

impl Action {
    const fn subject(&self) -> Subject {
        match self {
            Self::Status { .. }
            | Self::Replace { .. }
            | Self::RateLimit { .. }
            | Self::Delay { .. }
            | Self::Hang {}
            | Self::Cut {}
            | Self::Drip { .. }
            | Self::Drop {}
            | Self::AcceptThenDrop {} => Subject::Request,
            Self::Webhook { .. }
            | Self::Failed { .. }
            | Self::Aborted {}
            | Self::Slow { .. }
            | Self::Stuck { .. } => Subject::Run,
            Self::Nsfw { .. }
            | Self::Expired {}
            | Self::Regress {}
            | Self::OutputUrls { .. }
            | Self::ListedLate { .. } => Subject::Prediction,
            Self::Stale {} => Subject::Read,
            Self::PageSize { .. } | Self::Truncate { .. } => Subject::List,
            Self::ContentType { .. } | Self::Oversize { .. } | Self::Redirect { .. } => {
                Subject::Output
            }
        }
    }

    /// Whether it applies to the prediction or training that a create makes, not to the request.
    pub(crate) const fn is_of_job(&self) -> bool {
        matches!(self.subject(), Subject::Run | Subject::Prediction)
    }

    /// Whether it determines the response. A request takes at most one such action.
    pub(crate) const fn decides_response(&self) -> bool {
        !self.is_of_job() && !matches!(self, Self::Delay { .. })
    }

    /// The endpoint if the script names none.
    pub(crate) fn default_endpoint(&self) -> Endpoint {
        self.subject().default_endpoint()
    }

    /// Checks that it applies to `endpoints` and that its numbers are in range.
    pub(crate) fn check(&self, endpoints: Option<&Endpoints>) -> Result<(), ActionError> {
        match self {
            Self::Status { status, .. } if !(400..600).contains(status) => {
                return Err(ActionError::Status);
            }
            Self::Slow { factor } if !(factor.is_finite() && *factor > 0.0) => {
                return Err(ActionError::Factor);
            }
            _ => {}
        }
        let subject = self.subject();
        let applies = subject == Subject::Request
            || endpoints.is_none_or(|endpoints| endpoints.are_within(subject.endpoints()));
        if applies {
            Ok(())
        } else {
            Err(ActionError::WrongEndpoint(subject.endpoints()))
        }
    }
}

/// `"create" or "train"`.
fn names(endpoints: &[Endpoint]) -> String {
    // Endpoints always serialise.
    let names = endpoints
        .iter()
        .filter_map(|endpoint| serde_json::to_string(endpoint).ok());
    names.collect::<Vec<_>>().join(" or ")
}

fn page() -> String {
    "<!DOCTYPE html><title>Welcome</title><p>Sign in to use this network.</p>".to_owned()
}

fn html() -> String {
    HTML.to_owned()
}

const fn one() -> usize {
    1
}
