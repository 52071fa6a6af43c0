//! The decoders of pictures: smaller versions, and what the check of a LoRA compares.

use selfsame_thumbnail::{cells, make};

use super::{Target, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "thumbnail",
    fragments,
    known,
    check,
};

/// Small pictures in every format, and one whose colour profile inflates to 64 MB.
const FILES: [&[u8]; 7] = [
    include_bytes!("../../fixtures/pictures/plain.png"),
    include_bytes!("../../fixtures/pictures/plain.jpg"),
    include_bytes!("../../fixtures/pictures/exif.jpg"),
    include_bytes!("../../fixtures/pictures/lossy.webp"),
    include_bytes!("../../fixtures/pictures/lossless.webp"),
    include_bytes!("../../fixtures/pictures/animated.webp"),
    include_bytes!("../../fixtures/hostile/iccp.png"),
];

fn fragments() -> Vec<Vec<u8>> {
    [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..],
        b"\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0",
        b"iCCPprofile\0\0\x78\xda",
        b"zTXtparameters\0\0\x78\xda",
        b"PLTE",
        b"tRNS",
        b"acTL",
        b"fcTL",
        b"IDAT\x78\xda",
        b"\0\0\0\0IEND\xae\x42\x60\x82",
        b"\xff\xd8\xff",
        b"\xff\xdb\0\x43\0",
        // Frames: baseline and progressive, 8 x 8 pixels in three components.
        b"\xff\xc0\0\x11\x08\0\x08\0\x08\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
        b"\xff\xc2\0\x11\x08\0\x08\0\x08\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
        b"\xff\xc4",
        b"\xff\xdd\0\x04\0\x01",
        b"\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0",
        b"\xff\xd9",
        b"RIFF\xff\0\0\0WEBP",
        b"VP8 \x20\0\0\0\0\0\0\x9d\x01\x2a\x08\0\x08\0",
        b"VP8L\x20\0\0\0\x2f\x07\xc0\x01\0",
        b"VP8X\x0a\0\0\0",
        b"ALPH",
        b"ANMF",
        b"\xff\x3f\xff\x3f",
        b"\0\0\0\0",
    ]
    .map(<[u8]>::to_vec)
    .to_vec()
}

fn known() -> Vec<Vec<u8>> {
    FILES.map(<[u8]>::to_vec).to_vec()
}

fn check(input: &[u8]) -> Result<(), String> {
    if let Ok(made) = make(input, &[2, 8, 1]) {
        holds("more versions than sides", made.len() <= 3)?;
        for thumbnail in &made {
            let again = make(&thumbnail.bytes, &[thumbnail.side]);
            let again = again.map_err(|error| format!("a version cannot be read: {error}"))?;
            holds("a version is larger than its side", again.is_empty())?;
        }
    }
    if let Ok(cells) = cells(input) {
        equal("cells", cells.len(), 1_024)?;
    }
    Ok(())
}
