//! Pictures from the provider into the store.
//!
//! A file is fetched from delivery hosts only, its redirects included, and held in memory whole before it is
//! stored: the store wants to know the length, its type shows in the bytes, and half a file must never look like a
//! picture. That is at most 25 MiB (twice, while it is handed over), so pictures come one after the other.

use selfsame_provider::delivery::{DeliveryHosts, DeliveryUrl};
use selfsame_provider::picture::{MAX_PICTURE_BYTES, PictureError, content_type, inspect};
use selfsame_provider::redact::Cause;
use selfsame_studio::Observation;
use worker::{Bucket, Error, HttpMetadata, Method, Request, Response, Url};

use crate::provider::{self, ReadError};

/// Milliseconds that one file may take. Six of them one after the other stay below a fetch's lease.
const TIMEOUT: u32 = 28_000;
/// Redirects that are followed, each to a delivery host.
const MOST_REDIRECTS: usize = 3;

/// Nothing was stored.
struct Failed {
    retryable: bool,
    cause: Cause,
}

impl Failed {
    fn for_good(cause: impl std::fmt::Display) -> Self {
        Self {
            retryable: false,
            cause: Cause::new(cause.to_string()),
        }
    }

    fn for_now(cause: impl std::fmt::Display) -> Self {
        Self {
            retryable: true,
            cause: Cause::new(cause.to_string()),
        }
    }
}

/// Copies the file at `url` into the store under `key`.
pub async fn copy(hosts: &DeliveryHosts, bucket: &Bucket, url: &str, key: &str) -> Observation {
    match try_copy(hosts, bucket, url, key).await {
        Ok(stored) => stored,
        Err(Failed { retryable, cause }) => Observation::PictureFailed { retryable, cause },
    }
}

async fn try_copy(
    hosts: &DeliveryHosts,
    bucket: &Bucket,
    url: &str,
    key: &str,
) -> Result<Observation, Failed> {
    let mut response = fetch(hosts, url).await?;
    let bytes = provider::read(&mut response, MAX_PICTURE_BYTES).await;
    let bytes = bytes.map_err(|error| match error {
        ReadError::TooLarge => Failed::for_good(PictureError::TooLarge),
        ReadError::Broken(error) => Failed::for_now(error),
    })?;
    let format = inspect(&bytes).map_err(|error| match error {
        PictureError::Truncated => Failed::for_now(error),
        PictureError::TooLarge | PictureError::NotAPicture => Failed::for_good(error),
    })?;
    let size = bytes.len() as u64;
    let metadata = HttpMetadata {
        content_type: Some(content_type(format).to_owned()),
        ..HttpMetadata::default()
    };
    let put = bucket.put(key, bytes).http_metadata(metadata).execute();
    let object = put.await.map_err(Failed::for_now)?;
    let object = object.ok_or_else(|| Failed::for_now("the store took nothing"))?;
    Ok(Observation::PictureStored {
        format,
        bytes: size,
        etag: object.etag(),
    })
}

/// The answer to a GET of `url`, redirects followed within the delivery hosts.
async fn fetch(hosts: &DeliveryHosts, url: &str) -> Result<Response, Failed> {
    let mut url = hosts.check(url).map_err(Failed::for_good)?;
    for _ in 0..=MOST_REDIRECTS {
        let response = get(&url).await.map_err(Failed::for_now)?;
        match response.status_code() {
            200 => return Ok(response),
            301 | 302 | 303 | 307 | 308 => {
                let target = target(&url, &response).map_err(Failed::for_good)?;
                url = hosts.check(&target).map_err(Failed::for_good)?;
            }
            status @ (408 | 425 | 429 | 500..=599) => {
                return Err(Failed::for_now(format!("the file answered {status}")));
            }
            status => return Err(Failed::for_good(format!("the file answered {status}"))),
        }
    }
    Err(Failed::for_good("the file redirects too often"))
}

async fn get(url: &DeliveryUrl) -> Result<Response, Error> {
    let request = Request::new_with_init(url.as_str(), &provider::init(Method::Get))?;
    provider::send(request, TIMEOUT).await
}

fn target(from: &DeliveryUrl, response: &Response) -> Result<String, Error> {
    let location = response.headers().get("location")?.unwrap_or_default();
    Ok(Url::parse(from.as_str())?.join(&location)?.into())
}
