//! A preview through JavaScript's types is the preview that core composes: the same JSON text.

use js_sys::{Object, Reflect};
use selfsame_primitives::error::Refusal;
use selfsame_prompt::compose::{Composition, compose};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::schema::InputSchema;
use selfsame_series::shoots::{ShootRequest, listing};
use selfsame_wasm::{Composer, parse_dialect, shoots};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{json as text, object, thrown};

/// The three shapes that a version's schema comes in, and whether a request names the LoRA.
pub(crate) const SCHEMAS: [(&str, bool); 3] = [
    (
        include_str!("../../../../tests/fixtures/schemas/flux-dev-lora.json"),
        true,
    ),
    (
        include_str!("../../../../tests/fixtures/schemas/flux-lora-2024.json"),
        false,
    ),
    (
        include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json"),
        false,
    ),
];

/// A model as `GET /api/models` sends it.
pub(crate) fn model(schema: &str, names_lora: bool) -> Value {
    let dialect = parse_dialect(&object(schema)).expect("the schema can be served");
    json!({
        "id": "mdl_01arz3ndektsv4rrffq69g5fav",
        "label": "Ada",
        "provider": "replicate",
        "provider_model": "studio/ada-selfie-lora",
        "version": "0".repeat(64),
        "trigger": "user42585527",
        "class_word": "woman",
        "dialect": serde_json::from_str::<Value>(&text(&dialect)).expect("a dialect is JSON"),
        "weights": names_lora.then_some("studio/ada-selfie-lora"),
        "created_at": "2026-01-02T03:04:05.678Z",
    })
}

fn compositions() -> Vec<Value> {
    vec![
        json!({"text": "confident woman, street fashion"}),
        json!({"text": "woman in a garden", "preset": "natural", "pictures": 4, "quality": "lean"}),
        json!({"text": "red dress; night", "placement": "beginning", "overrides": {
            "guidance": 2.5, "steps": 28, "lora_scale": 1, "aspect_ratio": "1:1", "megapixels": "0.25",
            "seed": 4_294_967_295_u32, "output_format": "png", "output_quality": 80, "go_fast": false
        }}),
        json!({"text": "photo of user42585527 in Paris. “Schön” 🙂, 红裙", "placement": "natural", "overrides": {"seed": 1}}),
    ]
}

/// A preview without its tokens: another test may have loaded the vocabularies, which are the module's own.
fn but_tokens(preview: &str) -> (String, String) {
    let before = preview.split_once("\"tokens\":").expect("tokens");
    let after = before.1.split_once(",\"warnings\":").expect("warnings");
    (before.0.to_owned(), after.1.to_owned())
}

#[wasm_bindgen_test]
fn a_preview_is_what_core_composes() {
    let mut refused = 0;
    for (schema, names_lora) in SCHEMAS {
        let model = model(schema, names_lora);
        let composer = Composer::new(&object(&model.to_string())).expect("the model can be read");
        let profile: ModelProfile = serde_json::from_value(model).expect("a superset of it");
        for request in compositions() {
            let composition: Composition =
                serde_json::from_value(request.clone()).expect("a composition");
            let here = composer.preview(&object(&request.to_string()));
            match (compose(&profile, &composition), here) {
                (Ok(native), Ok(here)) => {
                    let native = serde_json::to_string(&native).expect("a preview is JSON");
                    assert_eq!(but_tokens(&text(&here)), but_tokens(&native));
                }
                (Err(native), Err(here)) => {
                    let here: Refusal = serde_json::from_value(thrown(&here)).expect("a refusal");
                    assert_eq!(here.code, native.code());
                    assert_eq!(here.field.as_deref(), native.field());
                    assert_eq!(here.message, native.to_string());
                    refused += 1;
                }
                (native, here) => panic!("{request}: natively {native:?}, here {here:?}"),
            }
        }
    }
    // The 2024 schema has no choice of size.
    assert_eq!(refused, 1);
}

#[wasm_bindgen_test]
fn json_text_is_taken_as_the_object_is() {
    for (schema, names_lora) in SCHEMAS {
        let model = model(schema, names_lora).to_string();
        let of_object = Composer::new(&object(&model)).expect("the model can be read");
        let of_text = Composer::new(&JsValue::from_str(&model)).expect("the model can be read");
        for request in compositions() {
            let request = request.to_string();
            let a = of_object.preview(&object(&request));
            let b = of_text.preview(&JsValue::from_str(&request));
            assert_eq!(a.is_ok(), b.is_ok());
            let value = |result: Result<JsValue, JsValue>| {
                result.map_or_else(|error| thrown(&error).to_string(), |value| text(&value))
            };
            assert_eq!(value(a), value(b));
        }
    }
}

