//! Smaller versions of a picture: JPEG files that carry the mark of generated pictures.
//!
//! Decoding holds every pixel in memory, and a Worker has 128 MB for all that it does. So a picture of more than
//! [`MAX_PIXELS`] is not decoded, and the caller serves it as it is.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{ImageBufferError, ResizeError, Resizer};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ColorType, ExtendedColorType, ImageDecoder, ImageError};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_recipe::picture;

/// The most pixels of a picture that is decoded: 4096 x 2048. They take 24 MB, and the decoder of WebP half as much again.
pub const MAX_PIXELS: u64 = 8 * 1024 * 1024;

/// JPEG quality, 1-100: files as large as those of WebP at the same number.
const QUALITY: u8 = 80;

/// A smaller version of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The most pixels on the long side that were asked for.
    pub side: u32,
    /// The JPEG file.
    pub bytes: Vec<u8>,
}

/// Why a picture has no smaller versions. Trying again changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum ThumbnailError {
    /// The file is no PNG, JPEG or WebP, or its structure is broken.
    #[error("the picture's file cannot be read: {0}")]
    File(#[from] picture::PictureError),
    /// The picture has more than [`MAX_PIXELS`].
    #[error("the picture has {width} x {height} pixels, and at most {MAX_PIXELS} are decoded")]
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// The picture's data is damaged.
    #[error("the picture cannot be decoded: {0}")]
    Data(#[from] ImageError),
    /// The resizer refused the picture.
    #[error("the picture cannot be resized: {0}")]
    Resize(#[from] ResizeError),
    /// The resizer refused the picture's buffer.
    #[error("the picture cannot be resized: {0}")]
    Buffer(#[from] ImageBufferError),
}

/// A picture in memory: red, green and blue, a byte each.
struct Pixels {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

/// Makes a smaller version of `file` for each of `sides`, pixels on the long side, largest first. A side that is not
/// smaller than the picture's own is left out. So is every side of a picture that a JPEG would show otherwise: with
/// transparency, or to be turned.
pub fn make(file: &[u8], sides: &[u32]) -> Result<Vec<Thumbnail>, ThumbnailError> {
    let input = Cursor::new(file);
    let decoded = match picture::format(file)? {
        OutputFormat::Jpg => decode(JpegDecoder::new(input)?)?,
        OutputFormat::Png => decode(PngDecoder::new(input)?)?,
        OutputFormat::Webp => decode(WebPDecoder::new(input)?)?,
    };
    let Some(mut present) = decoded else {
        return Ok(Vec::new());
    };
    let mut sides = sides.to_vec();
    sides.sort_unstable_by_key(|side| std::cmp::Reverse(*side));
    let mut made = Vec::new();
    for side in sides {
        if let Some((width, height)) = scaled(present.width, present.height, side) {
            // Each is made of the next larger one, which costs less and looks the same.
            present = present.resized(width, height)?;
            let bytes = present.encoded()?;
            made.push(Thumbnail { side, bytes });
        }
    }
    Ok(made)
}

/// `None` for a picture that a JPEG would show otherwise.
fn decode(mut decoder: impl ImageDecoder) -> Result<Option<Pixels>, ThumbnailError> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ThumbnailError::TooLarge { width, height });
    }
    let color = decoder.color_type();
    if color.has_alpha() || decoder.orientation()? != Orientation::NoTransforms {
        return Ok(None);
    }
    let mut bytes = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or_default()];
    decoder.read_image(&mut bytes)?;
    // The bytes of deep colours are in the machine's order.
    let high = usize::from(cfg!(target_endian = "little"));
    let bytes = match color {
        ColorType::Rgb8 => bytes,
        ColorType::Rgb16 => bytes.into_iter().skip(high).step_by(2).collect(),
        ColorType::L8 => bytes.into_iter().flat_map(|grey| [grey; 3]).collect(),
        ColorType::L16 => {
            let grey = bytes.into_iter().skip(high).step_by(2);
            grey.flat_map(|grey| [grey; 3]).collect()
        }
        _ => return Ok(None),
    };
    Ok(Some(Pixels {
        width,
        height,
        bytes,
    }))
}

impl Pixels {
    fn resized(&self, width: u32, height: u32) -> Result<Self, ThumbnailError> {
        let from = TypedImageRef::<U8x3>::from_buffer(self.width, self.height, &self.bytes)?;
        let mut bytes = vec![0; width as usize * height as usize * 3];
        let mut into = TypedImage::<U8x3>::from_buffer(width, height, &mut bytes)?;
        Resizer::new().resize_typed(&from, &mut into, None)?;
        drop(into);
        Ok(Self {
            width,
            height,
            bytes,
        })
    }

    /// The JPEG file, with the mark of generated pictures.
    fn encoded(&self) -> Result<Vec<u8>, ThumbnailError> {
        let mut file = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
        let color = ExtendedColorType::Rgb8;
        encoder.encode(&self.bytes, self.width, self.height, color)?;
        Ok(picture::mark(file)?)
    }
}

/// The size of a picture whose long side becomes `side`; `None` if it does not become smaller.
fn scaled(width: u32, height: u32, side: u32) -> Option<(u32, u32)> {
    let long = width.max(height);
    if side >= long {
        return None;
    }
    let scale = |length: u32| {
        let rounded = (u64::from(length) * u64::from(side) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(side).max(1)
    };
    Some((scale(width), scale(height)))
}
