//! Small pictures of every kind that an encoder makes (Pillow 12, of one drawing).

use selfsame_recipe::Recipe;

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
