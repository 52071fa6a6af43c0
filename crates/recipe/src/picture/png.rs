//! PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and CRC.

use super::bytes::Bytes;
use super::{PictureError, Place};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// An `iTXt` chunk's data before the text: the keyword, no compression, no language, no translation.
const HEAD: &[u8] = b"selfsame\0\0\0\0\0";
const KEYWORD: &[u8] = b"selfsame\0";

/// Finds the recipe's chunk, or the place for a new one: after `IHDR`.
pub(super) fn place(picture: &[u8]) -> Result<Place<'_>, PictureError> {
    let mut bytes = Bytes::of(picture, SIGNATURE.len());
    let mut place: Option<Place<'_>> = None;
    let mut has_data = false;
    loop {
        let start = bytes.at();
        let length = u32::from_be_bytes(bytes.array()?);
        let kind = bytes.array()?;
        if length > i32::MAX.cast_unsigned() || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(PictureError::Damaged);
        }
        let data = bytes.take(usize::try_from(length).map_err(|_| PictureError::Truncated)?)?;
        let sum = u32::from_be_bytes(bytes.array()?);
        let end = bytes.at();
        match (&kind, &mut place) {
            (b"IHDR", None) if length == 13 => {
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
            (b"iTXt", Some(place)) if data.starts_with(KEYWORD) => {
                if place.content.is_some() {
                    return Err(PictureError::Duplicate);
                }
                let text = data.strip_prefix(HEAD).filter(|_| sum == crc(&kind, data));
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
pub(super) fn chunk(text: &str) -> Vec<u8> {
    let data = [HEAD, text.as_bytes()].concat();
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

/// CRC-32 (annex D), bit by bit: one recipe needs no tables.
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
