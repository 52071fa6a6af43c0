//! Writing a picture in the format asked for.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ImageResult, RgbImage};

/// The formats that the models offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Webp,
    Jpg,
    Png,
}

impl Format {
    /// By its name in `output_format`; WebP is the models' default.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "jpg" => Self::Jpg,
            "png" => Self::Png,
            _ => Self::Webp,
        }
    }

    /// Value of the `Content-Type` header.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// Encodes; `quality` (0 to 100) matters for JPEG only: PNG has none, and the WebP encoder is lossless.
pub(super) fn encode(picture: &RgbImage, format: Format, quality: u64) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    match format {
        Format::Webp => picture.write_with_encoder(WebPEncoder::new_lossless(&mut bytes)),
        Format::Png => picture.write_with_encoder(PngEncoder::new(&mut bytes)),
        Format::Jpg => {
            let quality = u8::try_from(quality.clamp(1, 100)).unwrap_or(100);
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        }
    }?;
    Ok(bytes.into_inner())
}
