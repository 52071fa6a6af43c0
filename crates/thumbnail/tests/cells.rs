//! What the check of a LoRA compares: encodings of one picture are the same, another composition is not.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail as its body does")]

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Rgb, RgbImage, RgbaImage};
use selfsame_provider::fingerprint::Fingerprint;
use selfsame_thumbnail::{ThumbnailError, cells};

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

fn fingerprint(file: &[u8]) -> Fingerprint {
    Fingerprint::from_cells(cells(file).unwrap()).unwrap()
}

fn jpeg(picture: &RgbImage, quality: u8) -> Fingerprint {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.write_with_encoder(encoder).unwrap();
    fingerprint(&bytes)
}

fn lossless(picture: &RgbImage) -> [Fingerprint; 2] {
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    let encoder = PngEncoder::new(&mut png);
    picture.write_with_encoder(encoder).unwrap();
    let encoder = WebPEncoder::new_lossless(&mut webp);
    picture.write_with_encoder(encoder).unwrap();
    [png, webp].map(|bytes| fingerprint(&bytes))
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
fn what_is_no_picture_or_not_opaque_is_not_compared() {
    for file in [&b""[..], b"\x89PNG\r\n\x1a\n", b"GIF89a"] {
        assert!(cells(file).is_err());
    }
    let mut png = Vec::new();
    let clear = RgbaImage::new(8, 8);
    clear.write_with_encoder(PngEncoder::new(&mut png)).unwrap();
    assert!(matches!(cells(&png), Err(ThumbnailError::NotPlain)));
}
