//! Recognises the format of fetched bytes from the bytes themselves, since a content type is only a claim.

use selfsame_prompt::parameters::OutputFormat;

/// Bytes of a picture that are fetched and stored at most: 25 MiB.
pub const MAX_PICTURE_BYTES: usize = 25 * 1024 * 1024;

/// Bytes at the end of a file in which its end marker is searched, because encoders may write a little after it.
const TAIL_BYTES: usize = 1_024;

/// The bytes are not a picture that can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// More than [`MAX_PICTURE_BYTES`] bytes.
    #[error("the file is larger than {MAX_PICTURE_BYTES} bytes")]
    TooLarge,
    /// Neither `WebP` nor JPEG nor PNG.
    #[error("the file is not WebP, JPEG or PNG")]
    NotAPicture,
    /// The beginning of a picture, as after a lost connection. Fetching it again may help.
    #[error("the file ends too early")]
    Truncated,
}

/// Returns the format of a complete picture of at most [`MAX_PICTURE_BYTES`].
pub fn inspect(bytes: &[u8]) -> Result<OutputFormat, PictureError> {
    if bytes.len() > MAX_PICTURE_BYTES {
        return Err(PictureError::TooLarge);
    }
    let format = format_of(bytes).ok_or(PictureError::NotAPicture)?;
    if is_complete(format, bytes) {
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

fn is_complete(format: OutputFormat, bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL_BYTES)..];
    let has_end_marker = |marker: &[u8]| tail.windows(marker.len()).any(|window| window == marker);
    match format {
        OutputFormat::Png => has_end_marker(b"IEND\xae\x42\x60\x82"),
        OutputFormat::Jpg => has_end_marker(b"\xff\xd9"),
        OutputFormat::Webp => {
            // RIFF's length field counts the bytes that follow it.
            let declared = bytes.first_chunk::<8>().map_or(0, |head| {
                u32::from_le_bytes([head[4], head[5], head[6], head[7]])
            });
            bytes.len().saturating_sub(8) >= usize::try_from(declared).unwrap_or(usize::MAX)
        }
    }
}

/// The content type with which a picture is stored and served.
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
    fn a_complete_picture_is_recognised_by_its_bytes() {
        assert_eq!(inspect(PNG), Ok(OutputFormat::Png));
        assert_eq!(inspect(JPG), Ok(OutputFormat::Jpg));
        assert_eq!(inspect(WEBP), Ok(OutputFormat::Webp));
    }

    #[test]
    fn an_incomplete_picture_is_truncated() {
        for picture in [PNG, JPG, WEBP] {
            assert_eq!(
                inspect(&picture[..picture.len() - 1]),
                Err(PictureError::Truncated)
            );
        }
    }

    #[test]
    fn other_bytes_are_not_a_picture() {
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
    fn a_picture_has_at_most_25_mib() {
        let of_size = |size: usize| {
            let mut bytes = JPG.to_vec();
            bytes.resize(size - 2, 0);
            bytes.extend(b"\xff\xd9");
            inspect(&bytes)
        };
        assert_eq!(of_size(25 * 1_048_576), Ok(OutputFormat::Jpg));
        assert_eq!(of_size(25 * 1_048_576 + 1), Err(PictureError::TooLarge));
    }

    #[test]
    fn the_end_marker_may_be_followed_by_at_most_1022_bytes() {
        let followed_by = |count: usize| {
            let mut bytes = JPG.to_vec();
            bytes.resize(JPG.len() + count, 0);
            inspect(&bytes)
        };
        assert_eq!(followed_by(1_022), Ok(OutputFormat::Jpg));
        assert_eq!(followed_by(1_023), Err(PictureError::Truncated));
    }

    #[test]
    fn each_format_has_its_content_type() {
        for (format, expected) in [
            (OutputFormat::Webp, "image/webp"),
            (OutputFormat::Jpg, "image/jpeg"),
            (OutputFormat::Png, "image/png"),
        ] {
            assert_eq!(content_type(format), expected);
        }
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
