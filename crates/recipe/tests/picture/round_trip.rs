//! An embedded recipe reads back, and nothing else in the file changes.

use selfsame_recipe::picture::{embed, read, strip};

use crate::files::{picture, pieces, pixels};
use crate::pictures::{ALL, recipe};

#[test]
fn a_recipe_reads_back_and_the_pixels_stay() {
    for (name, file) in ALL {
        let made = recipe("a hat");
        let with = embed(file, &made).expect(name);
        assert_eq!(read(file), Ok(None), "{name}");
        assert_eq!(read(&with), Ok(Some(made)), "{name}");
        assert_eq!(pixels(name, &with), pixels(name, file), "{name}");
        assert_eq!(strip(&with).as_deref(), Ok(*file), "{name}");
        assert_eq!(strip(file).as_deref(), Ok(*file), "{name}");
    }
}

#[test]
fn embedding_again_replaces_the_recipe() {
    for (name, file) in ALL {
        let once = embed(file, &recipe("a hat")).expect("it takes one");
        let other = recipe("no hat, but a much longer description of nothing in particular");
        let twice = embed(&once, &other).expect("it takes another");
        assert_eq!(twice, embed(file, &other).expect("it takes one"), "{name}");
        assert_eq!(embed(&twice, &other).as_ref(), Ok(&twice), "{name}");
        assert_eq!(strip(&twice).as_deref(), Ok(*file), "{name}");
    }
}

/// The extended header of a WebP changes too: it gets the XMP flag.
#[test]
fn other_chunks_and_segments_keep_their_order_and_bytes() {
    for (name, file) in ALL {
        let with = embed(file, &recipe("a hat")).expect("it takes one");
        let is_new = |piece: &Vec<u8>| piece.windows(8).any(|window| window == b"selfsame");
        let (mut before, mut after) = (pieces(file), pieces(&with));
        after.retain(|piece| !is_new(piece));
        // The existing packet is replaced.
        before.retain(|piece| !piece.windows(9).any(|window| window == b"xpacket e"));
        if name.ends_with("webp") {
            before.retain(|piece| !piece.starts_with(b"VP8X"));
            after.retain(|piece| !piece.starts_with(b"VP8X"));
        }
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn a_simple_webp_gets_the_extended_header_of_an_encoder() {
    for (name, flags, width, height) in [
        ("lossy.webp", 0x04, 17, 13),
        ("lossless.webp", 0x04, 17, 13),
        ("lossless-alpha.webp", 0x14, 17, 13),
        ("lossy-odd.webp", 0x04, 33, 7),
    ] {
        let with = embed(&picture(name), &recipe("a hat")).expect("it takes one");
        assert_eq!(
            pieces(&with)[0],
            [
                b"VP8X\x0a\0\0\0",
                &[flags, 0, 0, 0, width - 1, 0, 0, height - 1, 0, 0][..]
            ]
            .concat()
        );
    }
    for (name, before) in [
        ("lossy-alpha.webp", 0x10),
        ("animated.webp", 0x12),
        ("xmp.webp", 0x2c),
    ] {
        let file = picture(name);
        let with = embed(&file, &recipe("a hat")).expect("it takes one");
        assert_eq!((file[20], with[20]), (before, before | 0x04), "{name}");
        assert_eq!(file[21..30], with[21..30]);
    }
}

#[test]
fn bytes_after_the_picture_stay() {
    for (name, file) in ALL {
        let long = [file, &b"\0\xffbehind it all"[..]].concat();
        let with = embed(&long, &recipe("a hat")).expect("it takes one");
        assert!(with.ends_with(b"behind it all"), "{name}");
        assert_eq!(read(&with), Ok(Some(recipe("a hat"))), "{name}");
        assert_eq!(strip(&with), Ok(long), "{name}");
    }
}
