//! A fixture by name, files made of it, and a file in pieces.

use crate::pictures::ALL;

/// The bytes of the fixture `name`.
pub(crate) fn picture(name: &str) -> Vec<u8> {
    let found = ALL.iter().find(|(known, _)| *known == name);
    found.expect("a fixture").1.to_vec()
}

/// A file's chunks or segments up to the picture's own data, split without the code under test.
pub(crate) fn pieces(file: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut at = match file[0] {
        0x89 => 8,
        0xff => 2,
        _ => 12,
    };
    let word = |at: usize| [file[at], file[at + 1], file[at + 2], file[at + 3]];
    while at < file.len() {
        let end = match file[0] {
            0x89 => at + 12 + u32::from_be_bytes(word(at)) as usize,
            0xff if file[at + 1] == 0xda => file.len(),
            0xff => at + 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]])),
            _ => at + 8 + (u32::from_le_bytes(word(at + 4)) as usize).next_multiple_of(2),
        };
        pieces.push(file[at..end].to_vec());
        at = end;
    }
    pieces
}

/// Whether `text` occurs in `file`.
pub(crate) fn contains(file: &[u8], text: &str) -> bool {
    file.windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// A JPEG with this XMP packet.
pub(crate) fn jpeg(packet: &[u8]) -> Vec<u8> {
    let data = [b"http://ns.adobe.com/xap/1.0/\0", packet].concat();
    let length = u16::try_from(data.len() + 2).expect("short");
    let plain = picture("plain.jpg");
    [
        &plain[..2],
        &[0xff, 0xe1],
        &length.to_be_bytes(),
        &data,
        &plain[2..],
    ]
    .concat()
}

/// The decoded picture, with its width.
pub(crate) fn pixels(name: &str, file: &[u8]) -> Vec<u8> {
    let decoded = image::load_from_memory(file);
    let decoded = decoded.expect(name);
    [&decoded.width().to_be_bytes()[..], decoded.as_bytes()].concat()
}
