//! Damaged and hostile files.

use proptest::prelude::*;
use selfsame_recipe::RecipeError;
use selfsame_recipe::picture::{PictureError, embed, read, strip};

use crate::files::picture;
use crate::pictures::{ALL, recipe};

/// The error of every operation on `file`.
fn refusal(file: &[u8]) -> PictureError {
    let error = read(file).expect_err("it is refused");
    assert!(error.to_string().ends_with('.'));
    assert_eq!(embed(file, &recipe("a hat")).as_ref(), Err(&error));
    assert_eq!(strip(file).as_ref(), Err(&error));
    error
}

#[test]
fn other_files_are_refused() {
    for file in [
        &b""[..],
        b"\x89PNG",
        b"\xff\xd8",
        b"RIFF\0\0\0\0WEBM",
        b"RIFF",
        b"GIF89a",
        b"<svg/>",
        &[0; 4096],
    ] {
        assert_eq!(refusal(file), PictureError::NotAPicture);
    }
}

#[test]
fn a_file_that_ends_before_the_pictures_data_is_truncated() {
    for (name, file) in ALL {
        let with = embed(file, &recipe("a hat")).expect("it takes one");
        for end in 12..with.len() {
            let cut = &with[..end];
            match read(cut) {
                // The picture data of a JPEG is not read.
                Ok(_) => assert!(
                    name.ends_with("jpg") && cut.windows(2).any(|window| window == [0xff, 0xda]),
                    "{name} {end}"
                ),
                Err(error) => assert_eq!(error, PictureError::Truncated, "{name} {end}"),
            }
        }
    }
}

/// Replaces the first `from` in `file` by `to`.
fn swapped(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = file
        .windows(from.len())
        .position(|window| window == from)
        .expect("the bytes to replace");
    [&file[..at], to, &file[at + from.len()..]].concat()
}

#[test]
fn a_broken_png_is_refused() {
    let plain = picture("plain.png");
    let with = embed(&plain, &recipe("a hat")).expect("it takes one");
    let chunk = &with[33..with.len() - (plain.len() - 33)];
    let damaged = [
        swapped(&plain, b"\0\0\0\x0dIHDR", b"\0\0\0\x0dIHXR"),
        swapped(&plain, b"IDAT", b"tEXt"),
        swapped(&plain, b"IDAT", b"ID\0T"),
        swapped(&plain, b"\0\0\0\0IEND", b"\x80\0\0\0IEND"),
        swapped(&plain, b"\0\0\0\0IEND", b"\0\0\0\x0dIHDR"),
        [&plain[..8], chunk, &plain[8..]].concat(),
        // A wrong CRC, and compressed text.
        swapped(&with, b"a hat", b"a cap"),
        swapped(&with, b"selfsame\0\0", b"selfsame\0\x01"),
    ];
    for (index, file) in damaged.iter().enumerate() {
        let expected = if index == 4 {
            PictureError::Truncated
        } else {
            PictureError::Damaged
        };
        assert_eq!(refusal(file), expected, "{index}");
    }
    assert_eq!(
        refusal(&swapped(&plain, b"\0\0\0\0IEND", b"\x7f\xff\xff\xffIEND")),
        PictureError::Truncated
    );
    assert_eq!(
        refusal(&[&with[..33], chunk, &with[33..]].concat()),
        PictureError::Duplicate
    );
}

#[test]
fn a_broken_jpeg_is_refused() {
    let with = embed(&picture("plain.jpg"), &recipe("a hat")).expect("it takes one");
    let packet = with
        .windows(2)
        .position(|window| window == [0xff, 0xe1])
        .expect("the bytes to replace");
    let length = usize::from(u16::from_be_bytes([with[packet + 2], with[packet + 3]]));
    let segment = with[packet..packet + 2 + length].to_vec();
    for (file, expected) in [
        (
            [&with[..2], b"\xff\xd8", &with[2..]].concat(),
            PictureError::Damaged,
        ),
        (
            [&with[..2], b"\xff\xd9", &with[2..]].concat(),
            PictureError::Damaged,
        ),
        (
            [&with[..2], b"\xff\x00", &with[2..]].concat(),
            PictureError::Damaged,
        ),
        (
            [&with[..2], b"\xff\xe2\0\x01", &with[2..]].concat(),
            PictureError::Damaged,
        ),
        (
            [&with[..2], b"\xff\xe2\xff\xff", &with[2..]].concat(),
            PictureError::Truncated,
        ),
        (
            [&with[..2], &vec![0xff; 100_000]].concat(),
            PictureError::Truncated,
        ),
        (
            [&with[..packet], &segment, &with[packet..]].concat(),
            PictureError::Duplicate,
        ),
    ] {
        assert_eq!(refusal(&file), expected);
    }
    // Fill bytes and markers without data are allowed.
    let odd = [&with[..2], b"\xff\xff\xff\x01\xff\xd0", &with[2..]].concat();
    assert_eq!(read(&odd), Ok(Some(recipe("a hat"))));
}

