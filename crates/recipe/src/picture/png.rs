//! PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and CRC.

use super::bytes::Bytes;
use super::{PictureError, Place};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunk that ends every file.
const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";

/// The chunks that draw the picture, between the header and the end: palette, pixels, transparency, colours, and the
/// frames of an animation.
#[rustfmt::skip]
const DRAWN: [&[u8; 4]; 14] = [
    b"PLTE", b"IDAT", b"tRNS",
    b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI",
    b"acTL", b"fcTL", b"fdAT",
];

/// What an `iTXt` chunk holds, as its data before the text: the keyword, no compression, no language, no translation.
#[derive(Clone, Copy)]
pub(super) struct Text(&'static [u8]);

/// The recipe's chunk.
pub(super) const RECIPE: Text = Text(b"selfsame\0\0\0\0\0");
/// The chunk of an XMP packet (XMP specification, part 3, 1.1.5).
const XMP: Text = Text(b"XML:com.adobe.xmp\0\0\0\0\0");

impl Text {
    /// The keyword with the NUL that ends it.
    fn keyword(self) -> &'static [u8] {
        self.0.strip_suffix(b"\0\0\0\0").unwrap_or(self.0)
    }
}

/// A chunk, with the CRC that the file declares for it.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    sum: u32,
}

fn next<'a>(bytes: &mut Bytes<'a>) -> Result<Chunk<'a>, PictureError> {
    let length = u32::from_be_bytes(bytes.array()?);
    let kind = bytes.array()?;
    if length > i32::MAX.cast_unsigned() || !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(PictureError::Damaged);
    }
    let data = bytes.take(usize::try_from(length).map_err(|_| PictureError::Truncated)?)?;
    let sum = u32::from_be_bytes(bytes.array()?);
    Ok(Chunk { kind, data, sum })
}

/// The data of the header, which comes first.
fn header<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], PictureError> {
    let chunk = next(bytes)?;
    let is_header = chunk.kind == *b"IHDR" && chunk.data.len() == 13;
    is_header.then_some(chunk.data).ok_or(PictureError::Damaged)
}

/// Width and height in pixels.
pub(super) fn dimensions(picture: &[u8]) -> Result<(u32, u32), PictureError> {
    let mut data = Bytes::of(header(&mut Bytes::of(picture, SIGNATURE.len()))?, 0);
    Ok((
        u32::from_be_bytes(data.array()?),
        u32::from_be_bytes(data.array()?),
    ))
}

/// The file with the chunks that draw the picture, and the XMP packet `mark`.
pub(super) fn bare(picture: &[u8], mark: &str) -> Result<Vec<u8>, PictureError> {
    let mark = chunk(XMP, mark);
    let mut bytes = Bytes::of(picture, SIGNATURE.len());
    header(&mut bytes)?;
    let mut kept = vec![bytes.since(0), &mark];
    let mut has_data = false;
    loop {
        let start = bytes.at();
        let Chunk { kind, .. } = next(&mut bytes)?;
        match &kind {
            b"IHDR" => return Err(PictureError::Damaged),
            b"IEND" => break,
            _ => {}
        }
        has_data |= kind == *b"IDAT";
        if DRAWN.contains(&&kind) {
            kept.push(bytes.since(start));
        }
    }
    kept.push(END);
    has_data.then(|| kept.concat()).ok_or(PictureError::Damaged)
}

/// Finds the chunk that holds the recipe, or the place for a new one: after `IHDR`.
pub(super) fn place(picture: &[u8]) -> Result<Place<'_>, PictureError> {
    let mut bytes = Bytes::of(picture, SIGNATURE.len());
    let mut place: Option<Place<'_>> = None;
    let mut has_data = false;
    loop {
        let start = bytes.at();
        let Chunk { kind, data, sum } = next(&mut bytes)?;
        let end = bytes.at();
        match (&kind, &mut place) {
            (b"IHDR", None) if data.len() == 13 => {
                place = Some(Place {
                    content: None,
                    start: end,
                    end,
                });
            }
            // The header comes first, and once.
            (b"IHDR", _) | (_, None) => return Err(PictureError::Damaged),
            (b"IDAT", _) => has_data = true,
            (b"IEND", _) => break,
            (b"iTXt", Some(place)) if data.starts_with(RECIPE.keyword()) => {
                if place.content.is_some() {
                    return Err(PictureError::Duplicate);
                }
                let text = data.strip_prefix(RECIPE.0);
                let text = text.filter(|_| sum == crc(&kind, data));
                *place = Place {
                    content: Some(text.ok_or(PictureError::Damaged)?),
                    start,
                    end,
                };
            }
            _ => {}
        }
    }
    place.filter(|_| has_data).ok_or(PictureError::Damaged)
}

/// Makes the chunk that holds `text`, which is far shorter than a chunk can be.
pub(super) fn chunk(head: Text, text: &str) -> Vec<u8> {
    let data = [head.0, text.as_bytes()].concat();
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let sum = crc(b"iTXt", &data);
    [
        &length.to_be_bytes(),
        &b"iTXt"[..],
        &data,
        &sum.to_be_bytes(),
    ]
    .concat()
}

/// CRC-32 (annex D), bit by bit: a recipe and a packet need no tables.
fn crc(kind: &[u8], data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in kind.iter().chain(data) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::crc;

    /// The check value of CRC-32, and the chunk that ends every file.
    #[test]
    fn known_sums_match() {
        assert_eq!(crc(b"1234", b"56789"), 0xcbf4_3926);
        assert_eq!(crc(b"IEND", b""), 0xae42_6082);
    }
}
