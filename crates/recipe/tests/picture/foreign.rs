//! Files with data from other programs.

use selfsame_prompt::schema::InputValue;
use selfsame_recipe::RecipeError;
use selfsame_recipe::picture::{PictureError, embed, read, strip};

use crate::files::{contains, jpeg, picture};
use crate::pictures::recipe;

#[test]
fn other_properties_of_a_packet_stay() {
    for name in ["xmp.jpg", "xmp.webp"] {
        let file = picture(name);
        let with = embed(&file, &recipe("a hat")).expect("it takes one");
        assert!(contains(&file, "dc:source=\"café\"") && contains(&with, "dc:source=\"café\""));
        assert_eq!(
            with.windows(8)
                .filter(|window| window == b"<rdf:RDF")
                .count(),
            1,
            "{name}"
        );
    }
}

#[test]
fn a_packet_without_an_end_of_its_rdf_is_left_unchanged() {
    for packet in [
        &b""[..],
        b"<rdf:RDF/>",
        b"nothing at all",
        b"<\0?\0x\0p\0a\0c\0k\0e\0t\0\xff\xfe",
    ] {
        let file = jpeg(packet);
        assert_eq!(
            embed(&file, &recipe("a hat")),
            Err(PictureError::ForeignXmp)
        );
        assert_eq!(read(&file), Ok(None));
        assert_eq!(strip(&file), Ok(file));
    }
}

#[test]
fn a_packet_that_grows_too_large_for_its_segment_is_refused() {
    let foreign = format!("<rdf:RDF>{}</rdf:RDF>", " ".repeat(65_000));
    let error = embed(&jpeg(foreign.as_bytes()), &recipe(&"hat ".repeat(200)));
    assert_eq!(error, Err(PictureError::TooLarge));
    // Each `<` takes six bytes.
    let error = embed(&picture("plain.jpg"), &recipe(&"<".repeat(11_000)));
    assert_eq!(error, Err(PictureError::TooLarge));
    assert!(embed(&picture("lossy.webp"), &recipe(&"<".repeat(11_000))).is_ok());
}

#[test]
fn the_longest_recipes_fit_into_every_format() {
    let long = recipe(&"🙂".repeat(9_000));
    assert!(long.canonical_json().len() > 36_000);
    for name in ["plain.png", "plain.jpg", "lossy.webp"] {
        let with = embed(&picture(name), &long).expect("it takes it");
        assert_eq!(read(&with), Ok(Some(long.clone())));
    }
    let mut longer = recipe("a hat");
    let words = InputValue::Text("🙂".repeat(10_000));
    longer.input.insert("prompt".to_owned(), words);
    assert_eq!(
        embed(&picture("plain.png"), &longer),
        Err(PictureError::Recipe(RecipeError::TooLarge))
    );
}

#[test]
fn a_webp_with_a_new_chunk_keeps_its_extended_header() {
    let mut with = embed(&picture("lossy.webp"), &recipe("a hat")).expect("it takes one");
    with.extend(b"EXIF\x02\0\0\0II");
    let length = u32::try_from(with.len() - 8).expect("short");
    with[4..8].copy_from_slice(&length.to_le_bytes());
    with[20] |= 0x08;
    let without = strip(&with).expect("it can be taken out");
    assert_eq!(without[12..16], *b"VP8X");
    assert_eq!(without[20], 0x08);
    assert!(without.ends_with(b"EXIF\x02\0\0\0II"));
    assert_eq!(read(&without), Ok(None));
}
