//! Decodes pictures, with bounds on its memory, and makes of them what the studio needs: smaller versions, JPEG files that
//! carry the mark of generated pictures ([`make`]), and what the check of a LoRA compares ([`cells`]).
//!
//! A Worker has 128 MB for all that it does, and decoders hold more than the pixels that they return: a progressive JPEG its
//! coefficients, two bytes for each sample; a lossless WebP four bytes for each pixel; a PNG of 16 bits everything twice.
//! So [`MAX_BYTES`] and [`MAX_PIXELS`] are checked before a decoder sees the file.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{ImageBufferError, ResizeError, Resizer};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageError, Limits, RgbImage,
};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_recipe::picture;

/// The most pixels of a picture that is decoded: 2048 x 2048. Decoding takes at most 12 bytes for each, 48 MB.
pub const MAX_PIXELS: u64 = 4 * 1024 * 1024;

/// The largest file that is decoded, in bytes: 12 MB. The decoder of JPEG makes a copy of it.
pub const MAX_BYTES: usize = 12 * 1024 * 1024;

/// The most memory in bytes that a PNG's notes and colour profile may take. They are compressed, so their length in the
/// file does not bound it.
const MAX_NOTES: u64 = 4 * 1024 * 1024;

/// JPEG quality, 1-100: files as large as those of WebP at the same number.
const QUALITY: u8 = 80;

/// Cells on each side of the grid that pictures are compared by.
const GRID: u32 = 32;

/// A smaller version of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The most pixels on the long side that were asked for.
    pub side: u32,
    /// The JPEG file.
    pub bytes: Vec<u8>,
}

/// Why a picture is not decoded. Trying again changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum ThumbnailError {
    /// The file is no PNG, JPEG or WebP, or its structure is broken.
    #[error("the picture's file cannot be read: {0}")]
    File(#[from] picture::PictureError),
    /// The file has more than [`MAX_BYTES`].
    #[error("the picture's file has {0} bytes, and at most {MAX_BYTES} are decoded")]
    FileTooLarge(usize),
    /// The picture has more than [`MAX_PIXELS`].
    #[error("the picture has {width} x {height} pixels, and at most {MAX_PIXELS} are decoded")]
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// The picture has transparency, is animated or is to be turned, and only others are compared.
    #[error("the picture has transparency, is animated or is to be turned")]
    NotPlain,
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
/// smaller than the picture's own is left out. So is every side of a picture that a JPEG cannot show as it is: with
/// transparency, animated, or to be turned.
pub fn make(file: &[u8], sides: &[u32]) -> Result<Vec<Thumbnail>, ThumbnailError> {
    let Some(mut present) = decode(file)? else {
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

/// How bright `file` is, 0-255, in each cell of a grid of 32 x 32, row by row.
pub fn cells(file: &[u8]) -> Result<Vec<u8>, ThumbnailError> {
    let pixels = decode(file)?.ok_or(ThumbnailError::NotPlain)?;
    let picture = RgbImage::from_raw(pixels.width, pixels.height, pixels.bytes);
    let picture = DynamicImage::from(picture.ok_or(ThumbnailError::NotPlain)?).into_luma8();
    Ok(image::imageops::thumbnail(&picture, GRID, GRID).into_raw())
}

/// `None` for a picture that a JPEG cannot show as it is.
fn decode(file: &[u8]) -> Result<Option<Pixels>, ThumbnailError> {
    let format = picture::format(file)?;
    if file.len() > MAX_BYTES {
        return Err(ThumbnailError::FileTooLarge(file.len()));
    }
    let (width, height) = picture::dimensions(file)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ThumbnailError::TooLarge { width, height });
    }
    let input = Cursor::new(file);
    match format {
        OutputFormat::Jpg => pixels(JpegDecoder::new(input)?),
        OutputFormat::Png => pixels(png(input)?),
        OutputFormat::Webp => {
            let decoder = WebPDecoder::new(input)?;
            if decoder.has_animation() {
                return Ok(None);
            }
            pixels(decoder)
        }
    }
}

fn png(input: Cursor<&[u8]>) -> Result<PngDecoder<Cursor<&[u8]>>, ImageError> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_NOTES);
    PngDecoder::with_limits(input, limits)
}

fn pixels(mut decoder: impl ImageDecoder) -> Result<Option<Pixels>, ThumbnailError> {
    let (width, height) = decoder.dimensions();
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
        Ok(picture::bare(&file)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of one pixel whose colour profile is 64 MB of zeros.
    const ICCP: &[u8] = include_bytes!("../../../tests/fixtures/hostile/iccp.png");

    #[test]
    fn a_colour_profile_that_inflates_without_end_is_left_out() {
        let mut decoder = png(Cursor::new(ICCP)).unwrap();
        assert_eq!(decoder.icc_profile().unwrap(), None);
        assert!(make(ICCP, &[]).unwrap().is_empty());
    }
}
