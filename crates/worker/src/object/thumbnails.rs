//! Makes a picture's smaller versions: reads it from the picture store, decodes it in this object, and stores the JPEGs.
//! docs/adr/0012-thumbnails.md says why here.

use selfsame_provider::redact::Cause;
use selfsame_studio::{FetchFailure, Observation, Thumbnail, ThumbnailSize};
use selfsame_thumbnail::{ThumbnailError, make};
use worker::{Bucket, Error, HttpMetadata};

/// Nothing was made, or not all of it was stored.
enum Failure {
    /// The store failed.
    Store(Error),
    /// The store does not have the picture.
    Missing,
    /// The picture has no smaller versions.
    Picture(ThumbnailError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Makes the versions of the picture at `key`, and stores each under the key of its size.
pub(super) async fn store(
    bucket: &Bucket,
    key: &str,
    into: &[(ThumbnailSize, String)],
) -> Observation {
    let (kind, cause) = match try_store(bucket, key, into).await {
        Ok(made) => return Observation::ThumbnailsMade(made),
        Err(Failure::Store(error)) => (FetchFailure::Transient, error.to_string()),
        Err(Failure::Missing) => (FetchFailure::Absent, "no such object".to_owned()),
        Err(Failure::Picture(error)) => (FetchFailure::Permanent, error.to_string()),
    };
    failed(kind, Cause::new(cause))
}

/// Reports that no smaller version was made.
pub(super) const fn failed(kind: FetchFailure, cause: Cause) -> Observation {
    Observation::ThumbnailsFailed { kind, cause }
}

async fn try_store(
    bucket: &Bucket,
    key: &str,
    into: &[(ThumbnailSize, String)],
) -> Result<Vec<Thumbnail>, Failure> {
    let object = bucket.get(key).execute().await?.ok_or(Failure::Missing)?;
    let body = object.body().ok_or(Failure::Missing)?;
    let picture = body.bytes().await?;
    let sides: Vec<u32> = into.iter().map(|(size, _)| size.side()).collect();
    let made = make(&picture, &sides).map_err(Failure::Picture)?;
    drop(picture);
    let mut stored = Vec::with_capacity(made.len());
    for selfsame_thumbnail::Thumbnail { side, bytes } in made {
        let Some((size, key)) = into.iter().find(|(size, _)| size.side() == side) else {
            continue;
        };
        let length = bytes.len() as u64;
        let metadata = HttpMetadata {
            content_type: Some("image/jpeg".to_owned()),
            ..HttpMetadata::default()
        };
        let put = bucket.put(key, bytes).http_metadata(metadata).execute();
        let object = put.await?;
        let object = object.ok_or_else(|| Error::RustError("R2 stored no object".to_owned()))?;
        stored.push(Thumbnail {
            size: *size,
            bytes: length,
            etag: object.etag(),
        });
    }
    Ok(stored)
}
