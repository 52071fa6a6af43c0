//! Parameters of a URL, for handlers: ids in paths, the [page](super::page) of a list, and the number after which events resume.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::ConversationId;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ApiError;
use super::page::{MOST, Page, PageError};

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

/// The `?after=` of an event stream: the number of the last message that the client has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    pub(crate) after: Option<u64>,
}

impl<S: Send + Sync> FromRequestParts<S> for After {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).map_err(|error| {
            ApiError::new(
                ErrorCode::InvalidQuery,
                "This address takes `after`, the `seq` of the last message that you have, and nothing else.",
            )
            .at("after")
            .because(error)
        })
    }
}

/// A page of a list, and `?q=`: words to search for.
pub(crate) struct Words {
    pub(crate) q: Option<String>,
    pub(crate) page: Page,
}

impl<S: Send + Sync> FromRequestParts<S> for Words {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let (q, page) = page_and("q", parts)?;
        Ok(Self { q, page })
    }
}

/// A page of a list, and `?session=`: the conversation that what it lists belongs to.
pub(crate) struct InSession {
    pub(crate) session: Option<ConversationId>,
    pub(crate) page: Page,
}

impl<S: Send + Sync> FromRequestParts<S> for InSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let (id, page) = page_and("session", parts)?;
        let id = id.map(|id| id.parse().map_err(|_| ApiError::not_found()));
        let session = id.transpose()?;
        Ok(Self { session, page })
    }
}

/// The parameter `name` of the query, if it is there, and the page that the others ask for.
fn page_and(name: &str, parts: &Parts) -> Result<(Option<String>, Page), ApiError> {
    let unreadable = |cause: String| {
        ApiError::new(
            ErrorCode::InvalidQuery,
            format!("This list takes `{name}`, `cursor` and `limit` in the query, each once."),
        )
        .because(cause)
    };
    let query = parts.uri.query().unwrap_or_default();
    let parameters: Vec<(&str, String)> =
        serde_urlencoded::from_str(query).map_err(|error| unreadable(error.to_string()))?;
    let (named, page): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|(key, _)| *key == name);
    if named.len() > 1 {
        return Err(unreadable(format!("`{name}` is there twice")));
    }
    let page = serde_urlencoded::to_string(page).map_err(|error| unreadable(error.to_string()))?;
    let value = named.into_iter().next().map(|(_, value)| value);
    Ok((value, Page::read(&page)?))
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self::read(parts.uri.query().unwrap_or_default())?)
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        let refused = |message| Self::new(ErrorCode::InvalidQuery, message);
        match error {
            PageError::Limit => refused(format!("`limit` takes 1 to {MOST}.")).at("limit"),
            PageError::Unreadable(cause) => refused(
                "This list takes `cursor` and `limit` (a whole number) in the query, and nothing else."
                    .to_owned(),
            )
            .because(cause),
        }
    }
}
