//! Replaying a recipe gives the input that made the picture, or an error that says why not.

use selfsame_prompt::compose::{Composition, compose};
use selfsame_prompt::enhancement::{Enhancement, EnhancementChoice};
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
        enhancements: Vec::new(),
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
        data: data_versions(composition.quality, &preview.enhancements),
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
        .replay(PROVIDER, VERSION, model)
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
            let input = read.replay(PROVIDER, VERSION, &model);
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
    let input = made.replay(PROVIDER, VERSION, &model).expect("it replays");
    assert_eq!(input.get("seed"), Some(&InputValue::Integer(7)));
}

#[test]
fn another_provider_or_version_makes_another_picture() {
    let [_, model, _] = models();
    let made = recipe(&model, 0);
    let replay = |provider, version| made.replay(provider, version, &model);
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
    let mut other = made.clone();
    other
        .input
        .insert("extra_lora".to_owned(), InputValue::text("studio/bob"));
    assert_eq!(refusal(&other, &hotswap), ReplayError::OtherWeights);
    made.enhancements.push("00".repeat(32));
    assert_eq!(refusal(&made, &hotswap), ReplayError::Enhancements);
}

#[test]
fn an_enhancement_replays_only_as_it_is_offered() {
    let [_, mut model, _] = models();
    let realism = Enhancement {
        id: "face-realism".parse().expect("an id"),
        version: 2,
        title: "Face realism".to_owned(),
        reference: "huggingface.co/somebody/realism/lora.safetensors".to_owned(),
        phrase: None,
        default_scale: 0.6,
        max_scale: 0.8,
    };
    model.enhancements.push(realism.clone());
    let composition = Composition {
        text: "a hat".to_owned(),
        pictures: 1,
        enhancements: vec![EnhancementChoice {
            id: realism.id.clone(),
            scale: None,
        }],
        ..Composition::default()
    };
    let preview = compose(&model, &composition).expect("it can be composed");
    let made = Recipe {
        data: data_versions(composition.quality, &preview.enhancements),
        input: preview.input,
        parts: preview.spans,
        ..recipe(&model, 0)
    };
    let text = made.canonical_json();
    assert_eq!(Recipe::parse(&text).as_ref(), Ok(&made));
    let mut sent = made.input.clone();
    sent.insert("seed".to_owned(), InputValue::Integer(42));
    assert_eq!(made.replay(PROVIDER, VERSION, &model), Ok(sent));

    let mut stronger = made.clone();
    stronger
        .input
        .insert("extra_lora_scale".to_owned(), InputValue::Number(0.81));
    assert_eq!(
        refusal(&stronger, &model),
        ReplayError::OutsideModel("extra_lora_scale".to_owned())
    );
    for name in ["extra_lora", "extra_lora_scale"] {
        let mut without = made.clone();
        without.input.remove(name);
        let missing = ReplayError::Missing(name.to_owned());
        assert_eq!(refusal(&without, &model), missing);
    }
    let mut unnamed = made.clone();
    unnamed.data.remove(0);
    assert_eq!(refusal(&unnamed, &model), ReplayError::OtherWeights);
    model.enhancements[0].version = 3;
    assert_eq!(refusal(&made, &model), ReplayError::Enhancements);
    model.enhancements.clear();
    assert_eq!(refusal(&made, &model), ReplayError::Enhancements);
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
