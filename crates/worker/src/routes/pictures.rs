//! `GET /api/images/{picture}`, `DELETE /api/pictures/{picture}`.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_primitives::ids::PictureId;
use selfsame_provider::picture::content_type;
use selfsame_studio::{DeletePicture, LocatePicture, PictureFile};
use worker::send::SendWrapper;
use worker::{Bucket, ResponseBody};

use super::id::Id;
use crate::answer::Streamed;
use crate::body::NoBody;
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::session::Session;

/// The owner's browser may keep a picture for a day: its bytes never change. Another session's request is another
/// request (`vary: cookie`), so a shared browser shows nobody the pictures of whoever sat there before.
const CACHE: &str = "private, max-age=86400, immutable";

/// A picture's bytes, streamed from the store. `?download` makes the browser save the file.
#[worker::send]
pub async fn bytes(
    State(visit): State<RequestContext>,
    session: Session,
    Id(id): Id<PictureId>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let file = session.ask(&visit, LocatePicture { id }).await?;
    let described = describe(&file, is_download(query.as_deref()));
    if is_known(&headers, &file.etag) {
        return Ok((StatusCode::NOT_MODIFIED, described).into_response());
    }
    if method == Method::HEAD {
        return Ok(described.into_response());
    }
    let stream = open(&visit.pictures()?, &file).await?;
    let mut response = described.into_response();
    response.extensions_mut().insert(stream);
    Ok(response)
}

async fn open(bucket: &Bucket, file: &PictureFile) -> Result<Streamed, ApiError> {
    let missing = || {
        let key = &file.key;
        ApiError::internal(format!("the studio knows {key}, the store does not"))
    };
    let object = bucket.get(&file.key).execute().await?;
    let object = object.ok_or_else(missing)?;
    match object.body().ok_or_else(missing)?.response_body()? {
        ResponseBody::Stream(stream) => Ok(Streamed(SendWrapper::new(stream))),
        _ => Err(missing()),
    }
}

/// Deletes a picture, row and bytes.
#[worker::send]
pub async fn remove(
    State(visit): State<RequestContext>,
    session: Session,
    Id(id): Id<PictureId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    session.ask(&visit, DeletePicture { id }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn describe(file: &PictureFile, download: bool) -> [(HeaderName, String); 5] {
    let how = if download { "attachment" } else { "inline" };
    let disposition = format!("{how}; filename=\"{}\"", file.download_name);
    [
        (header::CONTENT_TYPE, content_type(file.format).to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::ETAG, format!("\"{}\"", file.etag)),
        (header::VARY, "cookie".to_owned()),
    ]
}

fn is_download(query: Option<&str>) -> bool {
    let name = |pair: &str| pair.split('=').next() == Some("download");
    query.is_some_and(|query| query.split('&').any(name))
}

/// Whether `If-None-Match` names this entity: any tag, or this one, weak or strong.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).any(|tag| {
        let tag = tag.trim();
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        tag == "*" || tag.trim_matches('"') == etag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_entity_is_not_sent_again() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, value.parse().expect("a value"));
            is_known(&headers, "abc")
        };
        for known in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert!(with(known), "{known}");
        }
        assert!(!with("\"abd\"") && !with("") && !is_known(&HeaderMap::new(), "abc"));
    }

    #[test]
    fn download_is_asked_for_by_name() {
        assert!(is_download(Some("download")) && is_download(Some("a=1&download=1")));
        assert!(!is_download(None) && !is_download(Some("downloads")));
    }
}
