//! Smaller versions of pictures in the formats that providers send, read back with a decoder.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail as its body does")]

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView, ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
};
use selfsame_thumbnail::{MAX_BYTES, MAX_PIXELS, Thumbnail, ThumbnailError, make};

const SIDES: [u32; 3] = [256, 512, 1024];

/// The left half is red, the right half is blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    let color = |x, _| {
        if x < width / 2 {
            Rgb([200, 30, 30])
        } else {
            Rgb([30, 30, 200])
        }
    };
    RgbImage::from_fn(width, height, color).into()
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    file(picture, ImageFormat::Png)
}

fn read(thumbnail: &Thumbnail) -> DynamicImage {
    image::load_from_memory_with_format(&thumbnail.bytes, ImageFormat::Jpeg).unwrap()
}

fn sides(made: &[Thumbnail]) -> Vec<u32> {
    made.iter().map(|thumbnail| thumbnail.side).collect()
}

fn is_near(found: image::Rgba<u8>, expected: [u8; 3]) -> bool {
    let pairs = found.0.into_iter().zip(expected);
    pairs.into_iter().all(|(a, b)| a.abs_diff(b) < 12)
}

#[test]
fn every_format_becomes_jpegs_of_the_asked_sides() {
    let picture = halves(1200, 900);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let made = make(&file(&picture, format), &SIDES).unwrap();
        assert_eq!(sides(&made), [1024, 512, 256], "{format:?}");
        for thumbnail in &made {
            let smaller = read(thumbnail);
            let side = thumbnail.side;
            assert_eq!(smaller.dimensions(), (side, side * 3 / 4), "{format:?}");
            assert!(is_near(smaller.get_pixel(side / 8, 10), [200, 30, 30]));
            assert!(is_near(smaller.get_pixel(side - 10, 10), [30, 30, 200]));
        }
    }
}

#[test]
fn thumbnails_carry_the_mark_of_generated_pictures() {
    let made = make(&png(&halves(600, 600)), &SIDES).unwrap();
    assert_eq!(made.len(), 2);
    for thumbnail in made {
        let text = String::from_utf8_lossy(&thumbnail.bytes);
        assert!(text.contains("digitalsourcetype/trainedAlgorithmicMedia"));
    }
}

#[test]
fn a_side_that_is_not_smaller_is_left_out() {
    for (width, height, expected) in [
        (512, 300, &[256][..]),
        (300, 513, &[512, 256]),
        (256, 256, &[]),
        (1, 1, &[]),
    ] {
        let made = make(&png(&halves(width, height)), &SIDES).unwrap();
        assert_eq!(sides(&made), expected, "{width} x {height}");
    }
}

#[test]
fn a_picture_of_one_row_keeps_a_row() {
    let made = make(&png(&halves(4_000, 1)), &SIDES).unwrap();
    let sizes: Vec<_> = made.iter().map(|one| read(one).dimensions()).collect();
    assert_eq!(sizes, [(1024, 1), (512, 1), (256, 1)]);
}

#[test]
fn a_picture_with_transparency_has_none() {
    let picture = RgbaImage::from_pixel(600, 600, Rgba([1, 2, 3, 128]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let made = make(&file(&picture.clone().into(), format), &SIDES).unwrap();
        assert!(made.is_empty(), "{format:?}");
    }
}

#[test]
fn grey_and_deep_pictures_are_read() {
    let grey = DynamicImage::from(image::GrayImage::from_pixel(600, 600, image::Luma([90])));
    let deep = ImageBuffer::from_pixel(600, 600, Rgb([90_u16 << 8; 3]));
    for picture in [grey, DynamicImage::ImageRgb16(deep)] {
        let made = make(&png(&picture), &SIDES).unwrap();
        assert!(is_near(read(&made[0]).get_pixel(100, 100), [90; 3]));
    }
}

#[test]
fn a_picture_too_large_to_decode_is_refused_by_its_header() {
    // The size in the header of a PNG, with its checksum.
    let mut bytes = png(&halves(8, 8));
    bytes[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let crc = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    let refused = make(&bytes, &SIDES).unwrap_err();
    let expected = (0x4000, 0x4000);
    assert!(
        matches!(refused, ThumbnailError::TooLarge { width, height } if (width, height) == expected),
        "{refused}"
    );
    const { assert!(MAX_PIXELS < 0x4000 * 0x4000) };
}

#[test]
fn a_file_too_large_to_decode_is_refused() {
    let mut bytes = png(&halves(300, 300));
    bytes.resize(MAX_BYTES, 0);
    assert_eq!(make(&bytes, &SIDES).unwrap().len(), 1);
    bytes.push(0);
    let refused = make(&bytes, &SIDES).unwrap_err();
    assert!(
        matches!(refused, ThumbnailError::FileTooLarge(_)),
        "{refused}"
    );
}

#[test]
fn a_webp_whose_frame_is_larger_than_its_header_says_is_refused() {
    const LOSSY: &[u8] = include_bytes!("../../../tests/fixtures/pictures/lossy-odd.webp");
    let marked = selfsame_recipe::picture::bare(LOSSY).unwrap();
    assert!(make(&marked, &[1]).is_ok());
    let mut bytes = marked;
    // The frame's start code, then its width and height in 14 bits each.
    let start = bytes.windows(3).position(|part| part == [0x9d, 1, 0x2a]);
    let sides = start.unwrap() + 3;
    bytes[sides..sides + 4].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    let refused = make(&bytes, &[1]).unwrap_err();
    assert!(matches!(refused, ThumbnailError::File(_)), "{refused}");
}

/// The checksum of PNG chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc: u32, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}

#[test]
fn damaged_files_are_refused_and_never_panic() {
    let picture = halves(300, 300);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = file(&picture, format);
        for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let _ = make(&whole[..length], &SIDES);
        }
        for place in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0xff;
            let _ = make(&damaged, &SIDES);
        }
    }
    assert!(make(b"<html>", &SIDES).is_err());
    assert!(make(&png(&picture)[..60], &SIDES).is_err());
}

#[test]
fn the_fixtures_of_the_recipe_crate_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/pictures");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        make(&bytes, &[1]).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
