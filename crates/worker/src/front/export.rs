//! `GET /api/me/export`: everything that a person has, as one tar archive.
//!
//! The archive is written while it is sent: the studio hands out one part at a time, and pictures pass through in the
//! store's own chunks, so that a large studio takes no more memory than a small one. The `tar` crate writes the headers
//! alone, because its own writer does not wait for a slow client.

use std::collections::VecDeque;

use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::{Export, ExportPlace, Exported, ExportedFile, ExportedPicture};
use worker::send::SendWrapper;
use worker::{Bucket, ByteStream, Error, ResponseBody};

use super::context::RequestContext;
use super::session::Session;
use crate::http::ApiError;
use crate::http::response::Streamed;

/// Bytes in a block of a tar archive.
const BLOCK: usize = 512;

/// The archive, as a download.
#[worker::send]
pub(super) async fn archive(
    context: RequestContext,
    session: Session,
    method: Method,
) -> Result<Response, ApiError> {
    // The first part is asked for before the response begins, so that a session that has ended is refused.
    let first = session.ask(&context, Export { place: None }).await?;
    let day: String = context.at.to_string().chars().take(10).collect();
    let name = format!("attachment; filename=\"selfsame-{day}.tar\"");
    let headers = [
        (header::CONTENT_TYPE, "application/x-tar".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let mut response = headers.into_response();
    if method != Method::HEAD {
        let archive = Archive {
            bucket: context.pictures()?,
            context,
            session,
            waiting: VecDeque::new(),
            picture: None,
            next: None,
            ended: false,
        };
        let chunks = stream::try_unfold(archive.with(first), Archive::chunk);
        let body = worker::Response::from_stream(chunks.boxed_local())?
            .into_parts()
            .1;
        let ResponseBody::Stream(body) = body else {
            return Err(ApiError::internal("a stream became another body"));
        };
        response
            .extensions_mut()
            .insert(Streamed(SendWrapper::new(body)));
    }
    Ok(response)
}

/// An archive that is being written.
struct Archive {
    context: RequestContext,
    session: Session,
    bucket: Bucket,
    /// Entries of the present part.
    waiting: VecDeque<Entry>,
    /// The picture that is being written, and the padding after it.
    picture: Option<(ByteStream, usize)>,
    /// Where the next part begins.
    next: Option<ExportPlace>,
    ended: bool,
}

enum Entry {
    File(ExportedFile),
    Picture(ExportedPicture),
}

impl Archive {
    fn with(mut self, part: Exported) -> Self {
        let files = part.files.into_iter().map(Entry::File);
        let pictures = part.pictures.into_iter().map(Entry::Picture);
        self.waiting.extend(files.chain(pictures));
        self.next = part.next;
        self
    }

    /// The next bytes; `None` at the end.
    async fn chunk(mut self) -> Result<Option<(Vec<u8>, Self)>, Error> {
        loop {
            if let Some((bytes, padding)) = &mut self.picture {
                if let Some(chunk) = bytes.next().await {
                    return Ok(Some((chunk?, self)));
                }
                let padding = vec![0; *padding];
                self.picture = None;
                return Ok(Some((padding, self)));
            }
            match self.waiting.pop_front() {
                Some(Entry::File(file)) => {
                    let mut bytes = header(&file.path, file.text.len(), file.at)?;
                    bytes.extend(file.text.as_bytes());
                    bytes.resize(bytes.len() + padding(file.text.len()), 0);
                    return Ok(Some((bytes, self)));
                }
                Some(Entry::Picture(picture)) => {
                    if let Some(header) = self.open(&picture).await? {
                        return Ok(Some((header, self)));
                    }
                }
                None => match self.next.take() {
                    Some(place) => {
                        let part = Export { place: Some(place) };
                        let part = self.session.ask(&self.context, part).await;
                        let part = part.map_err(|error| {
                            error.log(&self.context.id);
                            Error::RustError(format!(
                                "an export ended early: {}",
                                error.code().as_str()
                            ))
                        })?;
                        self = self.with(part);
                    }
                    None if self.ended => return Ok(None),
                    None => {
                        self.ended = true;
                        // Two empty blocks end an archive.
                        return Ok(Some((vec![0; 2 * BLOCK], self)));
                    }
                },
            }
        }
    }

    /// Opens a picture and returns its header; `None` if it was deleted for good since its part was written.
    async fn open(&mut self, picture: &ExportedPicture) -> Result<Option<Vec<u8>>, Error> {
        let Some(object) = self.bucket.get(&picture.key).execute().await? else {
            return Ok(None);
        };
        let size = usize::try_from(object.size())
            .map_err(|_| Error::RustError(format!("{} is too large", picture.key)))?;
        let Some(body) = object.body() else {
            return Ok(None);
        };
        self.picture = Some((body.stream()?, padding(size)));
        header(&picture.path, size, picture.at).map(Some)
    }
}

/// The header of an entry.
fn header(path: &str, size: usize, at: Timestamp) -> Result<Vec<u8>, Error> {
    let mut header = tar::Header::new_ustar();
    header.set_path(path)?;
    header.set_entry_type(tar::EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size as u64);
    header.set_mtime(u64::try_from(at.as_millisecond() / 1_000).unwrap_or(0));
    header.set_cksum();
    Ok(header.as_bytes().to_vec())
}

/// The bytes that fill the last block of an entry.
const fn padding(size: usize) -> usize {
    size.next_multiple_of(BLOCK) - size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end_with_their_block() {
        assert_eq!([0, 1, 511, 512, 513].map(padding), [0, 511, 1, 0, 511]);
    }

    #[test]
    fn a_header_names_the_file_its_size_and_its_time() {
        let at = Timestamp::from_millisecond(1_800_000_000_999);
        let bytes = header("pictures/pic_1.webp", 1_234, at).expect("a header");
        assert_eq!(bytes.len(), BLOCK);
        let header = tar::Header::from_byte_slice(&bytes);
        assert_eq!(
            header.path().expect("a path").to_str(),
            Some("pictures/pic_1.webp")
        );
        assert_eq!(header.size().expect("a size"), 1_234);
        assert_eq!(header.mtime().expect("a time"), 1_800_000_000);
    }
}
