//! Replaying a recipe gives the input that made the picture, or an error that says why not.

use selfsame_prompt::compose::{Composition, compose};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::Overrides;
use selfsame_prompt::schema::{InputSchema, InputValue};
use selfsame_recipe::{BUILDER_VERSION, Recipe, ReplayError, data_versions};

const DEV_LORA: &str = include_str!("../../../../tests/fixtures/schemas/flux-dev-lora.json");
const HOTSWAP: &str = include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json");
const TRAINED_2024: &str = include_str!("../../../../tests/fixtures/schemas/flux-lora-2024.json");

const PROVIDER: &str = "replicate";
const VERSION: &str = "f00d";

fn model(schema: &str, weights: Option<&str>) -> ModelProfile {
    let document = serde_json::from_str(schema).expect("JSON");
    ModelProfile {
        trigger: "user42585527".parse().expect("a trigger"),
        class_word: "woman".parse().expect("a class word"),
        schema: InputSchema::from_openapi(&document).expect("it can be served"),
        weights: weights.map(ToOwned::to_owned),
    }
}

fn models() -> [ModelProfile; 3] {
    [
        model(DEV_LORA, Some("studio/ada")),
        model(HOTSWAP, None),
        model(TRAINED_2024, None),
    ]
}

/// The recipe that the Worker stores for picture `index` of two.
fn recipe(model: &ModelProfile, index: u32) -> Recipe {
    let composition = Composition {
        text: "a hat, in the rain".to_owned(),
        pictures: 2,
        overrides: Overrides {
            seed: Some(42),
            ..Overrides::default()
        },
        ..Composition::default()
    };
    let preview = compose(model, &composition).expect("it can be composed");
    Recipe {
        builder: BUILDER_VERSION,
        data: data_versions(composition.quality),
        enhancements: Vec::new(),
        index,
        input: preview.input,
        parts: preview.spans,
        provider: PROVIDER.to_owned(),
        seed: Some(42),
        version: VERSION.to_owned(),
    }
}

fn refusal(recipe: &Recipe, model: &ModelProfile) -> ReplayError {
    let error = recipe
        .replay(PROVIDER, VERSION, &model.schema, model.weights.as_deref())
        .expect_err("it is refused");
    assert!(error.to_string().ends_with('.'));
    error
}

#[test]
fn the_same_version_gets_the_same_input() {
    for model in models() {
        for index in 0..2 {
            let made = recipe(&model, index);
            let text = made.canonical_json();
            let read = Recipe::verify(&text, &made.id()).expect("a valid recipe");
            let input = read.replay(PROVIDER, VERSION, &model.schema, model.weights.as_deref());
            assert_eq!(input, Ok(made.input));
        }
    }
}

#[test]
fn the_seed_that_was_used_is_sent() {
    let [_, model, _] = models();
    let mut made = recipe(&model, 0);
    made.seed = Some(7);
    made.input.remove("seed");
    let input = made
        .replay(PROVIDER, VERSION, &model.schema, None)
        .expect("it replays");
    assert_eq!(input.get("seed"), Some(&InputValue::Integer(7)));
}

#[test]
fn another_provider_or_version_makes_another_picture() {
    let [_, model, _] = models();
    let made = recipe(&model, 0);
    let replay = |provider, version| made.replay(provider, version, &model.schema, None);
    assert_eq!(
        replay("fal", VERSION),
        Err(ReplayError::OtherProvider(PROVIDER.to_owned()))
    );
    assert_eq!(
        replay(PROVIDER, "beef"),
        Err(ReplayError::OtherVersion(VERSION.to_owned()))
    );
}

#[test]
fn a_recipe_cannot_select_another_lora() {
    let [dev, hotswap, _] = models();
    let mut made = recipe(&dev, 0);
    made.input
        .insert("lora_weights".to_owned(), InputValue::text("studio/bob"));
    assert_eq!(refusal(&made, &dev), ReplayError::OtherWeights);
    made.input.remove("lora_weights");
    assert_eq!(
        refusal(&made, &dev),
        ReplayError::Missing("lora_weights".to_owned())
    );

    let mut made = recipe(&hotswap, 0);
    for name in [
        "lora_weights",
        "replicate_weights",
        "extra_lora",
        "hf_api_token",
        "disable_safety_checker",
    ] {
        let mut other = made.clone();
        other
            .input
            .insert(name.to_owned(), InputValue::text("studio/bob"));
        assert_eq!(
            refusal(&other, &hotswap),
            ReplayError::UnknownInput(name.to_owned())
        );
    }
    made.enhancements.push("00".repeat(32));
    assert_eq!(refusal(&made, &hotswap), ReplayError::Enhancements);
}

#[test]
fn values_that_the_version_does_not_accept_are_refused() {
    let [_, model, old] = models();
    let mut made = recipe(&model, 0);
    made.input
        .insert("num_inference_steps".to_owned(), InputValue::Integer(51));
    assert_eq!(
        refusal(&made, &model),
        ReplayError::OutsideModel("num_inference_steps".to_owned())
    );
    let mut made = recipe(&model, 0);
    made.input
        .insert("model".to_owned(), InputValue::text("schnell"));
    assert_eq!(
        refusal(&made, &model),
        ReplayError::OutsideModel("model".to_owned())
    );
    // The 2024 schema has no choice of size.
    assert!(matches!(
        refusal(&recipe(&model, 0), &old),
        ReplayError::UnknownInput(_)
    ));
    for prompt in [InputValue::text(""), InputValue::Integer(7)] {
        let mut made = recipe(&model, 0);
        made.input.insert("prompt".to_owned(), prompt);
        assert_eq!(
            refusal(&made, &model),
            ReplayError::OutsideModel("prompt".to_owned())
        );
    }
    let mut made = recipe(&model, 0);
    made.input.remove("prompt");
    assert_eq!(
        refusal(&made, &model),
        ReplayError::Missing("prompt".to_owned())
    );
}

#[test]
fn a_recipe_without_a_seed_or_with_a_wrong_index_is_refused() {
    let [_, model, _] = models();
    for seed in [None, Some(0)] {
        let mut made = recipe(&model, 0);
        made.seed = seed;
        assert_eq!(refusal(&made, &model), ReplayError::NoSeed);
    }
    assert_eq!(
        refusal(&recipe(&model, 2), &model),
        ReplayError::NoSuchPicture(2)
    );
    let mut made = recipe(&model, 1);
    made.input.remove("num_outputs");
    assert_eq!(refusal(&made, &model), ReplayError::NoSuchPicture(1));
}
