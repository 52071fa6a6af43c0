//! Uploaded files.

use std::sync::Mutex;

use axum::body::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock;
use crate::job::Listed;
use crate::lock;

mod signature;
mod upload;

pub use signature::sign_download;
pub(crate) use upload::Upload;

/// A file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// 26 letters and digits.
    pub(crate) id: String,
    /// The position in the order of creation, from 0.
    pub(crate) number: u64,
    pub(crate) upload: Upload,
    pub(crate) created_at: Timestamp,
    /// When it is removed.
    pub(crate) expires_at: Timestamp,
}

impl File {
    /// Its bytes.
    pub(crate) fn content(&self) -> Bytes {
        self.upload.content.clone()
    }
}

impl Listed for File {
    const PATH: &'static str = "files";

    fn number(&self) -> u64 {
        self.number
    }

    fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// The object in a list is the whole one. `name` and `etag` are not in the published description, but an official
    /// client requires them.
    fn listed(&self, origin: &str) -> Value {
        let digest = Sha256::digest(&self.upload.content);
        let sha256 = digest
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        json!({
            "id": self.id,
            "name": self.upload.name,
            "content_type": self.upload.content_type,
            "size": self.upload.content.len(),
            "etag": sha256,
            "checksums": { "sha256": sha256 },
            "metadata": self.upload.metadata,
            "created_at": clock::iso(self.created_at),
            "expires_at": clock::iso(self.expires_at),
            "urls": { "get": format!("{origin}/v1/files/{}", self.id) },
        })
    }
}

/// All files, in order of creation.
#[derive(Debug, Default)]
pub(crate) struct Files(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    files: Vec<File>,
    /// How many were ever added.
    added: u64,
}

impl Files {
    /// Adds and numbers a file.
    pub(crate) fn insert(&self, mut file: File) -> File {
        let mut inner = lock(&self.0);
        file.number = inner.added;
        inner.added += 1;
        inner.files.push(file.clone());
        file
    }

    /// Copies the files that have not expired at `now`, oldest first.
    pub(crate) fn all(&self, now: Timestamp) -> Vec<File> {
        let mut inner = lock(&self.0);
        inner.files.retain(|file| file.expires_at > now);
        inner.files.clone()
    }

    /// Copies a file.
    pub(crate) fn get(&self, id: &str, now: Timestamp) -> Option<File> {
        self.all(now).into_iter().find(|file| file.id == id)
    }

    /// Removes a file. Returns whether there was one.
    pub(crate) fn remove(&self, id: &str, now: Timestamp) -> bool {
        let mut inner = lock(&self.0);
        inner.files.retain(|file| file.expires_at > now);
        let before = inner.files.len();
        inner.files.retain(|file| file.id != id);
        inner.files.len() < before
    }
}
