//! Seeds and data.

use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_wasm::{Composer, builder_version, draw_seed, max_characters, presets, quality_specs};
use serde_json::json as json_value;
use wasm_bindgen_test::wasm_bindgen_test;

use super::composing::{SCHEMAS, model};
use super::{json, object};

#[wasm_bindgen_test]
fn every_seed_is_drawn_anew() {
    let seeds: Vec<u32> = (0..64)
        .map(|_| draw_seed().expect("the platform has randomness"))
        .collect();
    assert!(seeds.iter().all(|seed| *seed != 0));
    assert!(seeds.iter().any(|seed| *seed != seeds[0]));
    assert!(seeds.iter().any(|seed| *seed > 65_535));
}

#[wasm_bindgen_test]
fn presets_and_specifications_are_those_of_the_prompt_crate() {
    let presets = presets().expect("presets");
    assert_eq!(
        json(&presets),
        serde_json::to_string(&PRESETS).expect("JSON")
    );
    let specs = quality_specs().expect("specifications");
    assert_eq!(
        json(&specs),
        serde_json::to_string(&QUALITY_SPECS).expect("JSON")
    );
    assert!(builder_version() >= 1);
}

#[wasm_bindgen_test]
fn the_limit_counts_code_points_and_not_utf_16_units() {
    let (schema, names_lora) = SCHEMAS[2];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string()))
        .expect("the model can be read");
    let preview = |text: &str| composer.preview(&object(&json_value!({"text": text}).to_string()));
    let longest = "a".to_owned() + &"🙂".repeat(max_characters() - 1);
    assert!(preview(&longest).is_ok());
    assert!(preview(&(longest + "🙂")).is_err());
}
