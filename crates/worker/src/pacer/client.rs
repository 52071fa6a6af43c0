//! Asking the pacer for permission before a call, and telling it of a 429.
//!
//! Pacing is politeness, and the studio's own rules are safety. So a pacer that cannot be reached, is late or answers
//! nonsense stops nothing: the call goes out, once, and the log says so.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use selfsame_provider::http::ProviderRequest;
use selfsame_provider::pacer::{Answer, LONGEST_WAIT, PATIENCE};
use worker::{Delay, Env, Error, Method, Request, RequestInit, Response};

use super::message::Message;
use crate::config::{self, ProviderKind};
use crate::platform::{Level, Line};

/// Milliseconds that an answer may take: the pacer holds a call for [`PATIENCE`], and the way there and back is short.
const ANSWER_TIMEOUT: u64 = PATIENCE.unsigned_abs() + 2_000;
/// Milliseconds that a report of a 429 may take.
const REPORT_TIMEOUT: u64 = 1_000;

/// The pacer, for the calls of one person.
pub(crate) struct PacerClient {
    env: Env,
    person: String,
}

/// The permission to make one call now.
pub(crate) struct Permit<'a> {
    /// The call.
    pub(crate) request: &'a ProviderRequest,
    pacer: &'a PacerClient,
}

/// A call that is to be made later, because others have their turn first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Later {
    /// How long to wait.
    pub(crate) milliseconds: u32,
}

impl PacerClient {
    /// The pacer, for calls that take the turns of `person`.
    pub(crate) const fn new(env: Env, person: String) -> Self {
        Self { env, person }
    }

    /// Waits for the turn of `request` at the provider.
    pub(crate) async fn permit<'a>(
        &'a self,
        provider: ProviderKind,
        request: &'a ProviderRequest,
    ) -> Result<Permit<'a>, Later> {
        let message = Message::Ask {
            person: self.person.clone(),
            call: request.call,
        };
        let answer = async { read(self.send(provider, &message).await?).await };
        let permit = Permit {
            request,
            pacer: self,
        };
        match within(ANSWER_TIMEOUT, answer).await {
            Ok(Answer::Go) => Ok(permit),
            Ok(Answer::Later { milliseconds }) => Err(Later { milliseconds }),
            Err(error) => {
                self.warn("unpaced", &error);
                Ok(permit)
            }
        }
    }

    async fn send(&self, provider: ProviderKind, message: &Message) -> Result<Response, Error> {
        let pacer = self.env.durable_object(config::PACER)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_body(Some(serde_json::to_string(message)?.into()));
        // The host has no meaning: the stub decides where the request goes.
        let request = Request::new_with_init("https://pacer/", &init)?;
        let stub = pacer.get_by_name(provider.name())?;
        let response = stub.fetch_with_request(request).await?;
        match response.status_code() {
            200..300 => Ok(response),
            status => Err(invalid(&format!("HTTP {status}"))),
        }
    }

    fn warn(&self, event: &str, error: &Error) {
        Line {
            level: Level::Warning,
            event,
            subject: Some(&self.person),
            detail: Some(&error.to_string()),
        }
        .write();
    }
}

impl Permit<'_> {
    /// The provider has answered the call with 429, so everybody's calls of this kind wait for `seconds`.
    pub(crate) async fn throttled(self, provider: ProviderKind, seconds: u32) {
        let call = self.request.call;
        let message = Message::Throttled { call, seconds };
        let report = self.pacer.send(provider, &message);
        if let Err(error) = within(REPORT_TIMEOUT, report).await {
            self.pacer.warn("throttle_not_reported", &error);
        }
    }
}

async fn read(mut response: Response) -> Result<Answer, Error> {
    let answer = response.json().await?;
    match answer {
        Answer::Later { milliseconds } if !(1..=LONGEST_WAIT).contains(&milliseconds) => {
            Err(invalid(&format!("told to wait for {milliseconds} ms")))
        }
        answer => Ok(answer),
    }
}

async fn within<T>(
    milliseconds: u64,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let timeout = Delay::from(Duration::from_millis(milliseconds));
    match select(pin!(work), timeout).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(invalid("no answer in time")),
    }
}

fn invalid(what: &str) -> Error {
    Error::RustError(format!("the pacer: {what}"))
}
