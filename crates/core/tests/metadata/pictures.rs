//! Small pictures of every kind that an encoder makes (Pillow 12, of one drawing).

use selfsame_core::recipe::Recipe;

macro_rules! pictures {
    ($($name:literal),+ $(,)?) => {
        /// Name and bytes.
        pub const ALL: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../../tests/fixtures/pictures/", $name)))),+];
    };
}

pictures! {
    "alpha.png", "animated.png", "plain.png", "texts.png",
    "cmyk.jpg", "exif.jpg", "plain.jpg", "xmp.jpg",
    "animated.webp", "lossless-alpha.webp", "lossless.webp", "lossy-alpha.webp", "lossy-odd.webp", "lossy.webp",
    "xmp.webp",
}

pub fn picture(name: &str) -> Vec<u8> {
    let found = ALL.iter().find(|(known, _)| *known == name);
    found.expect("a fixture").1.to_vec()
}

/// A recipe with everything in it that a wrapping could stumble over.
pub fn recipe(words: &str) -> Recipe {
    let prompt = format!(
        "{words}, <b>&amp;</b> ]]> \u{fffe}\u{ffff} “Schön” 红裙 🙂 \"\\u0026\" </rdf:RDF>"
    );
    let prompt = serde_json::to_string(&prompt).expect("JSON");
    let text = format!(
        r#"{{"builder":1,"data":["presets@1"],"index":0,"input":{{"guidance":3.5,"prompt":{prompt}}},"provider":"replicate","seed":7,"version":"f00d"}}"#
    );
    Recipe::parse(&text).expect("a recipe")
}

/// A file's chunks or segments up to the picture's own data, told apart without the code under test.
pub fn pieces(file: &[u8]) -> Vec<Vec<u8>> {
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
