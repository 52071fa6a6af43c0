//! A page of the list of predictions.

use selfsame_primitives::time::Timestamp;
use serde_json::{Map, Value};

use super::cursor::Cursor;
use super::{answer, prediction};
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::prediction::Prediction;

/// One page, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionPage {
    /// What is on it.
    pub listed: Vec<ListedPrediction>,
    /// Where it goes on; absent on the last page.
    pub next: Option<Cursor>,
}

/// A prediction with what was sent to make it, so that it can be recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedPrediction {
    /// The prediction.
    pub prediction: Prediction,
    pub(super) version: String,
    pub(super) input: Map<String, Value>,
    pub(super) webhook: Option<String>,
}

impl ListedPrediction {
    pub(super) fn parse(json: &Value) -> Result<Self, String> {
        let text = |name| {
            json.get(name)
                .and_then(Value::as_str)
                .map(ToOwned::to_owned)
        };
        Ok(Self {
            prediction: prediction::parse(json)?,
            version: text("version").unwrap_or_default(),
            input: json
                .get("input")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default(),
            webhook: text("webhook"),
        })
    }

    pub(super) const fn created_at(&self) -> Option<Timestamp> {
        self.prediction.created_at
    }
}

/// Reads the answer to [`request::list`](super::request::list). An entry that cannot be read is an entry less; a page
/// that does not say how it goes on is no page.
#[must_use]
pub fn read_list(exchange: ProviderResult) -> ReadOutcome<PredictionPage> {
    answer::read(exchange, |json| {
        let entries = json
            .get("results")
            .and_then(Value::as_array)
            .ok_or("the list has no results")?;
        let next = match json.get("next") {
            None | Some(Value::Null) => None,
            Some(link) => Some(
                link.as_str()
                    .and_then(Cursor::of_link)
                    .ok_or("the list's next link has no cursor")?,
            ),
        };
        Ok(PredictionPage {
            listed: entries
                .iter()
                .filter_map(|entry| ListedPrediction::parse(entry).ok())
                .collect(),
            next,
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::bodies::{self, answer};
    use super::*;

    #[test]
    fn a_page_has_its_readable_entries_and_the_next_cursor() {
        let starting: Value = serde_json::from_str(bodies::STARTING).unwrap();
        let page = json!({
            "next": "https://api.replicate.com/v1/predictions?cursor=cD0%3D",
            "previous": null,
            "results": [starting, {"id": "x"}, 5],
        });
        let ReadOutcome::Found(page) = read_list(answer(200, &page.to_string())) else {
            panic!();
        };
        assert_eq!(page.listed.len(), 1);
        assert_eq!(page.next.unwrap().as_str(), "cD0=");
    }

    #[test]
    fn a_list_that_is_none_is_trouble() {
        for body in [
            "{}",
            r#"{"results":{}}"#,
            r#"{"results":[],"next":5}"#,
            r#"{"results":[],"next":"/x"}"#,
        ] {
            let outcome = read_list(answer(200, body));
            assert!(matches!(outcome, ReadOutcome::Unavailable { .. }), "{body}");
        }
    }
}
