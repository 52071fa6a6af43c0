//! Seeds and data.

use selfsame_prompt::parameters::PRESETS;
use selfsame_prompt::placement::QUALITY_SPECS;
use selfsame_wasm::{builder_version, draw_seed, presets, quality_specs};
use wasm_bindgen_test::wasm_bindgen_test;

use super::json;

#[wasm_bindgen_test]
fn seeds_are_drawn_anew() {
    let seeds: Vec<u32> = (0..64)
        .map(|_| draw_seed().expect("the platform has randomness"))
        .collect();
    assert!(seeds.iter().all(|seed| *seed != 0));
    assert!(seeds.iter().any(|seed| *seed != seeds[0]));
    assert!(seeds.iter().any(|seed| *seed > 65_535));
}

#[wasm_bindgen_test]
fn the_data_is_cores() {
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
