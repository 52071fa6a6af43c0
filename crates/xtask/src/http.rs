//! An HTTP client for the servers on this machine.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    /// The status code.
    pub(crate) status: u16,
    /// `name=value` of the first cookie that it sets.
    pub(crate) cookie: Option<String>,
    body: String,
    from: String,
}

impl Response {
    /// Deserialises the body; an error unless the status is a success.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        if !(200..300).contains(&self.status) {
            return Err(Error::say(format!(
                "{} answered {}: {}",
                self.from, self.status, self.body
            )));
        }
        serde_json::from_str(&self.body).map_err(|source| Error::Json {
            origin: self.from,
            source,
        })
    }
}

/// A client of one server that sends the same headers with every request.
#[derive(Debug)]
pub(crate) struct Client {
    agent: ureq::Agent,
    origin: String,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    /// A client of `origin` (`http://host:port`).
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            agent: agent(Duration::from_secs(30)),
            origin: origin.to_owned(),
            headers: vec![("origin", origin.to_owned())],
        }
    }

    /// Adds a header to every request.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends a GET request.
    pub(crate) fn get(&self, path: &str) -> Result<Response, Error> {
        let address = format!("{}{path}", self.origin);
        let mut request = self.agent.get(&address);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        response(address, request.call())
    }

    /// Sends a POST request with a JSON body.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Response, Error> {
        let address = format!("{}{path}", self.origin);
        let mut request = self.agent.post(&address);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        response(address, request.send_json(body))
    }
}

/// Whether a GET of `address` succeeds within two seconds.
pub(crate) fn answers(address: &str) -> bool {
    agent(Duration::from_secs(2))
        .get(address)
        .call()
        .is_ok_and(|response| response.status().is_success())
}

fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        .build()
        .into()
}

fn response(
    from: String,
    result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Response, Error> {
    let failed = |cause: ureq::Error| Error::say(format!("{from} did not answer: {cause}"));
    let mut received = result.map_err(&failed)?;
    let cookie = received
        .headers()
        .get("set-cookie")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::to_owned);
    let body = received.body_mut().read_to_string().map_err(&failed)?;
    Ok(Response {
        status: received.status().as_u16(),
        cookie,
        body,
        from,
    })
}
