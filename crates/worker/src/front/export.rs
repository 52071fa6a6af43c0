//! `GET /api/me/export`: everything that a person has, as one tar archive.
//!
//! The archive is written while it is sent: the studio hands out one part at a time, and pictures pass through in the
//! store's own chunks, so that a large studio takes no more memory than a small one. The index comes last, because only
//! then it is known which pictures the store lacks. The `tar` crate writes the headers
//! alone, because its own writer does not wait for a slow client.

use std::collections::VecDeque;
use std::mem;

use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::{
    Export, ExportPlace, Exported, ExportedFile, ExportedPicture, LeftOut, LeftOutReason,
    export_index,
};
use worker::{Bucket, ByteStream, Error};

use super::context::RequestContext;
use super::session::Session;
use crate::http::ApiError;
use crate::http::response::written;

/// Bytes in a block of a tar archive.
const BLOCK: u64 = 512;
/// Two empty blocks end an archive.
const TRAILER: [u8; 1_024] = [0; 1_024];

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
    if method == Method::HEAD {
        return Ok(headers.into_response());
    }
    let archive = Archive {
        bucket: context.pictures()?,
        context,
        session,
        waiting: VecDeque::new(),
        picture: None,
        left_out: Vec::new(),
        next: NextPart::Index,
    };
    let chunks = stream::try_unfold(archive.with(first), Archive::chunk);
    written(headers.into_response(), chunks)
}

/// An archive that is being written.
struct Archive {
    context: RequestContext,
    session: Session,
    bucket: Bucket,
    /// Entries of the present part.
    waiting: VecDeque<Entry>,
    /// The picture that is being written, and the padding after it.
    picture: Option<(ByteStream, Vec<u8>)>,
    /// What the index will name as missing.
    left_out: Vec<LeftOut>,
    next: NextPart,
}

/// What follows the present part.
enum NextPart {
    /// A part of what the studio has, which begins here.
    Studio(ExportPlace),
    /// The index.
    Index,
    /// What ends an archive.
    Trailer,
    /// Nothing.
    None,
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
        self.left_out.extend(part.left_out);
        self.next = part.next.map_or(NextPart::Index, NextPart::Studio);
        self
    }

    /// The next bytes; `None` at the end.
    async fn chunk(mut self) -> Result<Option<(Vec<u8>, Self)>, Error> {
        loop {
            if let Some((mut bytes, padding)) = self.picture.take() {
                let Some(chunk) = bytes.next().await else {
                    return Ok(Some((padding, self)));
                };
                self.picture = Some((bytes, padding));
                return Ok(Some((chunk?, self)));
            }
            match self.waiting.pop_front() {
                Some(Entry::File(file)) => {
                    let size = file.text.len() as u64;
                    let mut bytes = header(&file.path, size, file.at)?;
                    bytes.extend(file.text.as_bytes());
                    bytes.extend(padding(size));
                    return Ok(Some((bytes, self)));
                }
                Some(Entry::Picture(picture)) => {
                    if let Some(header) = self.open(&picture).await? {
                        return Ok(Some((header, self)));
                    }
                }
                None => match mem::replace(&mut self.next, NextPart::None) {
                    NextPart::Studio(place) => {
                        let part = Export { place: Some(place) };
                        let part = self.session.ask(&self.context, part).await;
                        let part = part.map_err(|error| {
                            error.log(&self.context.id);
                            let code = error.code();
                            Error::RustError(format!("an export ended early: {}", code.as_str()))
                        })?;
                        self = self.with(part);
                    }
                    NextPart::Index => {
                        let index = export_index(self.context.at, &self.left_out)
                            .map_err(|error| Error::RustError(error.to_string()))?;
                        self.waiting.push_back(Entry::File(index));
                        self.next = NextPart::Trailer;
                    }
                    NextPart::Trailer => return Ok(Some((TRAILER.to_vec(), self))),
                    NextPart::None => return Ok(None),
                },
            }
        }
    }

    /// Opens a picture and returns its header; `None` if the store does not have it, which the index then says.
    async fn open(&mut self, picture: &ExportedPicture) -> Result<Option<Vec<u8>>, Error> {
        let found = self.bucket.get(&picture.key).execute().await?;
        let found = found
            .as_ref()
            .and_then(|object| Some((object.size(), object.body()?)));
        let Some((size, body)) = found else {
            self.left_out.push(LeftOut {
                path: picture.path.clone(),
                reason: LeftOutReason::Missing,
            });
            return Ok(None);
        };
        self.picture = Some((body.stream()?, padding(size)));
        header(&picture.path, size, picture.at).map(Some)
    }
}

/// The header of an entry.
fn header(path: &str, size: u64, at: Timestamp) -> Result<Vec<u8>, Error> {
    let mut header = tar::Header::new_ustar();
    header.set_path(path)?;
    header.set_entry_type(tar::EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size);
    header.set_mtime(u64::try_from(at.as_millisecond() / 1_000).unwrap_or(0));
    header.set_cksum();
    Ok(header.as_bytes().to_vec())
}

/// The bytes that fill the last block of an entry.
fn padding(size: u64) -> Vec<u8> {
    let last = size.next_multiple_of(BLOCK) - size;
    vec![0; usize::try_from(last).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end_with_their_block() {
        let padding = [0, 1, 511, 512, 513].map(|size| padding(size).len());
        assert_eq!(padding, [0, 511, 1, 0, 511]);
    }

    #[test]
    fn a_header_names_the_file_its_size_and_its_time() {
        let at = Timestamp::from_millisecond(1_800_000_000_999);
        let bytes = header("pictures/pic_1.webp", 1_234, at).expect("a header");
        assert_eq!(bytes.len() as u64, BLOCK);
        let header = tar::Header::from_byte_slice(&bytes);
        assert_eq!(
            header.path().expect("a path").to_str(),
            Some("pictures/pic_1.webp")
        );
        assert_eq!(header.size().expect("a size"), 1_234);
        assert_eq!(header.mtime().expect("a time"), 1_800_000_000);
    }
}
