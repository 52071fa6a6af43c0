//! A picture's fingerprint: how bright it is in each cell of a coarse grid. Two of them say whether two pictures show the same
//! thing, however each was encoded.
//!
//! The measure is the mean absolute difference of the cells' brightness, in levels of 0-255. Averaging over a cell removes
//! what an encoder does to single pixels, so two encodings of one picture differ by a fraction of a level, and another
//! composition by many.

use std::fmt;
use std::io::Cursor;
use std::str::FromStr;

use image::{ImageReader, Limits};

/// Cells on each side.
const SIDE: u32 = 32;
const CELLS: usize = (SIDE * SIDE) as usize;
/// The most pixels on a side that are decoded, and the most memory in bytes that decoding takes.
const LONGEST_SIDE: u32 = 4_096;
const MEMORY: u64 = 48 * 1024 * 1024;

/// How bright each cell is.
#[derive(Clone, PartialEq, Eq)]
pub struct Fingerprint(Vec<u8>);

/// The picture cannot be decoded. Displays its cause for the log.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be decoded: {0}")]
pub struct FingerprintError(#[from] image::ImageError);

impl Fingerprint {
    /// The largest difference at which two pictures count as the same one, in levels of 0-255. Encodings of one picture stay
    /// below half of it, and so do the two calls' rounding errors on different graphics cards.
    pub const SAME_PICTURE: f64 = 1.0;

    /// Decodes a PNG, JPEG or WebP file and measures it. A picture of more than 4,096 pixels on a side is refused.
    pub fn of(file: &[u8]) -> Result<Self, FingerprintError> {
        let mut reader = ImageReader::new(Cursor::new(file))
            .with_guessed_format()
            .map_err(image::ImageError::IoError)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(LONGEST_SIDE);
        limits.max_image_height = Some(LONGEST_SIDE);
        limits.max_alloc = Some(MEMORY);
        reader.limits(limits);
        let picture = reader.decode()?.into_luma8();
        let cells = image::imageops::thumbnail(&picture, SIDE, SIDE);
        Ok(Self(cells.into_raw()))
    }

    /// How much two pictures differ, in levels of 0-255.
    #[must_use]
    pub fn difference(&self, other: &Self) -> f64 {
        let pairs = self.0.iter().zip(&other.0);
        let sum: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        f64::from(sum) / f64::from(SIDE * SIDE)
    }
}

impl fmt::Display for Fingerprint {
    /// Two lower-case hexadecimal digits for each cell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|cell| write!(f, "{cell:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint")
    }
}

/// The text is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint of 1,024 cells in hexadecimal digits")]
pub struct InvalidFingerprint;

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let cell = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let cells: Option<Vec<u8>> = pairs.iter().map(|pair| cell(pair)).collect();
        match cells {
            Some(cells) if cells.len() == CELLS && rest.is_empty() => Ok(Self(cells)),
            _ => Err(InvalidFingerprint),
        }
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::codecs::png::PngEncoder;
    use image::codecs::webp::WebPEncoder;
    use image::{Rgb, RgbImage};

    use super::*;

    /// A table with something on it: shapes, a gradient and grain.
    fn picture(shift: u32) -> RgbImage {
        let mut grain = 12_345_u32;
        RgbImage::from_fn(512, 512, |x, y| {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (grain >> 28).to_le_bytes()[0];
            let (dx, dy) = (x.abs_diff(200 + shift), y.abs_diff(260));
            let base = if dx * dx + dy * dy < 90 * 90 {
                200
            } else {
                60 + (y / 6).to_le_bytes()[0]
            };
            let level = base + noise;
            Rgb([level, level.saturating_sub(10), level.saturating_sub(20)])
        })
    }

    fn jpeg(picture: &RgbImage, quality: u8) -> Fingerprint {
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        picture.write_with_encoder(encoder).unwrap();
        Fingerprint::of(&bytes).unwrap()
    }

    fn lossless(picture: &RgbImage) -> [Fingerprint; 2] {
        let (mut png, mut webp) = (Vec::new(), Vec::new());
        picture
            .write_with_encoder(PngEncoder::new(&mut png))
            .unwrap();
        picture
            .write_with_encoder(WebPEncoder::new_lossless(&mut webp))
            .unwrap();
        [png, webp].map(|bytes| Fingerprint::of(&bytes).unwrap())
    }

    #[test]
    fn encodings_of_one_picture_differ_by_less_than_half_the_threshold() {
        let picture = picture(0);
        let [png, webp] = lossless(&picture);
        assert_eq!(png, webp);
        for quality in [30, 50, 80, 95, 100] {
            let difference = png.difference(&jpeg(&picture, quality));
            assert!(
                difference < Fingerprint::SAME_PICTURE / 2.0,
                "{quality}: {difference}"
            );
        }
    }

    #[test]
    fn another_composition_differs_by_more_than_the_threshold() {
        let [png, _] = lossless(&picture(0));
        for shift in [10, 40, 120] {
            let difference = png.difference(&jpeg(&picture(shift), 80));
            assert!(
                difference > Fingerprint::SAME_PICTURE,
                "{shift}: {difference}"
            );
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_has_no_fingerprint() {
        for file in [&b""[..], b"\x89PNG\r\n\x1a\n", b"GIF89a"] {
            assert!(Fingerprint::of(file).is_err());
        }
        let wide = RgbImage::new(LONGEST_SIDE + 1, 1);
        let mut png = Vec::new();
        wide.write_with_encoder(PngEncoder::new(&mut png)).unwrap();
        assert!(Fingerprint::of(&png).is_err());
    }

    #[test]
    fn a_fingerprint_is_kept_as_text() {
        let [png, _] = lossless(&picture(0));
        assert_eq!(png.to_string().parse(), Ok(png.clone()));
        let text = png.to_string();
        for wrong in [
            "",
            &text[1..],
            &format!("{text}00"),
            &text.replacen(&text[..1], "g", 1),
        ] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(InvalidFingerprint));
        }
    }
}