#[test]
fn a_broken_webp_is_refused() {
    let with = embed(&picture("lossy.webp"), &recipe("a hat")).expect("it takes one");
    let mut wrong_flags = with.clone();
    wrong_flags[20] = 0;
    let twice = {
        let at = with
            .windows(4)
            .position(|window| window == b"XMP ")
            .expect("the bytes to replace");
        let mut twice = [&with[..], &with[at..]].concat();
        let length = u32::try_from(twice.len() - 8).expect("short");
        twice[4..8].copy_from_slice(&length.to_le_bytes());
        twice
    };
    for (file, expected) in [
        (swapped(&with, b"VP8 ", b"VP8?"), PictureError::Damaged),
        (
            swapped(&with, b"VP8X\x0a", b"VP8X\x0b"),
            PictureError::Damaged,
        ),
        (swapped(&with, b"XMP ", b"VP8X"), PictureError::Damaged),
        (wrong_flags, PictureError::Damaged),
        (twice, PictureError::Duplicate),
        (b"RIFF\x04\0\0\0WEBP".to_vec(), PictureError::Damaged),
        (b"RIFF\0\0\0\0WEBP".to_vec(), PictureError::Damaged),
        (
            b"RIFF\xff\xff\xff\xffWEBP".to_vec(),
            PictureError::Truncated,
        ),
        (
            b"RIFF\x0c\0\0\0WEBPVP8 \xff\xff\xff\xff".to_vec(),
            PictureError::Truncated,
        ),
    ] {
        assert_eq!(refusal(&file), expected);
    }
    // These can be read, but no extended header can be made for them.
    for file in [
        &b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"[..],
        b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x01\0\0\x9d\x01\x2a\x01\0\x01\0",
        b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\0\0\x01\0",
        b"RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2e\0\0\0\0\0",
        b"RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\0\0\0\xe0\0",
    ] {
        assert_eq!(read(file), Ok(None));
        assert_eq!(embed(file, &recipe("a hat")), Err(PictureError::Damaged));
    }
}

#[test]
fn a_changed_recipe_is_refused_and_can_be_replaced() {
    for name in ["plain.jpg", "lossy.webp"] {
        let with = embed(&picture(name), &recipe("a hat")).expect("it takes one");
        for (from, to, expected) in [
            ("\"seed\":7", "\"seed\":-", RecipeError::NotJson),
            (
                "presets@1",
                "presets-1",
                RecipeError::InvalidValue("data".to_owned()),
            ),
            (
                "\"builder\"",
                "\"bui1der\"",
                RecipeError::UnknownField("bui1der".to_owned()),
            ),
            ("{\"builder\"", " \"builder\"", RecipeError::NotJson),
            (
                "a hat",
                "a\thata".get(..5).expect("short"),
                RecipeError::NotJson,
            ),
            ("\\u003c", "\\u003C", RecipeError::NotCanonical),
        ] {
            let changed = swapped(&with, from.as_bytes(), to.as_bytes());
            assert_eq!(
                read(&changed),
                Err(PictureError::Recipe(expected)),
                "{name} {from}"
            );
            assert_eq!(strip(&changed), Ok(picture(name)));
            assert_eq!(embed(&changed, &recipe("a hat")).as_ref(), Ok(&with));
        }
        let open = swapped(&with, b"</selfsame:recipe>", b"</selfsame:rexipe>");
        assert_eq!(refusal(&open), PictureError::Damaged);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn files_with_changed_bytes_are_read_or_refused(
        which in 0..ALL.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        with_recipe in any::<bool>(),
    ) {
        let mut file = ALL[which].1.to_vec();
        if with_recipe {
            file = embed(&file, &recipe("a hat")).expect("it takes one");
        }
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = (read(&file), strip(&file));
        if let Ok(with) = embed(&file, &recipe("a cap")) {
            prop_assert_eq!(read(&with), Ok(Some(recipe("a cap"))));
            if read(&file) == Ok(None) {
                prop_assert_eq!(strip(&with), Ok(file));
            }
        }
    }
}
