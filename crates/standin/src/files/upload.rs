//! The multipart body of an upload.

use axum::body::{Body, Bytes};
use multer::{Multipart, parse_boundary};
use serde_json::{Value, json};

/// Bytes of a file's name at most.
const MAX_NAME: usize = 255;

/// What a client uploads.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) content: Bytes,
    pub(crate) name: String,
    pub(crate) content_type: String,
    /// A JSON object.
    pub(crate) metadata: Value,
}

/// Why an upload is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UploadError {
    /// The body is not multipart.
    #[error("Invalid multipart body: {0}")]
    Multipart(#[from] multer::Error),
    /// The metadata is not JSON.
    #[error("metadata must be valid JSON: {0}")]
    Metadata(#[from] serde_json::Error),
    /// The metadata is not an object.
    #[error("metadata must be a JSON object")]
    MetadataType,
    /// There is no content.
    #[error("content is required")]
    Content,
    /// The name is missing or too long.
    #[error("filename is required and has at most 255 bytes")]
    Name,
}

impl Upload {
    /// Parses a body. The name and the type may be fields of their own or come with the content, as clients send them.
    pub(crate) async fn parse(content_type: &str, body: Bytes) -> Result<Self, UploadError> {
        let boundary = parse_boundary(content_type)?;
        let mut parts = Multipart::new(Body::from(body).into_data_stream(), boundary);
        let (mut content, mut name, mut kind, mut metadata) = (None, None, None, None);
        while let Some(part) = parts.next_field().await? {
            match part.name() {
                Some("content") => {
                    name = name.or_else(|| part.file_name().map(ToOwned::to_owned));
                    kind = kind.or_else(|| part.content_type().map(ToString::to_string));
                    content = Some(part.bytes().await?);
                }
                Some("filename") => name = Some(part.text().await?),
                Some("type") => kind = Some(part.text().await?),
                Some("metadata") => {
                    metadata = Some(serde_json::from_slice(&part.bytes().await?)?);
                }
                _ => {}
            }
        }
        let metadata: Value = metadata.unwrap_or_else(|| json!({}));
        if !metadata.is_object() {
            return Err(UploadError::MetadataType);
        }
        Ok(Self {
            content: content.ok_or(UploadError::Content)?,
            name: name
                .filter(|name| (1..=MAX_NAME).contains(&name.len()))
                .ok_or(UploadError::Name)?,
            content_type: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
            metadata,
        })
    }
}
