//! Ids in paths. A malformed id is answered like an unknown one.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::ApiError;

/// The id in a path with one parameter.
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
