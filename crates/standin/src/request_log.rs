//! Records every request, so that tests can inspect what reached the provider.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::http::{HeaderMap, header};
use serde::Serialize;
use serde_json::Value;

use crate::clock;
use crate::faults::Action;
use crate::http::path::Endpoint;
use crate::http::request::Request;
use crate::lock;

/// A request and its outcome.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// From 1, in order of arrival. Clearing the log does not restart it.
    number: u64,
    /// When it arrived, in RFC 3339.
    at: String,
    method: String,
    path: String,
    query: Option<String>,
    /// `null` for an unknown path or method.
    endpoint: Option<Endpoint>,
    /// With the token redacted. Repeated headers are joined with commas.
    headers: BTreeMap<String, String>,
    /// JSON if it parses, otherwise text; `null` if empty.
    body: Value,
    /// Inputs that the version does not know and therefore ignores.
    unknown_inputs: Vec<String>,
    /// The faults that were applied.
    faults: Vec<Action>,
    /// The status of the response; `null` before it is sent, or if none is.
    status: Option<u16>,
}

/// All requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    last: u64,
    entries: Vec<Entry>,
}

impl RequestLog {
    /// Records a request and returns its number.
    pub(crate) fn received(
        &self,
        request: &Request,
        endpoint: Option<Endpoint>,
        faults: &[Action],
    ) -> u64 {
        let mut log = lock(&self.0);
        log.last += 1;
        let number = log.last;
        log.entries.push(Entry {
            number,
            at: clock::iso(clock::now()),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            endpoint,
            headers: redacted(&request.headers),
            body: request.logged_body(),
            unknown_inputs: Vec::new(),
            faults: faults.to_vec(),
            status: None,
        });
        number
    }

    /// Records the response to request `number`.
    pub(crate) fn responded(&self, number: u64, status: Option<u16>, unknown_inputs: Vec<String>) {
        let mut log = lock(&self.0);
        if let Some(entry) = log.entries.iter_mut().find(|entry| entry.number == number) {
            entry.status = status;
            entry.unknown_inputs = unknown_inputs;
        }
    }

    /// Copies all entries.
    pub(crate) fn list(&self) -> Vec<Entry> {
        lock(&self.0).entries.clone()
    }

    /// Removes all entries.
    pub(crate) fn clear(&self) {
        lock(&self.0).entries.clear();
    }
}

fn redacted(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        let text = if name == header::AUTHORIZATION {
            let scheme = text.split_once(' ').map_or("", |(scheme, _)| scheme);
            format!("{scheme} [redacted]").trim_start().to_owned()
        } else {
            text.into_owned()
        };
        let place = shown.entry(name.as_str().to_owned()).or_default();
        if !place.is_empty() {
            place.push_str(", ");
        }
        place.push_str(&text);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_contains_no_token() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", "Bearer r8_very_secret".parse().unwrap());
        headers.append("accept", "a".parse().unwrap());
        headers.append("accept", "b".parse().unwrap());
        let shown = redacted(&headers);
        assert_eq!(shown["authorization"], "Bearer [redacted]");
        assert_eq!(shown["accept"], "a, b");
        headers.insert("authorization", "r8_very_secret".parse().unwrap());
        assert_eq!(redacted(&headers)["authorization"], "[redacted]");
    }
}