#[wasm_bindgen_test]
fn a_dialect_is_what_core_parses_and_goes_in_again() {
    for (schema, _) in SCHEMAS {
        let document = serde_json::from_str(schema).expect("JSON");
        let native = InputSchema::from_openapi(&document).expect("the schema can be served");
        let here = parse_dialect(&object(schema)).expect("the schema can be served");
        assert_eq!(
            text(&here),
            serde_json::to_string(&native).expect("a dialect is JSON")
        );
        let back: InputSchema = serde_json::from_str(&text(&here)).expect("a dialect");
        assert_eq!(back, native);
    }
}

#[wasm_bindgen_test]
fn everything_in_a_preview_is_a_plain_value() {
    let (schema, names_lora) = SCHEMAS[0];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string()))
        .expect("the model can be read");
    let request = json!({"text": "hat", "overrides": {"seed": 4_294_967_295_u32}}).to_string();
    let preview = composer.preview(&object(&request)).expect("a preview");
    let input = Reflect::get(&preview, &"input".into()).expect("an input");
    assert_eq!(
        Object::get_prototype_of(&input),
        Object::get_prototype_of(&Object::new())
    );
    let seed = Reflect::get(&input, &"seed".into()).expect("a seed");
    assert_eq!(seed.as_f64(), Some(4_294_967_295.0));
}

#[wasm_bindgen_test]
fn a_field_that_is_undefined_is_not_there() {
    let (schema, names_lora) = SCHEMAS[0];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string()))
        .expect("the model can be read");
    let request = object(r#"{"text": "hat"}"#);
    Reflect::set(&request, &"preset".into(), &JsValue::UNDEFINED).expect("it can be set");
    let preview = composer.preview(&request).expect("a preview");
    let bare = composer
        .preview(&object(r#"{"text": "hat"}"#))
        .expect("a preview");
    assert_eq!(text(&preview), text(&bare));
}

#[wasm_bindgen_test]
fn settings_are_the_same_frozen_objects_until_they_change() {
    let (schema, names_lora) = SCHEMAS[0];
    let composer = Composer::new(&object(&model(schema, names_lora).to_string()))
        .expect("the model can be read");
    let preview = |request: &str| composer.preview(&object(request)).expect("a preview");
    let of = |preview: &JsValue, part: &str| Reflect::get(preview, &part.into()).expect("a part");
    let first = preview(r#"{"text": "hat", "overrides": {"seed": 1}}"#);
    let next = preview(r#"{"text": "red hat", "overrides": {"seed": 1}}"#);
    let other = preview(r#"{"text": "red hat", "overrides": {"seed": 2}}"#);
    for part in ["parameters", "effects"] {
        assert!(Object::is(&of(&first, part), &of(&next, part)));
        assert!(!Object::is(&of(&next, part), &of(&other, part)));
        assert!(Object::is_frozen(&of(&first, part).into()));
    }
    assert_ne!(
        of(&of(&first, "input"), "prompt"),
        of(&of(&next, "input"), "prompt")
    );
    assert_eq!(of(&of(&other, "input"), "seed").as_f64(), Some(2.0));
}

#[wasm_bindgen_test]
fn photoshoots_are_what_core_makes_of_them() {
    assert_eq!(
        text(&shoots().expect("a listing")),
        serde_json::to_string(&listing()).expect("JSON")
    );
    let (schema, names_lora) = SCHEMAS[2];
    let model = model(schema, names_lora);
    let composer = Composer::new(&object(&model.to_string())).expect("the model can be read");
    let profile: ModelProfile = serde_json::from_value(model).expect("a superset of it");
    let native = selfsame_prompt::compose::Composer::new(profile);
    for shoot in listing() {
        let request = json!({"shoot": shoot.id, "base_seed": 4_294_967_290_u32, "shots": [0, 7]});
        let here = composer
            .expand_shoot(&object(&request.to_string()))
            .expect("a plan");
        let request: ShootRequest = serde_json::from_value(request).expect("a request");
        let plan = request.expand(&native).expect("a plan");
        assert_eq!(text(&here), serde_json::to_string(&plan).expect("JSON"));
    }
    let error = composer
        .expand_shoot(&object(r#"{"shoot": "wedding", "base_seed": 1}"#))
        .expect_err("it is refused");
    assert_eq!(thrown(&error)["field"], "shoot");
}
