//! Every request that arrived, for tests to look at.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::http::{HeaderMap, header};
use serde::Serialize;
use serde_json::Value;

use crate::clock;
use crate::faults::Action;
use crate::lock::lock;
use crate::request::Request;
use crate::target::Endpoint;

/// A request and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// From 1, in order of arrival; survives clearing.
    number: u64,
    /// When it arrived, RFC 3339.
    at: String,
    method: String,
    path: String,
    query: Option<String>,
    /// What it was taken for; `null` for an unknown path or method.
    endpoint: Option<Endpoint>,
    /// With the token redacted. A header that came twice is joined with a comma.
    headers: BTreeMap<String, String>,
    /// JSON if it is JSON, else the text, `null` if empty.
    body: Value,
    /// Inputs that the version does not know, and the model therefore ignores.
    unknown_inputs: Vec<String>,
    /// The faults it met.
    faults: Vec<Action>,
    /// The status of the answer; `null` while it is under way or if there never was one.
    status: Option<u16>,
}

/// All requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    last: u64,
    entries: Vec<Entry>,
}

impl Record {
    /// Writes down a request that just arrived, and returns its number.
    pub(crate) fn arrived(
        &self,
        request: &Request,
        endpoint: Option<Endpoint>,
        faults: &[Action],
    ) -> u64 {
        let mut record = lock(&self.0);
        record.last += 1;
        let number = record.last;
        record.entries.push(Entry {
            number,
            at: clock::iso(clock::now()),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            endpoint,
            headers: redacted(&request.headers),
            body: request.shown_body(),
            unknown_inputs: Vec::new(),
            faults: faults.to_vec(),
            status: None,
        });
        number
    }

    /// Completes an entry.
    pub(crate) fn answered(&self, number: u64, status: Option<u16>, unknown_inputs: Vec<String>) {
        let mut record = lock(&self.0);
        if let Some(entry) = record
            .entries
            .iter_mut()
            .find(|entry| entry.number == number)
        {
            entry.status = status;
            entry.unknown_inputs = unknown_inputs;
        }
    }

    /// A copy of all.
    pub(crate) fn list(&self) -> Vec<Entry> {
        lock(&self.0).entries.clone()
    }

    /// Forgets all.
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
    fn the_token_is_in_no_record() {
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
