//! `POST /api/pictures/archive`: chosen pictures as one ZIP archive.
//!
//! The archive is written while it is sent, like the [export](super::export): pictures pass through in the store's own
//! chunks and are not compressed a second time. A picture that the store lacks is named in a last file.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_channel::mpsc;
use futures_util::{StreamExt, future, stream};
use selfsame_api::{ArchiveRequest, Selection};
use selfsame_primitives::text::plural;
use selfsame_studio::{ArchivePart, ArchivePictures, ArchivedPicture};
use worker::{Bucket, Error};

use super::context::RequestContext;
use super::session::Session;
use super::zip::Zip;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::response::written;

/// The file that names the pictures that the store lacks.
const MISSING: &str = "missing.txt";

/// The archive, as a download.
#[worker::send]
pub(super) async fn pictures(
    context: RequestContext,
    session: Session,
    Json(wanted): Json<ArchiveRequest>,
) -> Result<Response, ApiError> {
    // The first part is asked for before the response begins, so that a selection that cannot be had is refused.
    let recipes = wanted.recipes;
    let first = ArchivePictures { wanted, after: 0 };
    let first = session.ask(&context, first).await?;
    let day: String = context.at.to_string().chars().take(10).collect();
    let name = format!("attachment; filename=\"selfsame-{day}.zip\"");
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let (chunks, receiver) = mpsc::channel(0);
    let archive = Archive {
        bucket: context.pictures()?,
        zip: Zip::new(chunks),
        context,
        session,
        recipes,
    };
    // The archive is written as fast as the client takes it: a chunk waits until the one before it is taken.
    let ended = stream::once(archive.write(first));
    let failures = ended.filter_map(|result| future::ready(result.err().map(Err)));
    let chunks = stream::select(receiver.map(Ok), failures);
    written(headers.into_response(), chunks)
}

struct Archive {
    context: RequestContext,
    session: Session,
    bucket: Bucket,
    recipes: bool,
    zip: Zip,
}

impl Archive {
    async fn write(mut self, mut part: ArchivePart) -> Result<(), Error> {
        let mut missing = Vec::new();
        let mut after = 0;
        loop {
            after += part.pictures.len();
            for picture in part.pictures {
                if let Some((name, recipe)) = &picture.recipe {
                    self.zip.add(name, picture.at, recipe).await?;
                }
                if !self.copy(&picture).await? {
                    missing.push(picture.name);
                }
            }
            if part.rest.is_empty() {
                break;
            }
            let wanted = ArchiveRequest {
                pictures: Selection::Ids(part.rest),
                recipes: self.recipes,
            };
            let next = ArchivePictures { wanted, after };
            part = self
                .session
                .ask(&self.context, next)
                .await
                .map_err(|error| {
                    error.log(&self.context.id);
                    let code = error.code();
                    Error::RustError(format!("an archive ended early: {}", code.as_str()))
                })?;
        }
        if !missing.is_empty() {
            let count = u32::try_from(missing.len()).unwrap_or(u32::MAX);
            let count = plural(count, "picture");
            let text = format!(
                "{count} could not be found any more:\n{}\n",
                missing.join("\n")
            );
            self.zip.add(MISSING, self.context.at, &text).await?;
        }
        self.zip.finish().await
    }

    /// Copies a picture from the store; false if the store does not have it.
    async fn copy(&mut self, picture: &ArchivedPicture) -> Result<bool, Error> {
        let found = self.bucket.get(&picture.key).execute().await?;
        let Some(body) = found.as_ref().and_then(worker::Object::body) else {
            return Ok(false);
        };
        let bytes = body.stream()?;
        self.zip.copy(&picture.name, picture.at, bytes).await?;
        Ok(true)
    }
}
