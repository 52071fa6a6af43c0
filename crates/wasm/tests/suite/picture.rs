//! Recipes in pictures, through JavaScript's types.

use selfsame_wasm::{embed_recipe, read_recipe, strip_recipe};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{json, object, thrown};

const RECIPE: &str = r#"{"builder":1,"index":0,"input":{"prompt":"a “hat” <&> 🙂"},"provider":"replicate","seed":7,"version":"f00d"}"#;

const PICTURES: [&[u8]; 5] = [
    include_bytes!("../../../../tests/fixtures/pictures/alpha.png"),
    include_bytes!("../../../../tests/fixtures/pictures/xmp.jpg"),
    include_bytes!("../../../../tests/fixtures/pictures/lossy.webp"),
    include_bytes!("../../../../tests/fixtures/pictures/lossless-alpha.webp"),
    include_bytes!("../../../../tests/fixtures/pictures/animated.webp"),
];

#[wasm_bindgen_test]
fn a_recipe_goes_in_and_out_of_a_picture() {
    for picture in PICTURES {
        assert_eq!(read_recipe(picture).expect("it can be read"), JsValue::NULL);
        for recipe in [object(RECIPE), JsValue::from_str(RECIPE)] {
            let with = embed_recipe(picture, &recipe).expect("it takes it");
            assert_eq!(json(&read_recipe(&with).expect("it can be read")), RECIPE);
            assert_eq!(strip_recipe(&with).expect("it can be taken out"), picture);
        }
    }
}

#[wasm_bindgen_test]
fn what_is_no_picture_is_refused() {
    let recipe = object(RECIPE);
    for file in [&b""[..], b"GIF89a", &PICTURES[0][..40]] {
        for error in [
            embed_recipe(file, &recipe).expect_err("it is refused"),
            read_recipe(file).expect_err("it is refused"),
            strip_recipe(file).expect_err("it is refused"),
        ] {
            assert_eq!(thrown(&error)["code"], "picture_unreadable");
        }
    }
    assert!(embed_recipe(PICTURES[0], &object("{}")).is_err());
}
