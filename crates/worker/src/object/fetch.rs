//! Copies pictures from the provider into the picture store.
//!
//! A file comes from delivery hosts only, also through redirects. It is held in memory whole before it is stored,
//! because R2 needs its length, its type shows in its bytes, only what draws the picture is stored of it, with the mark of
//! generated pictures, and a truncated file must never be stored as a picture. That is up to 25 MiB, twice while it is
//! handed over, so the studio hands out one fetch at a time.

use selfsame_provider::delivery::{DeliveryHosts, DeliveryUrl};
use selfsame_provider::fingerprint::Fingerprint;
use selfsame_provider::picture::{MAX_PICTURE_BYTES, PictureError, content_type, prepare};
use selfsame_provider::redact::Cause;
use selfsame_studio::{FetchFailure, Observation};
use worker::{Bucket, Error, HttpMetadata, Method, Request, Response, Url};

use crate::platform::{Level, Line};
use crate::provider::{self, ReadError, TimeLimit};

/// Milliseconds that the download may take as a whole, redirects included. The rest of the fetch's lease is for
/// storing the file.
const DOWNLOAD_TIMEOUT: u32 = 90_000;
/// Redirects that are followed.
const MAX_REDIRECTS: usize = 3;

/// Nothing was stored.
struct FetchError {
    kind: FetchFailure,
    cause: Cause,
}

impl FetchError {
    fn new(kind: FetchFailure, cause: impl std::fmt::Display) -> Self {
        Self {
            kind,
            cause: Cause::new(cause.to_string()),
        }
    }

    fn permanent(cause: impl std::fmt::Display) -> Self {
        Self::new(FetchFailure::Permanent, cause)
    }

    fn transient(cause: impl std::fmt::Display) -> Self {
        Self::new(FetchFailure::Transient, cause)
    }
}

/// Copies the file at `url` into the store under `key`, and takes its fingerprint if that is wanted.
pub(super) async fn copy(
    hosts: &DeliveryHosts,
    bucket: &Bucket,
    url: &str,
    key: &str,
    fingerprint: bool,
) -> Observation {
    match try_copy(hosts, bucket, url, key, fingerprint).await {
        Ok(stored) => stored,
        Err(FetchError { kind, cause }) => Observation::PictureFailed { kind, cause },
    }
}

async fn try_copy(
    hosts: &DeliveryHosts,
    bucket: &Bucket,
    url: &str,
    key: &str,
    fingerprint: bool,
) -> Result<Observation, FetchError> {
    let sent = download(hosts, url).await?;
    let (format, bytes) = prepare(&sent).map_err(|error| match error {
        PictureError::Truncated => FetchError::transient(error),
        PictureError::TooLarge | PictureError::NotAPicture | PictureError::Damaged => {
            FetchError::permanent(error)
        }
    })?;
    drop(sent);
    let fingerprint = if fingerprint {
        measured(&bytes, key)
    } else {
        None
    };
    let size = bytes.len() as u64;
    let metadata = HttpMetadata {
        content_type: Some(content_type(format).to_owned()),
        ..HttpMetadata::default()
    };
    let put = bucket.put(key, bytes).http_metadata(metadata).execute();
    let object = put.await.map_err(FetchError::transient)?;
    let object = object.ok_or_else(|| FetchError::transient("R2 stored no object"))?;
    Ok(Observation::PictureStored {
        format,
        bytes: size,
        etag: object.etag(),
        fingerprint,
    })
}

/// The fingerprint of a picture, which is stored all the same without one.
fn measured(bytes: &[u8], key: &str) -> Option<Fingerprint> {
    let cells = selfsame_thumbnail::cells(bytes).inspect_err(|error| {
        let detail = error.to_string();
        Line {
            level: Level::Warning,
            event: "no_fingerprint",
            subject: Some(key),
            detail: Some(&detail),
        }
        .write();
    });
    Fingerprint::from_cells(cells.ok()?)
}

async fn download(hosts: &DeliveryHosts, url: &str) -> Result<Vec<u8>, FetchError> {
    let limit = TimeLimit::new(DOWNLOAD_TIMEOUT);
    let response = fetch(hosts, url, &limit).await?;
    let bytes = provider::read(&response, MAX_PICTURE_BYTES).await;
    let bytes = bytes.map_err(|error| match error {
        ReadError::TooLarge => FetchError::permanent(PictureError::TooLarge),
        ReadError::Broken(error) => FetchError::transient(error),
    })?;
    limit.end();
    Ok(bytes)
}

/// The response to a GET of `url`, after redirects within the delivery hosts.
async fn fetch(
    hosts: &DeliveryHosts,
    url: &str,
    limit: &TimeLimit,
) -> Result<Response, FetchError> {
    let mut url = hosts.check(url).map_err(FetchError::permanent)?;
    for _ in 0..=MAX_REDIRECTS {
        let response = get(&url, limit).await.map_err(FetchError::transient)?;
        match response.status_code() {
            200 => return Ok(response),
            301 | 302 | 303 | 307 | 308 => {
                let target = target(&url, &response).map_err(FetchError::permanent)?;
                url = hosts.check(&target).map_err(FetchError::permanent)?;
            }
            status => {
                let kind = match status {
                    408 | 425 | 429 | 500..=599 => FetchFailure::Transient,
                    404 | 410 => FetchFailure::Absent,
                    _ => FetchFailure::Permanent,
                };
                let cause = format!("the file's host answered {status}");
                return Err(FetchError::new(kind, cause));
            }
        }
    }
    Err(FetchError::permanent(format!(
        "the file redirects more than {MAX_REDIRECTS} times"
    )))
}

async fn get(url: &DeliveryUrl, limit: &TimeLimit) -> Result<Response, Error> {
    let request = Request::new_with_init(url.as_str(), &provider::init(Method::Get))?;
    provider::send(request, limit).await
}

/// The URL that a redirect leads to.
fn target(from: &DeliveryUrl, response: &Response) -> Result<String, Error> {
    let location = response.headers().get("location")?.unwrap_or_default();
    Ok(Url::parse(from.as_str())?.join(&location)?.into())
}
