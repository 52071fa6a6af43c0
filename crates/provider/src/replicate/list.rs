//! Pages of the list of predictions.

use selfsame_primitives::time::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use super::{prediction, response};
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::prediction::Prediction;

/// One page, newest prediction first.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionPage {
    /// The predictions on it that could be read.
    pub listed: Vec<ListedPrediction>,
    /// How many entries could not be read. Each may be the prediction that is looked for.
    pub unreadable: usize,
    /// Where the next page begins; absent on the last one.
    pub next: Option<Cursor>,
}

/// A prediction with what was sent to create it, so that it can be recognised.
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

/// The `cursor` parameter of a page's `next` link. The rest of the link is ignored, so its host is never called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

/// Bytes of a link at most.
const MAX_LINK_BYTES: usize = 4_096;

impl Cursor {
    /// The decoded cursor.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes the cursor out of an absolute URL, or of a path.
    pub(super) fn from_link(link: &str) -> Option<Self> {
        if link.len() > MAX_LINK_BYTES {
            return None;
        }
        let api = Url::parse("https://api.replicate.com/v1/predictions").ok()?;
        let link = api.join(link).ok()?;
        let (_, cursor) = link.query_pairs().find(|(name, _)| name == "cursor")?;
        (!cursor.is_empty()).then(|| Self(cursor.into_owned()))
    }
}

/// Reads the response to [`request::list`](super::request::list). Unreadable entries are counted. A page whose next
/// link is unreadable is unavailable, because the search would end too early.
#[must_use]
pub fn read_list(result: ProviderResult) -> ReadOutcome<PredictionPage> {
    response::read(result, |json| {
        let entries = json
            .get("results")
            .and_then(Value::as_array)
            .ok_or("the list has no results")?;
        let next = match json.get("next") {
            None | Some(Value::Null) => None,
            Some(link) => Some(
                link.as_str()
                    .and_then(Cursor::from_link)
                    .ok_or("the list's next link has no cursor")?,
            ),
        };
        let listed: Vec<_> = entries
            .iter()
            .filter_map(|entry| ListedPrediction::parse(entry).ok())
            .collect();
        Ok(PredictionPage {
            unreadable: entries.len() - listed.len(),
            listed,
            next,
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixtures::{self, respond};
    use super::*;

    #[test]
    fn a_page_has_its_readable_entries_the_number_of_others_and_the_next_cursor() {
        let starting: Value = serde_json::from_str(fixtures::STARTING).unwrap();
        let page = json!({
            "next": "https://api.replicate.com/v1/predictions?cursor=cD0%3D",
            "previous": null,
            "results": [starting, {"id": "x"}, 5],
        });
        let ReadOutcome::Found(page) = read_list(respond(200, &page.to_string())) else {
            panic!();
        };
        assert_eq!((page.listed.len(), page.unreadable), (1, 2));
        assert_eq!(page.next.unwrap().as_str(), "cD0=");
    }

    #[test]
    fn an_unreadable_list_or_next_link_is_unavailable() {
        for body in [
            "{}",
            r#"{"results":{}}"#,
            r#"{"results":[],"next":5}"#,
            r#"{"results":[],"next":"/x"}"#,
        ] {
            let outcome = read_list(respond(200, body));
            assert!(matches!(outcome, ReadOutcome::Unavailable { .. }), "{body}");
        }
    }

    #[test]
    fn the_cursor_is_taken_out_of_the_link() {
        for (link, cursor) in [
            (
                "https://api.replicate.com/v1/predictions?cursor=cD0yMDI%3D",
                Some("cD0yMDI="),
            ),
            (
                "/v1/predictions?created_after=x&cursor=a%2Bb#c",
                Some("a+b"),
            ),
            ("?cursor=abc", Some("abc")),
            ("https://evil.example/?cursor=abc", Some("abc")),
            ("https://api.replicate.com/v1/predictions", None),
            ("https://api.replicate.com/v1/predictions?cursor=", None),
            ("/v1/predictions#?cursor=abc", None),
            ("?xcursor=1", None),
            ("https://[", None),
        ] {
            let found = Cursor::from_link(link);
            assert_eq!(found.as_ref().map(Cursor::as_str), cursor, "{link}");
        }
    }

    #[test]
    fn a_link_has_at_most_4096_bytes() {
        let of_length = |length: usize| format!("?cursor={}", "a".repeat(length - 8));
        assert!(Cursor::from_link(&of_length(4_096)).is_some());
        assert_eq!(Cursor::from_link(&of_length(4_097)), None);
    }
}
