//! Small pictures in every format and variant, and a recipe that is hard to embed. The fuzz targets use them too.

use selfsame_recipe::Recipe;

macro_rules! pictures {
    ($($name:literal),+ $(,)?) => {
        /// Name and bytes of each picture: one drawing, encoded with Pillow 12.
        pub(crate) const ALL: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../../tests/fixtures/pictures/", $name)))),+];
    };
}

pictures! {
    "alpha.png", "animated.png", "plain.png", "texts.png",
    "cmyk.jpg", "exif.jpg", "plain.jpg", "xmp.jpg",
    "animated.webp", "lossless-alpha.webp", "lossless.webp", "lossy-alpha.webp", "lossy-odd.webp", "lossy.webp",
    "xmp.webp",
}

/// A recipe whose prompt has everything that XML or JSON must escape.
pub(crate) fn recipe(words: &str) -> Recipe {
    let prompt = format!(
        "{words}, <b>&amp;</b> ]]> \u{fffe}\u{ffff} “Schön” 红裙 🙂 \"\\u0026\" </rdf:RDF>"
    );
    let prompt = serde_json::to_string(&prompt).expect("JSON");
    let text = format!(
        r#"{{"builder":1,"data":["presets@1"],"index":0,"input":{{"guidance":3.5,"prompt":{prompt}}},"provider":"replicate","seed":7,"version":"f00d"}}"#
    );
    Recipe::parse(&text).expect("a recipe")
}
