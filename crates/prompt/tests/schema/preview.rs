//! Prompt, parameters and weights together.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::compose::{ComposeError, Composition, compose};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::placement::SpanSource;
use selfsame_prompt::schema::InputValue;
use serde_json::{Value, json};

use crate::fixtures::{DEV_LORA, HOTSWAP, TRAINED_2024, input_schema};

const REFERENCE: &str = "https://example.com/ada.safetensors?sig=1";

fn model(schema: &str, weights: Option<&str>) -> ModelProfile {
    ModelProfile {
        trigger: "user42585527".parse().unwrap(),
        class_word: "woman".parse().unwrap(),
        schema: input_schema(schema),
        weights: weights.map(str::to_owned),
        enhancements: Vec::new(),
    }
}

fn composition(json: Value) -> Composition {
    serde_json::from_value(json).unwrap()
}

#[test]
fn the_input_is_the_prompt_the_parameters_and_the_weights_only() {
    for (schema, weights, names) in [
        (
            DEV_LORA,
            Some(REFERENCE),
            "aspect_ratio go_fast guidance lora_scale lora_weights megapixels num_inference_steps num_outputs output_format output_quality prompt seed",
        ),
        (
            HOTSWAP,
            None,
            "aspect_ratio go_fast guidance_scale lora_scale megapixels model num_inference_steps num_outputs output_format output_quality prompt seed",
        ),
        (
            TRAINED_2024,
            None,
            "aspect_ratio guidance_scale lora_scale model num_inference_steps num_outputs output_format output_quality prompt seed",
        ),
    ] {
        let request = composition(json!({"text": "on a bridge at dusk", "overrides": {"seed": 5}}));
        let preview = compose(&model(schema, weights), &request).unwrap();
        let sent: Vec<&str> = preview.input.keys().map(String::as_str).collect();
        assert_eq!(sent.join(" "), names);
        assert_eq!(preview.input["prompt"], InputValue::text(&preview.prompt));
        assert!(preview.prompt.starts_with("user42585527, "));
        assert_eq!(
            preview.input.get("lora_weights"),
            weights.map(InputValue::text).as_ref()
        );
        assert_eq!(preview.parameters.seed, Some(5));
        assert_eq!(preview.effects.len(), 10);
    }
}

#[test]
fn a_request_needs_only_its_text() {
    let request = composition(json!({"text": "a walk"}));
    assert_eq!(request.pictures, 1);
    let preview = compose(&model(HOTSWAP, None), &request).unwrap();
    assert_eq!(
        preview.input["num_inference_steps"],
        InputValue::Integer(50)
    );
    assert!(!preview.input.contains_key("seed"));
}

#[test]
fn errors_have_a_code_a_field_and_a_sentence() {
    let ada = model(HOTSWAP, None);
    let ben = model(TRAINED_2024, None);
    for (model, request, code, field) in [
        (
            &ada,
            json!({"text": ""}),
            ErrorCode::EmptyPrompt,
            Some("text"),
        ),
        (
            &ada,
            json!({"text": " ,.\u{200b}!\n"}),
            ErrorCode::EmptyPrompt,
            Some("text"),
        ),
        (
            &ada,
            json!({"text": "a".repeat(4_001)}),
            ErrorCode::PromptTooLong,
            Some("text"),
        ),
        (
            &ada,
            json!({"text": "a", "overrides": {"steps": 51}}),
            ErrorCode::OutOfRange,
            Some("overrides.steps"),
        ),
        (
            &ada,
            json!({"text": "a", "pictures": 5}),
            ErrorCode::OutOfRange,
            Some("pictures"),
        ),
        (
            &ben,
            json!({"text": "a", "overrides": {"lora_scale": 2.5}}),
            ErrorCode::OutOfRange,
            Some("overrides.lora_scale"),
        ),
        (
            &ben,
            json!({"text": "a", "overrides": {"go_fast": true}}),
            ErrorCode::ParameterUnsupported,
            Some("overrides.go_fast"),
        ),
        (
            &model(DEV_LORA, None),
            json!({"text": "a"}),
            ErrorCode::ModelUnusable,
            None,
        ),
        (
            &model(HOTSWAP, Some(REFERENCE)),
            json!({"text": "a"}),
            ErrorCode::ModelUnusable,
            None,
        ),
    ] {
        let error = compose(model, &composition(request.clone())).unwrap_err();
        assert_eq!((error.code(), error.field()), (code, field), "{request}");
        let sentence = error.to_string();
        assert!(
            sentence.ends_with('.') && !sentence.contains(REFERENCE),
            "{sentence}"
        );
    }
}

#[test]
fn words_in_any_script_are_words() {
    for text in ["夕暮れの橋", "мост", "7", "user42585527"] {
        let request = composition(json!({ "text": text }));
        assert_ne!(
            compose(&model(HOTSWAP, None), &request).err(),
            Some(ComposeError::EmptyPrompt),
            "{text}"
        );
    }
}

#[test]
fn slots_alone_make_a_prompt_and_spans_give_their_origin() {
    let model = model(DEV_LORA, Some(REFERENCE));
    let request = composition(json!({
        "text": "on the way home",
        "slots": {"subject": "confident woman", "wardrobe": ["red coat", "hat"], "setting": ["Paris"], "time": ["dusk"]},
        "quality": "lean",
    }));
    let preview = compose(&model, &request).unwrap();
    let spans: Vec<(SpanSource, &str)> = preview
        .spans
        .iter()
        .map(|span| (span.source, span.text.as_str()))
        .collect();
    assert_eq!(
        spans,
        [
            (SpanSource::Trigger, "user42585527"),
            (SpanSource::Joint, ", "),
            (SpanSource::Slots, "confident woman"),
            (SpanSource::Joint, ", "),
            (SpanSource::You, "on the way home"),
            (SpanSource::Joint, ", "),
            (SpanSource::Trigger, "user42585527 portrait"),
            (SpanSource::Joint, ", "),
            (SpanSource::Slots, "wearing a red coat and a hat"),
            (SpanSource::Joint, ", "),
            (SpanSource::Slots, "in Paris"),
            (SpanSource::Joint, " "),
            (SpanSource::Slots, "at dusk"),
            (SpanSource::Joint, ", "),
            (
                SpanSource::Quality,
                "film photograph, raw photo, natural skin texture"
            ),
        ]
    );
    let only = composition(json!({"text": "", "slots": {"setting": ["Paris"]}}));
    assert!(compose(&model, &only).unwrap().prompt.contains("in Paris"));
    let none = composition(json!({"text": " ", "slots": {"setting": [", ."]}}));
    assert_eq!(compose(&model, &none), Err(ComposeError::EmptyPrompt));
}
