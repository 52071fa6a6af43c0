//! A ZIP archive that is sent while it is written. Files are stored as they are, because pictures are compressed already;
//! the length and the checksum of each follow its data, so nothing has to be known before it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use futures_channel::mpsc::Sender;
use futures_util::{SinkExt, Stream, StreamExt, stream};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use selfsame_primitives::time::Timestamp;
use worker::Error;

/// A file of its owner alone. Without permissions `unzip` would take the names for those of an older system.
const PERMISSIONS: u32 = 0o600;

/// An archive whose chunks go to a channel. Each waits until the channel takes it.
pub(super) struct Zip {
    writer: ZipArchiveWriter<Written>,
    written: Written,
    chunks: Sender<Vec<u8>>,
}

/// What was written and not sent yet.
#[derive(Debug, Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Zip {
    /// An empty archive.
    pub(super) fn new(chunks: Sender<Vec<u8>>) -> Self {
        let written = Written::default();
        Self {
            writer: ZipArchiveWriter::new(written.clone()),
            written,
            chunks,
        }
    }

    /// Adds a file with these bytes.
    pub(super) async fn copy(
        &mut self,
        name: &str,
        at: Timestamp,
        mut bytes: impl Stream<Item = Result<Vec<u8>, Error>> + Unpin,
    ) -> Result<(), Error> {
        let at = UtcDateTime::from_unix(at.as_millisecond() / 1_000);
        let file = self
            .writer
            .new_file(name)
            .last_modified(at)
            .unix_permissions(PERMISSIONS)
            .compression_method(CompressionMethod::STORE)
            .start();
        let (mut file, config) = file.map_err(|error| unwritten(&error))?;
        let mut data = config.wrap(&mut file);
        while let Some(chunk) = bytes.next().await {
            data.write_all(&chunk?)?;
            send(&mut self.chunks, &self.written).await?;
        }
        let (_, descriptor) = data.finish().map_err(|error| unwritten(&error))?;
        let end = file.finish(descriptor);
        end.map_err(|error| unwritten(&error))?;
        send(&mut self.chunks, &self.written).await
    }

    /// Adds a file with this text.
    pub(super) async fn add(&mut self, name: &str, at: Timestamp, text: &str) -> Result<(), Error> {
        let bytes = stream::iter([Ok(text.as_bytes().to_vec())]);
        self.copy(name, at, bytes).await
    }

    /// Ends the archive with its table of contents.
    pub(super) async fn finish(mut self) -> Result<(), Error> {
        let end = self.writer.finish();
        end.map_err(|error| unwritten(&error))?;
        send(&mut self.chunks, &self.written).await
    }
}

async fn send(chunks: &mut Sender<Vec<u8>>, written: &Written) -> Result<(), Error> {
    let chunk = written.0.take();
    let sent = chunks.send(chunk).await;
    sent.map_err(|_| Error::RustError("the client went away".to_owned()))
}

fn unwritten(error: &rawzip::Error) -> Error {
    Error::RustError(format!("the archive could not be written: {error}"))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use futures_channel::mpsc;
    use futures_util::FutureExt as _;
    use futures_util::future::join;

    use super::*;

    const AT: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

    fn archive(files: &'static [(&str, &[&str])]) -> Vec<Vec<u8>> {
        let (chunks, receiver) = mpsc::channel(0);
        let write = async move {
            let mut zip = Zip::new(chunks);
            for (name, parts) in files {
                let parts = parts.iter().map(|part| Ok(part.as_bytes().to_vec()));
                zip.copy(name, AT, stream::iter(parts)).await?;
            }
            zip.finish().await
        };
        let mut both = pin!(join(write, receiver.collect()));
        let mut context = Context::from_waker(Waker::noop());
        let (written, chunks) = loop {
            // The two wait for each other alone.
            if let Poll::Ready(ended) = both.as_mut().poll(&mut context) {
                break ended;
            }
        };
        written.expect("an archive");
        chunks
    }

    #[test]
    fn files_are_stored_as_they_are_and_in_order() {
        let bytes = archive(&[("a.txt", &["one ", "two"]), ("b-é.txt", &[])]).concat();
        let archive = rawzip::ZipArchive::from_slice(&bytes).expect("an archive");
        let mut found = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().expect("an entry") {
            assert_eq!(entry.compression_method(), CompressionMethod::STORE);
            let name = String::from_utf8(entry.file_path().as_ref().to_vec()).expect("a name");
            let data = archive.get_entry(entry.wayfinder()).expect("its data");
            found.push((name, String::from_utf8(data.data().to_vec()).expect("text")));
        }
        let expected = [("a.txt", "one two"), ("b-é.txt", "")];
        assert_eq!(
            found,
            expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn each_chunk_of_a_file_is_a_chunk_of_the_archive() {
        let chunks = archive(&[("a.txt", &["one ", "two"])]);
        let ends: Vec<_> = chunks
            .iter()
            .map(|chunk| chunk.ends_with(b"one "))
            .collect();
        assert_eq!(ends, [true, false, false, false]);
        assert_eq!(chunks[1], b"two");
    }

    #[test]
    fn an_archive_that_nobody_takes_is_not_written_further() {
        let (chunks, receiver) = mpsc::channel(0);
        drop(receiver);
        let mut zip = Zip::new(chunks);
        let added = zip.add("a.txt", AT, "text").now_or_never().expect("an end");
        assert!(added.is_err());
    }
}
