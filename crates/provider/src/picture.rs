//! What fetched bytes are, by the bytes themselves: a content type is only a claim.

use selfsame_prompt::parameters::OutputFormat;

/// Bytes of a picture that are fetched and stored at most: 25 MiB.
pub const MAX_PICTURE_BYTES: usize = 25 * 1024 * 1024;

/// Bytes at the end in which a format's end mark is looked for: encoders may write a little after it.
const TAIL: usize = 1_024;

/// The bytes are no picture that can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More than [`MAX_PICTURE_BYTES`] bytes.
    #[error("the file is larger than {MAX_PICTURE_BYTES} bytes")]
    TooLarge,
    /// Neither `WebP` nor JPEG nor PNG.
    #[error("the file is not WebP, JPEG or PNG")]
    NotAPicture,
    /// The beginning of a picture: the connection broke on the way. Worth fetching again.
    #[error("the file ends too early")]
    Truncated,
}

impl PictureError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotAPicture => "not_a_picture",
            Self::Truncated => "cut",
        }
    }
}

/// The format of a whole picture.
pub fn inspect(bytes: &[u8]) -> Result<OutputFormat, PictureError> {
    if bytes.len() > MAX_PICTURE_BYTES {
        return Err(PictureError::TooLarge);
    }
    let format = format_of(bytes).ok_or(PictureError::NotAPicture)?;
    if is_whole(format, bytes) {
        Ok(format)
    } else {
        Err(PictureError::Truncated)
    }
}

fn format_of(bytes: &[u8]) -> Option<OutputFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(OutputFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(OutputFormat::Jpg)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(OutputFormat::Webp)
    } else {
        None
    }
}

fn is_whole(format: OutputFormat, bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let ends_with_mark = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
    match format {
        OutputFormat::Png => ends_with_mark(b"IEND\xae\x42\x60\x82"),
        OutputFormat::Jpg => ends_with_mark(b"\xff\xd9"),
        OutputFormat::Webp => {
            // RIFF's length field counts what follows it.
            let declared = bytes.first_chunk::<8>().map_or(0, |head| {
                u32::from_le_bytes([head[4], head[5], head[6], head[7]])
            });
            bytes.len().saturating_sub(8) >= usize::try_from(declared).unwrap_or(usize::MAX)
        }
    }
}

/// The content type that the bytes are stored and served with.
#[must_use]
pub const fn content_type(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::Webp => "image/webp",
        OutputFormat::Jpg => "image/jpeg",
        OutputFormat::Png => "image/png",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IHDR....IEND\xae\x42\x60\x82";
    const JPG: &[u8] = b"\xff\xd8\xff\xe0....\xff\xd9";
    const WEBP: &[u8] = b"RIFF\x08\x00\x00\x00WEBPVP8 ";

    #[test]
    fn whole_pictures_are_known_by_their_bytes() {
        assert_eq!(inspect(PNG), Ok(OutputFormat::Png));
        assert_eq!(inspect(JPG), Ok(OutputFormat::Jpg));
        assert_eq!(inspect(WEBP), Ok(OutputFormat::Webp));
    }

    #[test]
    fn half_a_picture_is_not_stored() {
        for picture in [PNG, JPG, WEBP] {
            assert_eq!(
                inspect(&picture[..picture.len() - 1]),
                Err(PictureError::Truncated)
            );
        }
    }

    #[test]
    fn anything_else_is_no_picture() {
        for bytes in [
            &b""[..],
            b"<html>",
            b"GIF89a",
            b"RIFF\x00\x00\x00\x00WAVE",
            b"\x89PNG",
            b"{\"detail\":\"gone\"}",
        ] {
            assert_eq!(inspect(bytes), Err(PictureError::NotAPicture));
        }
    }

    #[test]
    fn a_picture_has_a_largest_size() {
        let mut bytes = JPG.to_vec();
        bytes.resize(MAX_PICTURE_BYTES + 1, 0);
        assert_eq!(inspect(&bytes), Err(PictureError::TooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), head in 0usize..4) {
            let mut all = [&b""[..], PNG, JPG, WEBP][head].to_vec();
            all.extend(bytes);
            let _ = inspect(&all);
        }
    }
}
