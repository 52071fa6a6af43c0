//! Pages of lists: a hundred items each, newest first, with absolute URLs of the neighbouring pages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Listed;
use crate::faults::Action;
use crate::http::errors::ApiError;
use crate::model::schema::Violation;

/// Items on a page.
const PAGE_SIZE: usize = 100;

/// The query of a list.
#[derive(Debug, Default)]
pub(crate) struct Query {
    cursor: Option<Cursor>,
    created_after: Option<Timestamp>,
    created_before: Option<Timestamp>,
    web_only: bool,
    /// The other parameters, which are repeated in the URLs of the neighbouring pages.
    filters: Vec<(String, String)>,
}

/// How long a page is, and whether another may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    size: usize,
    truncated: bool,
}

impl Limits {
    /// The usual limits, unless `faults` has others.
    pub(crate) fn of(faults: &[Action]) -> Self {
        let limits = faults.iter().find_map(|fault| match fault {
            Action::PageSize { results } => Some(Self {
                // A page without results would have no cursor for the next one.
                size: (*results).max(1),
                truncated: false,
            }),
            Action::Truncate { results } => Some(Self {
                size: *results,
                truncated: true,
            }),
            _ => None,
        });
        limits.unwrap_or(Self {
            size: PAGE_SIZE,
            truncated: false,
        })
    }
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    /// With items older than this number.
    OlderThan(u64),
    /// With items newer than this number.
    NewerThan(u64),
}

impl Query {
    /// Parses a query string.
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, ApiError> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(text.unwrap_or_default().as_bytes()) {
            match &*name {
                "cursor" => {
                    let unknown = || ApiError::BadRequest("Invalid cursor".to_owned());
                    query.cursor = Some(Cursor::decode(&value).ok_or_else(unknown)?);
                    continue;
                }
                "created_after" => query.created_after = Some(timestamp(&name, &value)?),
                "created_before" => query.created_before = Some(timestamp(&name, &value)?),
                "source" if value == "web" => query.web_only = true,
                "source" => {
                    let text = "source must be one of the following: \"web\"";
                    return Err(ApiError::InvalidInput(vec![Violation::new(
                        "enum", &name, text,
                    )]));
                }
                _ => continue,
            }
            query.filters.push((name.into_owned(), value.into_owned()));
        }
        Ok(query)
    }

    /// The requested page of `items`, which are oldest first. URLs begin with `origin`.
    pub(crate) fn page<T: Listed>(&self, items: &[T], origin: &str, limits: Limits) -> Value {
        // Everything was created by API, so `source=web` matches nothing.
        let all: Vec<&T> = items
            .iter()
            .rev()
            .filter(|_| !self.web_only)
            .filter(|p| {
                self.created_after
                    .is_none_or(|after| p.created_at() >= after)
            })
            .filter(|p| {
                self.created_before
                    .is_none_or(|before| p.created_at() < before)
            })
            .collect();
        let start = match self.cursor {
            None => 0,
            Some(Cursor::OlderThan(number)) => all.partition_point(|p| p.number() >= number),
            Some(Cursor::NewerThan(number)) => all
                .partition_point(|p| p.number() > number)
                .saturating_sub(limits.size),
        };
        let end = all.len().min(start.saturating_add(limits.size));
        let page = &all[start..end];
        let next = page
            .last()
            .filter(|_| end < all.len() && !limits.truncated)
            .map(|p| Cursor::OlderThan(p.number()));
        let previous = page
            .first()
            .filter(|_| start > 0)
            .map(|p| Cursor::NewerThan(p.number()));
        let url = |cursor: Option<Cursor>| cursor.map(|cursor| self.url(cursor, origin, T::PATH));
        json!({
            "next": url(next),
            "previous": url(previous),
            "results": page.iter().map(|p| p.listed(origin)).collect::<Vec<_>>(),
        })
    }

    fn url(&self, cursor: Cursor, origin: &str, path: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.filters)
            .append_pair("cursor", &cursor.encode())
            .finish();
        format!("{origin}/v1/{path}?{query}")
    }
}

impl Cursor {
    fn encode(self) -> String {
        URL_SAFE_NO_PAD.encode(match self {
            Self::OlderThan(number) => format!("older={number}"),
            Self::NewerThan(number) => format!("newer={number}"),
        })
    }

    fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (side, number) = text.split_once('=')?;
        let number = number.parse().ok()?;
        match side {
            "older" => Some(Self::OlderThan(number)),
            "newer" => Some(Self::NewerThan(number)),
            _ => None,
        }
    }
}

fn timestamp(name: &str, value: &str) -> Result<Timestamp, ApiError> {
    value.parse().map_err(|_| {
        let text = "Does not match format 'date-time'";
        ApiError::InvalidInput(vec![Violation::new("format", name, text)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_survive_a_round_trip() {
        for cursor in [Cursor::OlderThan(7), Cursor::NewerThan(0)] {
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        assert_eq!(Cursor::decode("nonsense"), None);
    }

    #[test]
    fn timestamps_may_be_percent_encoded() {
        let query = Query::parse(Some("created_after=2025-01-01T00%3A00%3A00Z&cursor=")).err();
        assert!(matches!(query, Some(ApiError::BadRequest(_))));
        let query = Query::parse(Some("created_after=2025-01-01T00%3A00%3A00Z")).unwrap();
        assert_eq!(query.created_after, "2025-01-01T00:00:00Z".parse().ok());
        assert!(Query::parse(Some("created_before=yesterday")).is_err());
        assert!(Query::parse(Some("source=api")).is_err());
    }
}
