//! WebP (RFC 9649): RIFF chunks. A simple file has the picture's data alone; an extended one begins with `VP8X`,
//! which says what else is in it.

use std::ops::Range;

use super::bytes::{Bytes, spliced};
use super::{PictureError, Place};

/// `RIFF`, a length, `WEBP`.
const HEADER: usize = 12;
/// The data of `VP8X`: flags, and width and height less one in 24 bits each.
const EXTENDED: usize = 10;
/// Flags of `VP8X`.
const ANIMATION: u8 = 0x02;
const XMP: u8 = 0x04;
const ALPHA: u8 = 0x10;
const PROFILE: u8 = 0x20;

/// The chunks that draw the picture, behind the extended header.
const DRAWN: [&[u8; 4]; 6] = [b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];

pub(super) fn is_one(picture: &[u8]) -> bool {
    picture.starts_with(b"RIFF") && picture.get(8..HEADER) == Some(b"WEBP")
}

pub(super) fn is_simple(picture: &[u8]) -> bool {
    picture.get(HEADER..HEADER + 4) != Some(b"VP8X")
}

/// Finds the XMP chunk, or the place for a new one: after the other chunks.
pub(super) fn place(picture: &[u8]) -> Result<Place<'_>, PictureError> {
    let file = picture.get(..end(picture)?).unwrap_or_default();
    let simple = is_simple(file);
    let mut bytes = Bytes::of(file, HEADER);
    let mut place = Place {
        content: None,
        start: file.len(),
        end: file.len(),
    };
    let mut flags = None;
    let mut has_picture = false;
    while !bytes.is_at_end() {
        let start = bytes.at();
        let (kind, data) = chunk(&mut bytes)?;
        match &kind {
            b"VP8X" if start == HEADER && data.len() == EXTENDED => flags = data.first(),
            b"VP8X" => return Err(PictureError::Damaged),
            b"VP8 " | b"VP8L" | b"ANMF" => {
                // A simple file is one frame and nothing else that is known.
                if simple && (start != HEADER || kind == *b"ANMF") {
                    return Err(PictureError::Damaged);
                }
                has_picture = true;
            }
            b"XMP " if simple => return Err(PictureError::Damaged),
            b"XMP " if place.content.is_some() => return Err(PictureError::Duplicate),
            // The byte after a chunk of odd length has to be 0; any other could not be restored.
            b"XMP " if data.len() % 2 == 1 && file.get(bytes.at() - 1) != Some(&0) => {
                return Err(PictureError::Damaged);
            }
            b"XMP " => {
                place = Place {
                    content: Some(data),
                    start,
                    end: bytes.at(),
                };
            }
            _ => {}
        }
    }
    // The header's flag must match.
    let says = flags.is_some_and(|flags| flags & XMP != 0);
    if has_picture && says == place.content.is_some() {
        Ok(place)
    } else {
        Err(PictureError::Damaged)
    }
}

/// The file with the chunks that draw the picture, and the XMP packet `mark`. Always an extended file, as XMP needs.
pub(super) fn bare(picture: &[u8], mark: &str) -> Result<Vec<u8>, PictureError> {
    let file = picture.get(..end(picture)?).unwrap_or_default();
    let mut bytes = Bytes::of(file, HEADER);
    let header = if is_simple(file) {
        extended(file)?
    } else {
        let (_, data) = chunk(&mut bytes)?;
        let [flags, rest @ ..]: [u8; EXTENDED] =
            data.try_into().map_err(|_| PictureError::Damaged)?;
        let [a, b, c, w0, w1, w2, h0, h1, h2] = rest;
        let flags = flags & (PROFILE | ALPHA | ANIMATION) | XMP;
        [flags, a, b, c, w0, w1, w2, h0, h1, h2]
    };
    let (header, mark) = (
        wrapped(*b"VP8X", &header),
        wrapped(*b"XMP ", mark.as_bytes()),
    );
    let mut kept = vec![&header[..]];
    let mut has_picture = false;
    while !bytes.is_at_end() {
        let start = bytes.at();
        let (kind, _) = chunk(&mut bytes)?;
        has_picture |= matches!(&kind, b"VP8 " | b"VP8L" | b"ANMF");
        if DRAWN.contains(&&kind) {
            kept.push(bytes.since(start));
        }
    }
    kept.push(&mark);
    if !has_picture {
        return Err(PictureError::Damaged);
    }
    let chunks = kept.concat();
    let length = u32::try_from(4 + chunks.len()).map_err(|_| PictureError::TooLarge)?;
    Ok([b"RIFF", &length.to_le_bytes()[..], b"WEBP", &chunks].concat())
}

fn chunk<'a>(bytes: &mut Bytes<'a>) -> Result<([u8; 4], &'a [u8]), PictureError> {
    let kind = bytes.array()?;
    let length = u32::from_le_bytes(bytes.array()?);
    let data = bytes.take(usize::try_from(length).map_err(|_| PictureError::Truncated)?)?;
    // A chunk of odd length is followed by one byte.
    bytes.take(data.len() % 2)?;
    Ok((kind, data))
}

/// Where the picture ends: behind the chunks that the header counts.
pub(super) fn end(picture: &[u8]) -> Result<usize, PictureError> {
    let length = u32::from_le_bytes(Bytes::of(picture, 4).array()?);
    let end = usize::try_from(length).ok();
    end.and_then(|length| length.checked_add(8))
        .filter(|end| *end <= picture.len())
        .ok_or(PictureError::Truncated)
}

