//! Checks fetched bytes and makes them ready to be stored. Their format shows in the bytes themselves, since a content
//! type is only a claim.

use selfsame_prompt::parameters::OutputFormat;
use selfsame_recipe::picture;

/// Bytes of a picture that are fetched and stored at most: 25 MiB.
pub const MAX_PICTURE_BYTES: usize = 25 * 1024 * 1024;

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
    /// The file's structure is broken.
    #[error("the file's structure is broken")]
    Damaged,
}

/// The picture as it is stored, with its format: marked as generated, and without anybody's notes, which may tell the
/// prompt or the LoRA to whoever gets the file.
///
/// The structure is read, the picture's data is not decoded.
///
/// # Errors
/// The bytes are not a complete picture of at most [`MAX_PICTURE_BYTES`].
pub fn prepare(bytes: &[u8]) -> Result<(OutputFormat, Vec<u8>), PictureError> {
    if bytes.len() > MAX_PICTURE_BYTES {
        return Err(PictureError::TooLarge);
    }
    let format = picture::format(bytes)?;
    Ok((format, picture::bare(bytes)?))
}

impl From<picture::PictureError> for PictureError {
    fn from(error: picture::PictureError) -> Self {
        match error {
            picture::PictureError::NotAPicture => Self::NotAPicture,
            picture::PictureError::Truncated => Self::Truncated,
            _ => Self::Damaged,
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

    const PNG: &[u8] = include_bytes!("../../../tests/fixtures/pictures/plain.png");
    const JPG: &[u8] = include_bytes!("../../../tests/fixtures/pictures/plain.jpg");
    const WEBP: &[u8] = include_bytes!("../../../tests/fixtures/pictures/lossy.webp");

    #[test]
    fn a_complete_picture_is_recognised_by_its_bytes_and_marked() {
        for (file, expected) in [
            (PNG, OutputFormat::Png),
            (JPG, OutputFormat::Jpg),
            (WEBP, OutputFormat::Webp),
        ] {
            let (format, stored) = prepare(file).unwrap();
            assert_eq!(format, expected);
            let text = String::from_utf8_lossy(&stored);
            assert!(text.contains("/trainedAlgorithmicMedia<"));
        }
    }

    #[test]
    fn a_providers_notes_are_not_stored() {
        const TEXTS: &[u8] = include_bytes!("../../../tests/fixtures/pictures/texts.png");
        const EXIF: &[u8] = include_bytes!("../../../tests/fixtures/pictures/exif.jpg");
        const XMP: &[u8] = include_bytes!("../../../tests/fixtures/pictures/xmp.webp");
        for (file, note) in [(TEXTS, "hello"), (EXIF, "a picture"), (XMP, "dc:source")] {
            let has_note = |file: &[u8]| String::from_utf8_lossy(file).contains(note);
            let (_, stored) = prepare(file).unwrap();
            assert!(has_note(file) && !has_note(&stored), "{note}");
        }
    }

    #[test]
    fn an_incomplete_picture_is_truncated() {
        for picture in [PNG, JPG, WEBP] {
            let cut = &picture[..picture.len() - 1];
            assert_eq!(prepare(cut), Err(PictureError::Truncated));
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
            assert_eq!(prepare(bytes), Err(PictureError::NotAPicture));
        }
        let broken = b"\x89PNG\r\n\x1a\n\0\0\0\0I\0DR\0\0\0\0";
        assert_eq!(prepare(broken), Err(PictureError::Damaged));
    }

    #[test]
    fn a_file_has_at_most_25_mib_and_its_padding_is_not_stored() {
        let of_size = |size: usize| {
            let mut bytes = JPG.to_vec();
            bytes.resize(size, 0);
            prepare(&bytes)
        };
        assert_eq!(of_size(25 * 1_048_576), prepare(JPG));
        assert_eq!(of_size(25 * 1_048_576 + 1), Err(PictureError::TooLarge));
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
            let _ = prepare(&all);
        }
    }
}
