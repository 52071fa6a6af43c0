//! One POST to a webhook's address.
//!
//! The blocking client on a blocking thread: it is in the workspace already, speaks plain HTTP to this machine, and that
//! is all a stand-in sends. It has no TLS, so an `https` address is accepted at creation and its deliveries fail.

use std::time::Duration;

use ureq::Agent;

/// Longer than any endpoint may take ("a few seconds").
const TIMEOUT: Duration = Duration::from_secs(10);

/// What one attempt came to.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The status of the answer.
    pub(crate) status: Option<u16>,
    /// Why there was none.
    pub(crate) error: Option<String>,
}

impl Outcome {
    /// The endpoint took it. A redirect is not followed and not tried again: only 4xx, 5xx and no answer are.
    pub(crate) fn is_settled(&self) -> bool {
        self.status.is_some_and(|status| status < 400)
    }
}

/// A client that follows no redirect, uses no proxy and takes every status for an answer.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_global(Some(TIMEOUT))
        .user_agent("Replicate/stand-in")
        .build()
        .into()
}

/// Sends `body` with `headers`.
pub(crate) async fn post(
    agent: Agent,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
) -> Outcome {
    let sent = tokio::task::spawn_blocking(move || {
        let request = headers
            .iter()
            .fold(agent.post(&url), |request, (name, value)| {
                request.header(*name, value)
            });
        request
            .send(body.as_slice())
            .map(|answer| answer.status().as_u16())
    })
    .await;
    match sent {
        Ok(Ok(status)) => Outcome {
            status: Some(status),
            error: None,
        },
        Ok(Err(error)) => Outcome {
            status: None,
            error: Some(error.to_string()),
        },
        Err(error) => Outcome {
            status: None,
            error: Some(error.to_string()),
        },
    }
}