/// Puts `packet` into the file, in the bytes at `place`.
pub(super) fn with(
    mut file: Vec<u8>,
    place: Range<usize>,
    packet: &str,
) -> Result<Vec<u8>, PictureError> {
    let before = file.len();
    let header = is_simple(&file).then(|| extended(&file)).transpose()?;
    file.splice(place, wrapped(*b"XMP ", packet.as_bytes()));
    if let Some(header) = header {
        file.splice(HEADER..HEADER, wrapped(*b"VP8X", &header));
    }
    resized(file, before, true)
}

/// Replaces the packet by `rest`. With `None`, removes it, and the extended header as well if the file was `simple`.
pub(super) fn without(
    picture: &[u8],
    place: &Place<'_>,
    rest: Option<&str>,
    simple: bool,
) -> Result<Vec<u8>, PictureError> {
    // Another program may have added chunks since.
    let only_ours = picture
        .get(HEADER + 8)
        .is_some_and(|flags| flags & !(XMP | ALPHA) == 0);
    let chunk = rest.map_or(Vec::new(), |rest| wrapped(*b"XMP ", rest.as_bytes()));
    let mut file = spliced(picture, place, &chunk);
    if simple && only_ours && rest.is_none() {
        let header = Place {
            content: None,
            start: HEADER,
            end: HEADER + 8 + EXTENDED,
        };
        file = spliced(&file, &header, &[]);
    }
    resized(file, picture.len(), rest.is_some())
}

/// A chunk, with the padding byte that follows an odd length.
fn wrapped(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let odd: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&kind, &length.to_le_bytes()[..], data, odd].concat()
}

/// Writes the lengths and flags of `file`, which had `before` bytes.
fn resized(mut file: Vec<u8>, before: usize, xmp: bool) -> Result<Vec<u8>, PictureError> {
    let old = u32::from_le_bytes(Bytes::of(&file, 4).array()?);
    let grown = i64::try_from(file.len()).unwrap_or(i64::MAX) - i64::try_from(before).unwrap_or(0);
    let length = u32::try_from(i64::from(old) + grown).map_err(|_| PictureError::TooLarge)?;
    if let Some(place) = file.get_mut(4..8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    if !is_simple(&file)
        && let Some(flags) = file.get_mut(HEADER + 8)
    {
        *flags = if xmp { *flags | XMP } else { *flags & !XMP };
    }
    Ok(file)
}

/// Width and height in pixels. A decoder makes room for the first frame as its own header says, so a frame that is not
/// animated must be as large as the extended header says.
pub(super) fn dimensions(picture: &[u8]) -> Result<(u32, u32), PictureError> {
    let mut bytes = Bytes::of(picture, HEADER);
    let (kind, data) = chunk(&mut bytes)?;
    if kind != *b"VP8X" {
        let frame = Frame::read(kind, data)?;
        return Ok((frame.width, frame.height));
    }
    let mut data = Bytes::of(data, 4);
    let side = |[a, b, c]: [u8; 3]| u32::from_le_bytes([a, b, c, 0]) + 1;
    let canvas = (side(data.array()?), side(data.array()?));
    while !bytes.is_at_end() {
        let (kind, data) = chunk(&mut bytes)?;
        if matches!(&kind, b"VP8 " | b"VP8L") {
            let frame = Frame::read(kind, data)?;
            if (frame.width, frame.height) != canvas {
                return Err(PictureError::Damaged);
            }
        }
    }
    Ok(canvas)
}

/// The extended header's data for a simple file (RFC 9649, 2.7).
fn extended(picture: &[u8]) -> Result<[u8; EXTENDED], PictureError> {
    let (kind, data) = chunk(&mut Bytes::of(picture, HEADER))?;
    let frame = Frame::read(kind, data)?;
    let [w0, w1, w2, _] = (frame.width - 1).to_le_bytes();
    let [h0, h1, h2, _] = (frame.height - 1).to_le_bytes();
    let flags = if frame.alpha { ALPHA | XMP } else { XMP };
    Ok([flags, 0, 0, 0, w0, w1, w2, h0, h1, h2])
}

/// What the header of a frame says (RFC 9649, 2.5 and 2.6). Both sides are at least 1.
struct Frame {
    width: u32,
    height: u32,
    alpha: bool,
}

impl Frame {
    /// Reads the data of a `VP8 ` or `VP8L` chunk.
    fn read(kind: [u8; 4], data: &[u8]) -> Result<Self, PictureError> {
        let mut data = Bytes::of(data, 0);
        if kind == *b"VP8L" {
            // A signature, 14 bits of width less one, 14 of height less one, whether alpha is used, and a version of 0.
            let [signature, a, b, c, d] = data.array().map_err(|_| PictureError::Damaged)?;
            let bits = u32::from_le_bytes([a, b, c, d]);
            if signature != 0x2f || bits >> 29 != 0 {
                return Err(PictureError::Damaged);
            }
            return Ok(Self {
                width: (bits & 0x3fff) + 1,
                height: ((bits >> 14) & 0x3fff) + 1,
                alpha: bits & (1 << 28) != 0,
            });
        }
        // A key frame: a tag whose lowest bit is 0, a start code, and 14 bits of width and height.
        let [tag, _, _] = data.array().map_err(|_| PictureError::Damaged)?;
        let start: [u8; 3] = data.array().map_err(|_| PictureError::Damaged)?;
        let sides: [u8; 4] = data.array().map_err(|_| PictureError::Damaged)?;
        let sides = u32::from_le_bytes(sides);
        let (width, height) = (sides & 0x3fff, (sides >> 16) & 0x3fff);
        if tag & 1 != 0 || start != [0x9d, 0x01, 0x2a] || width == 0 || height == 0 {
            return Err(PictureError::Damaged);
        }
        Ok(Self {
            width,
            height,
            alpha: false,
        })
    }
}
