//! JPEG (ITU-T T.81): markers, most of them with a length and data, up to the picture's own data.

use super::bytes::Bytes;
use super::{PictureError, Place};

pub(super) const SIGNATURE: &[u8] = b"\xff\xd8\xff";

/// What an APP1 segment with an XMP packet begins with (XMP specification, part 3, 1.1.3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// A JFIF segment without a preview: marker, length and identifier.
const JFIF: &[u8] = b"\xff\xe0\0\x10JFIF\0";
/// What an APP2 segment with a part of a colour profile begins with (ICC.1, B.4), and an APP14 segment that says how
/// colours are coded.
const PROFILE: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";

/// Markers: start and end of image, start of scan, and the application segments of JFIF, of EXIF and XMP, of colour
/// profiles, and of Adobe.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

/// Reads a marker, and the data of one that has a length.
fn next<'a>(bytes: &mut Bytes<'a>) -> Result<(u8, &'a [u8]), PictureError> {
    if bytes.array()? != [0xff] {
        return Err(PictureError::Damaged);
    }
    let marker = loop {
        // Any number of fill bytes may precede a marker.
        match bytes.array()? {
            [0xff] => {}
            [marker] => break marker,
        }
    };
    match marker {
        0 => return Err(PictureError::Damaged),
        // Markers without data.
        SOI | EOI | 1 | 0xd0..=0xd7 => return Ok((marker, &[])),
        _ => {}
    }
    let length = u16::from_be_bytes(bytes.array()?);
    let data = length.checked_sub(2).ok_or(PictureError::Damaged)?;
    Ok((marker, bytes.take(data.into())?))
}

/// The file with the segments that draw the picture, and the XMP packet `mark`.
pub(super) fn bare(picture: &[u8], mark: &str) -> Result<Vec<u8>, PictureError> {
    let mark = segment(mark)?;
    let mut bytes = Bytes::of(picture, 2);
    // JFIF stands at the beginning and nowhere else.
    if picture.get(2..).is_some_and(|rest| rest.starts_with(JFIF)) {
        next(&mut bytes)?;
    }
    let mut kept = vec![bytes.since(0), &mark];
    let mut has_scan = false;
    loop {
        let start = bytes.at();
        let (marker, data) = next(&mut bytes)?;
        match marker {
            SOI => return Err(PictureError::Damaged),
            SOS => {
                bytes = scan(picture, bytes.at())?;
                has_scan = true;
            }
            _ => {}
        }
        if draws(marker, data) {
            kept.push(bytes.since(start));
        }
        if marker == EOI {
            break;
        }
    }
    has_scan.then(|| kept.concat()).ok_or(PictureError::Damaged)
}

/// Whether a segment draws the picture: frames, scans and their tables, a colour profile, and how colours are coded.
fn draws(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xc0..=0xdf => true,
        APP2 => data.starts_with(PROFILE),
        APP14 => data.starts_with(ADOBE),
        _ => false,
    }
}

/// Width and height in pixels, from the frame's header (B.2.2).
pub(super) fn dimensions(picture: &[u8]) -> Result<(u32, u32), PictureError> {
    let mut bytes = Bytes::of(picture, 2);
    loop {
        match next(&mut bytes)? {
            // The three others of the range hold tables or are reserved.
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, data) => {
                let mut sides = Bytes::of(data, 1);
                let (height, width) = (sides.array()?, sides.array()?);
                return Ok((
                    u16::from_be_bytes(width).into(),
                    u16::from_be_bytes(height).into(),
                ));
            }
            (SOI | EOI | SOS, _) => return Err(PictureError::Damaged),
            _ => {}
        }
    }
}

/// Passes over the data of a scan, up to the next marker but those that restart the scan.
fn scan(picture: &[u8], at: usize) -> Result<Bytes<'_>, PictureError> {
    let data = picture.get(at..).unwrap_or_default();
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    let length = data.windows(2).position(ends);
    let length = length.ok_or(PictureError::Truncated)?;
    Ok(Bytes::of(picture, at + length))
}

/// Finds the XMP packet, or the place for a new one: after the segments that have to come first.
pub(super) fn place(picture: &[u8]) -> Result<Place<'_>, PictureError> {
    let mut bytes = Bytes::of(picture, 2);
    let mut place = Place {
        content: None,
        start: 2,
        end: 2,
    };
    let mut only_first = true;
    loop {
        let start = bytes.at();
        let (marker, data) = next(&mut bytes)?;
        match marker {
            SOS => return Ok(place),
            SOI | EOI => return Err(PictureError::Damaged),
            1 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let end = bytes.at();
        let xmp = data.strip_prefix(XMP).filter(|_| marker == APP1);
        only_first &= marker == APP0 || marker == APP1;
        if xmp.is_some() {
            if place.content.is_some() {
                return Err(PictureError::Duplicate);
            }
            place = Place {
                content: xmp,
                start,
                end,
            };
        } else if only_first && place.content.is_none() {
            (place.start, place.end) = (end, end);
        }
    }
}

/// The segment that holds `packet`.
pub(super) fn segment(packet: &str) -> Result<Vec<u8>, PictureError> {
    let length = u16::try_from(2 + XMP.len() + packet.len()).map_err(|_| PictureError::TooLarge)?;
    Ok([
        &[0xff, APP1],
        &length.to_be_bytes()[..],
        XMP,
        packet.as_bytes(),
    ]
    .concat())
}
