//! Pages of predictions: a hundred, newest first, with absolute addresses of the neighbours.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::prediction::Prediction;
use crate::schema::Violation;

/// Predictions on a page.
const PAGE: usize = 100;

/// Which predictions are asked for.
#[derive(Debug, Default)]
pub(crate) struct Query {
    cursor: Option<Cursor>,
    created_after: Option<Timestamp>,
    created_before: Option<Timestamp>,
    web_only: bool,
    /// The query as given, without the cursor; it stays in the neighbours' addresses.
    rest: Vec<String>,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    /// Predictions older than this number.
    OlderThan(u64),
    /// Predictions newer than this number.
    NewerThan(u64),
}

impl Query {
    /// Reads the query string.
    pub(crate) fn of(text: Option<&str>) -> Result<Self, ApiError> {
        let mut query = Self::default();
        for pair in text
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
        {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            match name {
                "cursor" => {
                    let unknown = || ApiError::BadRequest("Invalid cursor".to_owned());
                    query.cursor = Some(Cursor::read(&value).ok_or_else(unknown)?);
                    continue;
                }
                "created_after" => query.created_after = Some(moment(name, &value)?),
                "created_before" => query.created_before = Some(moment(name, &value)?),
                "source" if value == "web" => query.web_only = true,
                "source" => {
                    let text = "source must be one of the following: \"web\"";
                    return Err(ApiError::InvalidInput(vec![Violation::new(
                        "enum", name, text,
                    )]));
                }
                _ => continue,
            }
            query.rest.push(pair.to_owned());
        }
        Ok(query)
    }

    /// The page of `predictions` (oldest first) that is asked for; addresses begin with `origin`.
    pub(crate) fn page(&self, predictions: &[Prediction], origin: &str) -> Value {
        // Nothing here was made on the website.
        let all: Vec<&Prediction> = predictions
            .iter()
            .rev()
            .filter(|_| !self.web_only)
            .filter(|p| self.created_after.is_none_or(|after| p.created_at >= after))
            .filter(|p| {
                self.created_before
                    .is_none_or(|before| p.created_at < before)
            })
            .collect();
        let start = match self.cursor {
            None => 0,
            Some(Cursor::OlderThan(number)) => all.partition_point(|p| p.number >= number),
            Some(Cursor::NewerThan(number)) => all
                .partition_point(|p| p.number > number)
                .saturating_sub(PAGE),
        };
        let end = all.len().min(start + PAGE);
        let page = &all[start..end];
        let next = page
            .last()
            .filter(|_| end < all.len())
            .map(|p| Cursor::OlderThan(p.number));
        let previous = page
            .first()
            .filter(|_| start > 0)
            .map(|p| Cursor::NewerThan(p.number));
        let address = |cursor: Option<Cursor>| cursor.map(|cursor| self.address(cursor, origin));
        json!({
            "next": address(next),
            "previous": address(previous),
            "results": page.iter().map(|p| p.listed(origin)).collect::<Vec<_>>(),
        })
    }

    fn address(&self, cursor: Cursor, origin: &str) -> String {
        let mut parts = self.rest.clone();
        parts.push(format!("cursor={}", cursor.written()));
        format!("{origin}/v1/predictions?{}", parts.join("&"))
    }
}

impl Cursor {
    fn written(self) -> String {
        URL_SAFE_NO_PAD.encode(match self {
            Self::OlderThan(number) => format!("older={number}"),
            Self::NewerThan(number) => format!("newer={number}"),
        })
    }

    fn read(text: &str) -> Option<Self> {
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

fn moment(name: &str, value: &str) -> Result<Timestamp, ApiError> {
    value.parse().map_err(|_| {
        let text = "Does not match format 'date-time'";
        ApiError::InvalidInput(vec![Violation::new("format", name, text)])
    })
}

/// Undoes percent-encoding; what is not valid stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_survive_a_round_trip() {
        for cursor in [Cursor::OlderThan(7), Cursor::NewerThan(0)] {
            assert_eq!(Cursor::read(&cursor.written()), Some(cursor));
        }
        assert_eq!(Cursor::read("nonsense"), None);
    }

    #[test]
    fn times_may_be_percent_encoded() {
        let query = Query::of(Some("created_after=2025-01-01T00%3A00%3A00Z&cursor=")).err();
        assert!(matches!(query, Some(ApiError::BadRequest(_))));
        let query = Query::of(Some("created_after=2025-01-01T00%3A00%3A00Z")).unwrap();
        assert_eq!(query.created_after, "2025-01-01T00:00:00Z".parse().ok());
        assert!(Query::of(Some("created_before=yesterday")).is_err());
        assert!(Query::of(Some("source=api")).is_err());
        assert_eq!(decoded("100%25%zz%4"), "100%%zz%4");
    }
}
