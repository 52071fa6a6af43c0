//! `GET /api/images/{picture}`: a picture's bytes, or with `?size=` those of a smaller version. The person's studio
//! authorises the request and names the object; the bytes go from R2 to the client without passing through this module's
//! memory.

use axum::extract::RawQuery;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::PictureId;
use selfsame_primitives::text::plural;
use selfsame_provider::picture::content_type;
use selfsame_studio::{LocatePicture, PictureFile, ThumbnailSize};
use worker::send::SendWrapper;
use worker::{Bucket, ResponseBody};

use super::context::RequestContext;
use super::session::Session;
use crate::http::ApiError;
use crate::http::conditional::{Wanted, has_current, wanted};
use crate::http::parameters::Id;
use crate::http::request::PlatformRequest;
use crate::http::response::Streamed;

/// The owner's browser may keep a picture for a day, because its bytes never change. `vary: cookie` keeps a shared
/// browser from showing one person's pictures to the next.
const CACHE: &str = "private, max-age=86400, immutable";
/// For pictures that no browser and no proxy keeps.
pub(super) const NOT_KEPT: &str = "private, no-store";
/// What takes the place of a smaller version that is still being made is asked for again.
const PROVISIONAL_CACHE: &str = "private, no-cache";

/// A picture's bytes, or the range of them that is asked for, streamed from the store. `?download` makes the browser save
/// the file. `?size=256`, `512` or `1024` asks for a version with so many pixels on its long side.
#[worker::send]
pub(super) async fn bytes(
    context: RequestContext,
    session: Session,
    Id(id): Id<PictureId>,
    RawQuery(query): RawQuery,
    method: Method,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let size = size(&query)?;
    let file = session.ask(&context, LocatePicture { id, size }).await?;
    let described = describe(&file, is_download(&query));
    let header = |name: HeaderName| request.header(name.as_str());
    let known = header(header::IF_NONE_MATCH);
    if known.is_some_and(|tags| has_current(&tags, &file.etag)) {
        return Ok((StatusCode::NOT_MODIFIED, described).into_response());
    }
    if method == Method::HEAD {
        return Ok(described.into_response());
    }
    let (range, if_range) = (header(header::RANGE), header(header::IF_RANGE));
    let bucket = context.pictures()?;
    match wanted(
        range.as_deref(),
        if_range.as_deref(),
        &file.etag,
        file.bytes,
    ) {
        Wanted::All => {
            let stream = open(&bucket, &file.key, None).await?;
            Ok(streamed(described.into_response(), stream))
        }
        Wanted::Part(part) => {
            let (offset, length) = (*part.start(), part.end() - part.start() + 1);
            let range = worker::Range::OffsetWithLength { offset, length };
            let stream = open(&bucket, &file.key, Some(range)).await?;
            let place = format!("bytes {offset}-{}/{}", part.end(), file.bytes);
            let part = [
                (header::CONTENT_RANGE, place),
                (header::CONTENT_LENGTH, length.to_string()),
            ];
            let response = (StatusCode::PARTIAL_CONTENT, described, part).into_response();
            Ok(streamed(response, stream))
        }
        Wanted::Beyond => {
            let error = ApiError::new(
                ErrorCode::RangeNotSatisfiable,
                format!(
                    "This picture has {}, and the range begins behind them.",
                    plural(file.bytes, "byte")
                ),
            );
            let length = [(header::CONTENT_RANGE, format!("bytes */{}", file.bytes))];
            Ok((length, error).into_response())
        }
    }
}

/// All bytes of a picture that the operator looks at. No browser keeps them: they are of another person.
pub(super) async fn whole(
    context: &RequestContext,
    file: &PictureFile,
) -> Result<Response, ApiError> {
    let stream = open(&context.pictures()?, &file.key, None).await?;
    let described = describe(file, false);
    let not_kept = [(header::CACHE_CONTROL, NOT_KEPT)];
    // The later header replaces the earlier one.
    let response = (described, not_kept, ()).into_response();
    Ok(streamed(response, stream))
}

/// The response with a body that comes from the store.
pub(super) fn streamed(mut response: Response, stream: Streamed) -> Response {
    response.extensions_mut().insert(stream);
    response
}

/// The bytes at `key`, or a range of them, as the store sends them.
pub(super) async fn open(
    bucket: &Bucket,
    key: &str,
    range: Option<worker::Range>,
) -> Result<Streamed, ApiError> {
    let wanted = bucket.get(key);
    let wanted = match range {
        Some(range) => wanted.range(range),
        None => wanted,
    };
    let object = wanted.execute().await?.ok_or_else(|| missing(key))?;
    let body = object.body().ok_or_else(|| missing(key))?;
    match body.response_body()? {
        ResponseBody::Stream(stream) => Ok(Streamed(SendWrapper::new(stream))),
        _ => Err(missing(key)),
    }
}

/// All bytes at `key`, in this module's memory.
pub(super) async fn read(bucket: &Bucket, key: &str) -> Result<Vec<u8>, ApiError> {
    let object = bucket.get(key).execute().await?;
    let object = object.ok_or_else(|| missing(key))?;
    Ok(object.body().ok_or_else(|| missing(key))?.bytes().await?)
}

fn missing(key: &str) -> ApiError {
    ApiError::internal(format!("the studio knows {key}, the store does not"))
}

fn describe(file: &PictureFile, download: bool) -> [(HeaderName, String); 7] {
    let cache = if file.provisional {
        PROVISIONAL_CACHE
    } else {
        CACHE
    };
    let how = if download { "attachment" } else { "inline" };
    let disposition = format!("{how}; filename=\"{}\"", file.download_name);
    [
        (header::CONTENT_TYPE, content_type(file.format).to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, format!("\"{}\"", file.etag)),
        (header::CONTENT_LENGTH, file.bytes.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::VARY, "cookie".to_owned()),
    ]
}

fn is_download(query: &str) -> bool {
    parameter(query, "download").is_some()
}

/// The smaller version that is asked for.
fn size(query: &str) -> Result<Option<ThumbnailSize>, ApiError> {
    let Some(side) = parameter(query, "size") else {
        return Ok(None);
    };
    let found = side.parse().ok().and_then(ThumbnailSize::of_side);
    found.map(Some).ok_or_else(|| {
        let message = "`size` takes 256, 512 or 1024, the pixels on the long side.";
        ApiError::new(ErrorCode::InvalidQuery, message).at("size")
    })
}

/// The value of a parameter, empty without one.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| {
        let (found, value) = pair.split_once('=').unwrap_or((pair, ""));
        (found == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn download_is_a_query_parameter() {
        assert!(is_download("download") && is_download("a=1&download=1"));
        assert!(!is_download("") && !is_download("downloads"));
    }

    #[test]
    fn a_size_is_one_of_three() {
        let found = size("download&size=512").expect("a size");
        assert_eq!(found, Some(ThumbnailSize::Medium));
        assert_eq!(size("sizes=512").expect("none"), None);
        for query in ["size", "size=", "size=300", "size=0x100", "size=256.0"] {
            let error = size(query).expect_err(query);
            assert_eq!(error.code(), ErrorCode::InvalidQuery);
        }
    }
}
