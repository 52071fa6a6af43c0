//! Which pictures a request asks for: the gallery's filters, and a [page](super::page) of what they find.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use selfsame_api::{ErrorCode, PictureQuery};

use super::ApiError;
use super::page::Page;

/// A page of the pictures that match a query.
pub(crate) struct Search {
    /// Which pictures.
    pub(crate) query: PictureQuery,
    /// Which page of them.
    pub(crate) page: Page,
}

impl Search {
    /// Reads the query of an address, without its question mark.
    fn read(text: &str) -> Result<Self, ApiError> {
        let parameters: Vec<(&str, String)> =
            serde_urlencoded::from_str(text).map_err(unreadable)?;
        let (page, query): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|(name, _)| matches!(*name, "cursor" | "limit"));
        let written = |parameters| serde_urlencoded::to_string(parameters).map_err(unreadable);
        Ok(Self {
            query: serde_urlencoded::from_str(&written(query)?).map_err(unreadable)?,
            page: Page::read(&written(page)?)?,
        })
    }
}

fn unreadable(cause: impl ToString) -> ApiError {
    ApiError::new(
        ErrorCode::InvalidQuery,
        "This list takes `q`, `model`, `series`, `favourite`, `album`, `preset`, `format`, `from`, `to`, `cursor` and `limit` in the query, each once.",
    )
    .because(cause)
}

impl<S: Send + Sync> FromRequestParts<S> for Search {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use selfsame_prompt::parameters::PresetId;

    use super::*;

    #[test]
    fn filters_and_the_page_are_read_together() {
        let search = Search::read(
            "q=red+hat%21&favourite=true&preset=natural&from=2026-11-01T00:00:00Z&limit=5&cursor=abc",
        )
        .expect("a search");
        assert_eq!(search.query.q.as_deref(), Some("red hat!"));
        assert_eq!(search.query.favourite, Some(true));
        assert_eq!(search.query.preset, Some(PresetId::Natural));
        assert!(search.query.from.is_some() && search.query.to.is_none());
        assert_eq!(search.page.limit(80), 5);
        assert_eq!(search.page.cursor.as_deref(), Some("abc"));
        let nothing = Search::read("").expect("everything");
        assert_eq!(nothing.query, PictureQuery::default());
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "q=a&q=b",
            "favourite=maybe",
            "model=x",
            "album=gen_00000000000000000000000000",
            "preset=vivid",
            "from=yesterday",
            "limit=0",
            "limit=1&limit=2",
            "colour=red",
        ] {
            let Err(error) = Search::read(text) else {
                panic!("{text} was read");
            };
            assert_eq!(error.code(), ErrorCode::InvalidQuery, "{text}");
        }
    }
}
