//! The mark that says a picture was generated.

use proptest::prelude::*;
use selfsame_recipe::picture::{PictureError, embed, mark, read, strip};

use crate::files::{contains, jpeg, picture, pieces, pixels};
use crate::pictures::{ALL, recipe};

const SOURCE: &str = "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>";

fn marked(file: &[u8]) -> Vec<u8> {
    mark(file.to_vec()).expect("it takes the mark")
}

fn count(file: &[u8], text: &str) -> usize {
    let same = |window: &&[u8]| *window == text.as_bytes();
    file.windows(text.len()).filter(same).count()
}

#[test]
fn every_picture_carries_the_mark_once_and_keeps_its_pixels() {
    for (name, file) in ALL {
        let once = marked(file);
        assert_eq!(count(&once, SOURCE), 1, "{name}");
        assert_eq!(pixels(name, &once), pixels(name, file), "{name}");
        assert_eq!(marked(&once), once, "{name}");
        assert_eq!(read(&once), Ok(None), "{name}");
    }
}

#[test]
fn a_mark_changes_no_other_chunk_or_segment() {
    for (name, file) in ALL {
        let is_notes = |piece: &Vec<u8>| contains(piece, "xpacket e") || piece.starts_with(b"VP8X");
        let (mut before, mut after) = (pieces(file), pieces(&marked(file)));
        before.retain(|piece| !is_notes(piece));
        after.retain(|piece| !is_notes(piece));
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn removing_the_recipe_keeps_the_mark() {
    for (name, file) in ALL {
        let plain = marked(file);
        let with = embed(&plain, &recipe("a hat")).expect(name);
        assert_eq!(read(&with), Ok(Some(recipe("a hat"))), "{name}");
        assert_eq!(count(&with, SOURCE), 1, "{name}");
        assert_eq!(strip(&with), Ok(plain), "{name}");
    }
}

#[test]
fn a_picture_with_a_recipe_keeps_it_when_it_is_marked() {
    for (name, file) in ALL {
        let with = marked(&embed(file, &recipe("a hat")).expect(name));
        assert_eq!(read(&with), Ok(Some(recipe("a hat"))), "{name}");
        let without = strip(&with).expect(name);
        assert_eq!(
            (count(&without, SOURCE), read(&without)),
            (1, Ok(None)),
            "{name}"
        );
        assert_eq!(pixels(name, &without), pixels(name, file), "{name}");
    }
}

#[test]
fn bytes_after_the_picture_are_cut() {
    for (name, file) in ALL {
        let long = vec![0; 70_000];
        for padding in [&long[..], b"\xff\xd9", b"IEND\xae\x42\x60\x82", b"\0"] {
            assert_eq!(marked(&[file, padding].concat()), marked(file), "{name}");
        }
    }
}

#[test]
fn notes_of_another_program_stay() {
    for name in ["xmp.jpg", "xmp.webp"] {
        let with = marked(&picture(name));
        assert!(contains(&with, "dc:source=\"café\""), "{name}");
        assert_eq!(count(&with, "<rdf:RDF"), 1, "{name}");
    }
    let notes = "<rdf:RDF>notes</rdf:RDF>";
    assert!(contains(
        &marked(&png("\0\0\0\0\0", notes)),
        "<rdf:RDF>notes<"
    ));
}

#[test]
fn notes_that_say_otherwise_or_cannot_be_added_to_give_way() {
    let other = "<rdf:RDF><x Iptc4xmpExt:DigitalSourceType=\"digitalCapture\"/></rdf:RDF>";
    let long = format!("<rdf:RDF>{}</rdf:RDF>", " ".repeat(65_400));
    for packet in ["", "<rdf:RDF/>", other, &long] {
        let with = marked(&jpeg(packet.as_bytes()));
        assert_eq!((count(&with, SOURCE), count(&with, "xap/1.0")), (1, 1));
        assert_eq!(with.len(), marked(&picture("plain.jpg")).len());
    }
    let plain = marked(&picture("plain.png"));
    for (head, packet) in [("\0\0\0\0\0", other), ("\0\x01\0\0\0", "deflated")] {
        assert_eq!(marked(&png(head, packet)), plain);
    }
}

/// A PNG with an XMP packet behind this end of the keyword.
fn png(head: &str, packet: &str) -> Vec<u8> {
    let data = format!("iTXtXML:com.adobe.xmp{head}{packet}");
    let length = u32::try_from(data.len() - 4).expect("short").to_be_bytes();
    let sum = crc(data.as_bytes()).to_be_bytes();
    let plain = picture("plain.png");
    [&plain[..33], &length, data.as_bytes(), &sum, &plain[33..]].concat()
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

#[test]
fn a_cut_picture_is_truncated() {
    for (name, file) in ALL {
        for end in 12..file.len() {
            let error = mark(file[..end].to_vec());
            assert_eq!(error, Err(PictureError::Truncated), "{name} {end}");
        }
    }
    assert_eq!(mark(b"GIF89a".to_vec()), Err(PictureError::NotAPicture));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn files_with_changed_bytes_are_marked_or_refused(
        which in 0..ALL.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = ALL[which].1.to_vec();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(with) = mark(file) {
            prop_assert!(contains(&with, SOURCE));
            prop_assert_eq!(mark(with.clone()), Ok(with));
        }
    }
}
