//! Parameters of a URL: ids in paths, and `?cursor=` and `?limit=` of the lists.

use std::str::FromStr;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use selfsame_api::ErrorCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ApiError;

/// The id in a path with one parameter. A malformed id is answered like an unknown one.
pub(crate) struct Id<T>(pub(crate) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text: String = segments(parts, state).await?;
        text.parse().map(Self).map_err(|_| ApiError::not_found())
    }
}

/// The parameters of a path as text. One that cannot be decoded is not found.
pub(crate) async fn segments<T, S>(parts: &mut Parts, state: &S) -> Result<T, ApiError>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    let Path(segments) = Path::from_request_parts(parts, state)
        .await
        .map_err(|rejection| ApiError::not_found().because(rejection))?;
    Ok(segments)
}

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

impl Page {
    /// The most items on this page, 1-100.
    pub(crate) fn limit(&self, default: u32) -> u32 {
        self.limit.unwrap_or(default)
    }

    fn check(self) -> Result<Self, ApiError> {
        match self.limit {
            Some(limit) if !(1..=MOST).contains(&limit) => Err(ApiError::new(
                ErrorCode::InvalidQuery,
                format!("`limit` takes 1 to {MOST}."),
            )
            .at("limit")),
            _ => Ok(self),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query: Result<Query<Self>, QueryRejection> =
            Query::from_request_parts(parts, state).await;
        let Query(page) = query.map_err(|rejection| {
            ApiError::new(
                ErrorCode::InvalidQuery,
                "This list takes `cursor` and `limit` (a whole number) in the query, and nothing else.",
            )
            .because(rejection)
        })?;
        page.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> Result<Page, ApiError> {
        let uri = format!("https://studio.example/api/generations{query}");
        let uri = uri.parse().expect("a URI");
        let Query(page) = Query::<Page>::try_from_uri(&uri)
            .map_err(|error| ApiError::new(ErrorCode::InvalidQuery, "unreadable").because(error))?;
        page.check()
    }

    #[test]
    fn a_page_has_bounds() {
        assert_eq!(page("").expect("a page").limit(20), 20);
        assert_eq!(
            page("?limit=100&cursor=abc").expect("a page").limit(20),
            100
        );
        for query in [
            "?limit=0",
            "?limit=101",
            "?limit=-1",
            "?limit=x",
            "?limt=1",
            "?limit=1&limit=2",
        ] {
            let problem = page(query).expect_err(query);
            assert_eq!(problem.code(), ErrorCode::InvalidQuery, "{query}");
        }
    }
}
