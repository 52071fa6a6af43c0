//! Enhancements: their place in the prompt, what is sent of them, and what is refused.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::compose::{ComposeError, Composition, Preview, compose};
use selfsame_prompt::enhancement::{Enhancement, EnhancementChoice, EnhancementError};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::placement::{Placement, QualityId, SpanSource};
use selfsame_prompt::schema::{EffectStatus, InputValue};
use serde_json::{Value, json};

use crate::fixtures::{ALL, DEV_LORA, HOTSWAP, input_schema, with_input};

fn enhancement(id: &str, phrase: Option<&str>) -> Enhancement {
    Enhancement {
        id: id.parse().unwrap(),
        version: 1,
        title: "Face realism".to_owned(),
        reference: format!("huggingface.co/somebody/{id}/lora.safetensors"),
        phrase: phrase.map(|phrase| phrase.parse().unwrap()),
        default_scale: 0.6,
        max_scale: 1.0,
    }
}

fn model(schema: &str) -> ModelProfile {
    let schema = input_schema(schema);
    let weights = schema.check_weights(None).err();
    ModelProfile {
        trigger: "user42585527".parse().unwrap(),
        class_word: "woman".parse().unwrap(),
        schema,
        weights: weights.map(|_| "studio/ada".to_owned()),
        enhancements: vec![
            enhancement("face-realism", Some("face realism")),
            enhancement("details", None),
        ],
    }
}

fn composition(text: &str, id: &str, scale: Option<f64>) -> Composition {
    Composition {
        text: text.to_owned(),
        pictures: 1,
        quality: QualityId::Lean,
        enhancements: vec![EnhancementChoice {
            id: id.parse().unwrap(),
            scale,
        }],
        ..Composition::default()
    }
}

fn preview(schema: &str, composition: &Composition) -> Preview {
    compose(&model(schema), composition).unwrap()
}

fn refusal(model: &ModelProfile, composition: &Composition) -> EnhancementError {
    let error = compose(model, composition).unwrap_err();
    assert_eq!(error.field(), Some("enhancements"));
    match error {
        ComposeError::Enhancement(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_phrase_follows_the_trigger_wherever_that_is() {
    let tail = "film photograph, raw photo, natural skin texture";
    for (placement, text, prompt) in [
        (
            Placement::BeginningAndMiddle,
            "in the rain, a hat",
            "user42585527, face realism, in the rain, user42585527 portrait, a hat",
        ),
        (
            Placement::Beginning,
            "in the rain, Face Realism, a hat",
            "user42585527, face realism, in the rain, a hat",
        ),
        (
            Placement::Natural,
            "photo of user42585527 in the rain",
            "face realism, photo of user42585527 in the rain",
        ),
        (
            Placement::Natural,
            "user42585527",
            "user42585527 portrait, face realism",
        ),
    ] {
        let mut asked = composition(text, "face-realism", None);
        asked.placement = placement;
        let first = preview(HOTSWAP, &asked);
        assert_eq!(first.prompt, format!("{prompt}, {tail}"));
        let phrase = first.spans.iter().find(|span| span.text.contains("face"));
        assert_eq!(phrase.map(|span| span.source), Some(SpanSource::Trigger));
        // Building a finished prompt again leaves it as it is.
        asked.text = first.prompt.clone();
        assert_eq!(preview(HOTSWAP, &asked).prompt, first.prompt);
    }
}

#[test]
fn every_published_schema_takes_one_enhancement_beside_the_own_lora() {
    for schema in ALL {
        let plain = Composition {
            enhancements: Vec::new(),
            ..composition("a hat", "details", None)
        };
        let (without, with) = (
            preview(schema, &plain),
            preview(schema, &composition("a hat", "details", Some(0.5))),
        );
        assert!(without.enhancements.is_empty());
        assert_eq!(with.prompt, without.prompt, "it has no phrase");
        let mut expected = without.input;
        let reference = InputValue::text("huggingface.co/somebody/details/lora.safetensors");
        expected.insert("extra_lora".to_owned(), reference);
        expected.insert("extra_lora_scale".to_owned(), InputValue::Number(0.5));
        assert_eq!(with.input, expected);
        let [effect] = with.enhancements.as_slice() else {
            panic!("{:?}", with.enhancements);
        };
        assert_eq!(InputValue::text(&effect.value), with.input[&effect.name]);
        assert_eq!(effect.scale, with.input[&effect.scale_name]);
        assert_eq!(effect.status, EffectStatus::Sent);
        assert!(effect.reason.ends_with('.'));
    }
}

#[test]
fn a_smaller_range_clamps_the_default_and_refuses_an_explicit_scale() {
    let narrow = json!({"type": "number", "minimum": -1, "maximum": 0.5});
    let narrow = with_input(HOTSWAP, "extra_lora_scale", narrow);
    let clamped = preview(&narrow, &composition("a hat", "details", None));
    assert_eq!(clamped.input["extra_lora_scale"], InputValue::Number(0.5));
    assert_eq!(clamped.enhancements[0].status, EffectStatus::Clamped);
    let explicit = composition("a hat", "details", Some(0.6));
    assert_eq!(
        refusal(&model(&narrow), &explicit).to_string(),
        "The scale of “Face realism” must be a number from 0 to 0.5."
    );
}

#[test]
fn a_version_without_usable_inputs_takes_none() {
    let text = json!({"type": "string"});
    for schema in [
        with_input(HOTSWAP, "extra_lora", Value::Null),
        with_input(HOTSWAP, "extra_lora", json!({"type": "integer"})),
        with_input(HOTSWAP, "extra_lora_scale", Value::Null),
        with_input(HOTSWAP, "extra_lora_scale", text),
        with_input(
            HOTSWAP,
            "extra_lora_scale",
            json!({"type": "number", "minimum": 0.5, "maximum": 1}),
        ),
    ] {
        let model = model(&schema);
        assert_eq!(model.schema.most_enhancements(), 0);
        let error = refusal(&model, &composition("a hat", "details", None));
        assert_eq!(error, EnhancementError::TooMany { asked: 1, most: 0 });
    }
}

#[test]
fn only_what_the_catalogue_offers_is_sent() {
    let offered = model(HOTSWAP);
    for id in ["ultra-realism", "studio-bob"] {
        let error = refusal(&offered, &composition("a hat", id, None));
        assert_eq!(error, EnhancementError::Unknown(id.parse().unwrap()));
    }
    let mut both = composition("a hat", "details", None);
    both.enhancements
        .push(composition("", "face-realism", None).enhancements[0].clone());
    let error = compose(&offered, &both).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ParameterUnsupported);
    assert_eq!(
        error.to_string(),
        "This model takes one enhancement beside your own LoRA, not 2. Choose one."
    );
    for scale in [-0.1, 1.01, f64::NAN, f64::INFINITY] {
        let error = refusal(&offered, &composition("a hat", "details", Some(scale)));
        assert!(
            matches!(error, EnhancementError::OutOfRange { .. }),
            "{scale}"
        );
    }
    // The provider would load the person's own LoRA once, and silently drop the second.
    let mut own = model(DEV_LORA);
    own.weights = Some(own.enhancements[1].reference.clone());
    let error = refusal(&own, &composition("a hat", "details", None));
    assert!(matches!(error, EnhancementError::OwnLora(_)));
}
