//! Files that hold what draws the picture, and the mark that says it was generated.

use proptest::prelude::*;
use selfsame_recipe::picture::{PictureError, bare, embed, read, strip};

use crate::files::{contains, picture, pieces, pixels};
use crate::pictures::{ALL, recipe};

const SOURCE: &str = "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>";

fn bared(name: &str, file: &[u8]) -> Vec<u8> {
    bare(file).expect(name)
}

fn count(file: &[u8], text: &str) -> usize {
    let same = |window: &&[u8]| *window == text.as_bytes();
    file.windows(text.len()).filter(same).count()
}

#[test]
fn every_picture_carries_the_mark_once_and_keeps_its_pixels() {
    for (name, file) in ALL {
        let once = bared(name, file);
        assert_eq!(count(&once, SOURCE), 1, "{name}");
        assert_eq!(pixels(name, &once), pixels(name, file), "{name}");
        assert_eq!(bared(name, &once), once, "{name}");
        assert_eq!(read(&once), Ok(None), "{name}");
    }
}

#[test]
fn what_draws_the_picture_stays_as_it_is_and_everything_else_goes() {
    for (name, file) in ALL {
        let is_note = |piece: &Vec<u8>| match file[0] {
            0xff => matches!(piece[1], 0xe1 | 0xed | 0xfe),
            0x89 => matches!(
                &piece[4..8],
                b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME" | b"pHYs"
            ),
            _ => matches!(&piece[..4], b"EXIF" | b"XMP " | b"VP8X"),
        };
        let (mut before, mut after) = (pieces(file), pieces(&bared(name, file)));
        before.retain(|piece| !is_note(piece));
        after.retain(|piece| !is_note(piece));
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn no_note_of_another_program_is_left() {
    let found = |file: &[u8], text: &str| contains(&bared(text, file), text);
    for (name, note) in [
        ("exif.jpg", "a picture"),
        ("xmp.jpg", "café"),
        ("xmp.webp", "café"),
        ("xmp.webp", "EXIF"),
        ("texts.png", "hello"),
        ("texts.png", "été"),
    ] {
        assert!(contains(&picture(name), note), "{name} {note}");
        assert!(!found(&picture(name), note), "{name} {note}");
    }
    let words = "parameters\0tok, a secret prompt";
    for kind in ["tEXt", "zTXt", "iTXt", "eXIf", "prVt"] {
        assert!(
            !found(&with_chunk(kind, words), "a secret prompt"),
            "{kind}"
        );
    }
    for marker in [0xe0, 0xe1, 0xe2, 0xeb, 0xed, 0xef, 0xf0, 0xfe] {
        assert!(
            !found(&with_segment(marker, words), "a secret prompt"),
            "{marker:x}"
        );
    }
    let between_scans = with_segment_before_end(&picture("plain.jpg"), words);
    assert!(!found(&between_scans, "a secret prompt"));
    for kind in ["EXIF", "XMP ", "note"] {
        assert!(
            !found(&with_riff_chunk(kind, words), "a secret prompt"),
            "{kind}"
        );
    }
}

#[test]
fn removing_the_recipe_keeps_the_mark() {
    for (name, file) in ALL {
        let plain = bared(name, file);
        let with = embed(&plain, &recipe("a hat")).expect(name);
        assert_eq!(read(&with), Ok(Some(recipe("a hat"))), "{name}");
        assert_eq!(count(&with, SOURCE), 1, "{name}");
        assert_eq!(strip(&with), Ok(plain), "{name}");
    }
}

#[test]
fn a_recipe_goes_like_any_note() {
    for (name, file) in ALL {
        let plain = bared(name, file);
        let with = embed(&plain, &recipe("a hat")).expect(name);
        assert_eq!(bared(name, &with), plain, "{name}");
        let with = embed(file, &recipe("a hat")).expect(name);
        assert_eq!(bared(name, &with), plain, "{name}");
    }
}

#[test]
fn bytes_after_the_picture_are_cut() {
    for (name, file) in ALL {
        let long = vec![0; 70_000];
        for padding in [&long[..], b"\xff\xd9", b"IEND\xae\x42\x60\x82", b"\0"] {
            let longer = [file, padding].concat();
            assert_eq!(bared(name, &longer), bared(name, file), "{name}");
        }
    }
}

#[test]
fn two_packets_and_packets_that_nothing_can_be_added_to_are_no_hindrance() {
    let plain = bare(&picture("plain.jpg"));
    for packet in ["", "<rdf:RDF/>", "<rdf:RDF>notes</rdf:RDF>"] {
        let packet = format!("http://ns.adobe.com/xap/1.0/\0{packet}");
        let once = with_segment(0xe1, &packet);
        let twice = [&once[..20], &segment(0xe1, &packet), &once[20..]].concat();
        assert_eq!(bare(&once), plain, "{packet}");
        assert_eq!(bare(&twice), plain, "{packet}");
    }
}

#[test]
fn a_file_without_a_picture_is_damaged() {
    let png = picture("plain.png");
    let end = b"\0\0\0\0IEND\xae\x42\x60\x82";
    assert_eq!(
        bare(&[&png[..33], end].concat()),
        Err(PictureError::Damaged)
    );
    assert_eq!(bare(b"\xff\xd8\xff\xd9"), Err(PictureError::Damaged));
    let header = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0";
    assert_eq!(bare(header), Err(PictureError::Damaged));
}

/// `plain.png` with one more chunk, whose checksum is wrong.
fn with_chunk(kind: &str, data: &str) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short").to_be_bytes();
    let plain = picture("plain.png");
    [
        &plain[..33],
        &length,
        kind.as_bytes(),
        data.as_bytes(),
        &[0; 4],
        &plain[33..],
    ]
    .concat()
}

/// `plain.jpg` with one more segment behind that of JFIF.
fn with_segment(marker: u8, data: &str) -> Vec<u8> {
    let plain = picture("plain.jpg");
    [&plain[..20], &segment(marker, data), &plain[20..]].concat()
}

/// A JPEG with a comment behind its scan.
fn with_segment_before_end(file: &[u8], data: &str) -> Vec<u8> {
    let (scans, end) = file.split_at(file.len() - 2);
    [scans, &segment(0xfe, data), end].concat()
}

fn segment(marker: u8, data: &str) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    [&[0xff, marker], &length[..], data.as_bytes()].concat()
}

/// `lossy.webp` with one more chunk at its end, which makes it an extended file.
fn with_riff_chunk(kind: &str, data: &str) -> Vec<u8> {
    let mut file = bared("lossy.webp", &picture("lossy.webp"));
    let length = u32::try_from(data.len()).expect("short");
    file.extend(kind.as_bytes());
    file.extend(length.to_le_bytes());
    file.extend(data.as_bytes());
    file.resize(file.len().next_multiple_of(2), 0);
    let length = u32::try_from(file.len() - 8).expect("short");
    file[4..8].copy_from_slice(&length.to_le_bytes());
    file
}

#[test]
fn a_cut_picture_is_truncated() {
    for (name, file) in ALL {
        for end in 12..file.len() {
            let error = bare(&file[..end]);
            assert_eq!(error, Err(PictureError::Truncated), "{name} {end}");
        }
    }
    assert_eq!(bare(b"GIF89a"), Err(PictureError::NotAPicture));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn files_with_changed_bytes_are_bare_or_refused(
        which in 0..ALL.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = ALL[which].1.to_vec();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(with) = bare(&file) {
            prop_assert!(contains(&with, SOURCE));
            prop_assert_eq!(bare(&with), Ok(with));
        }
    }
}
