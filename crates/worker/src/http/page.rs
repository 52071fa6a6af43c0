//! Which page of a list a request asks for: `?cursor=` and `?limit=`.

use serde::Deserialize;

/// The most items on a page.
pub(crate) const MOST: u32 = 100;

/// Which page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// `next_cursor` of the page before; absent: the first page.
    pub(crate) cursor: Option<String>,
    limit: Option<u32>,
}

/// Why a query names no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PageError {
    /// Another parameter, one twice, or a limit that is not a number; with the cause for the log.
    Unreadable(String),
    /// The limit is out of bounds.
    Limit,
}

impl Page {
    /// Reads the query of an address, without its question mark.
    pub(crate) fn read(query: &str) -> Result<Self, PageError> {
        let page: Self = serde_urlencoded::from_str(query)
            .map_err(|error| PageError::Unreadable(error.to_string()))?;
        match page.limit {
            Some(limit) if !(1..=MOST).contains(&limit) => Err(PageError::Limit),
            _ => Ok(page),
        }
    }

    /// The most items on this page, 1-100.
    pub(crate) fn limit(&self, default: u32) -> u32 {
        self.limit.unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_bounds() {
        assert_eq!(Page::read("").expect("a page").limit(20), 20);
        let page = Page::read("limit=100&cursor=abc").expect("a page");
        assert_eq!((page.limit(20), page.cursor.as_deref()), (100, Some("abc")));
        for query in ["limit=0", "limit=101"] {
            assert!(
                matches!(Page::read(query), Err(PageError::Limit)),
                "{query}"
            );
        }
        for query in ["limit=-1", "limit=x", "limt=1", "limit=1&limit=2"] {
            assert!(
                matches!(Page::read(query), Err(PageError::Unreadable(_))),
                "{query}"
            );
        }
    }
}
