//! Published schemas, presets and explicit values: the exact input, and the status of each parameter.

use selfsame_prompt::parameters::{Overrides, ParameterError, Parameters, PresetId};
use selfsame_prompt::schema::{EffectStatus, InputSchema};
use serde_json::{Value, json};

use crate::fixtures::{DEV_LORA, HOTSWAP, TRAINED_2024, changed, input_schema, with_input};

fn map(
    input_schema: &InputSchema,
    preset: PresetId,
    overrides: Value,
    pictures: u32,
) -> Result<(Value, String), ParameterError> {
    let overrides: Overrides = serde_json::from_value(overrides).unwrap();
    let parameters = Parameters::resolve(preset, &overrides, pictures)?;
    let (input, report) = input_schema.map(&parameters, &overrides)?;
    let statuses = report.iter().map(|effect| match effect.status {
        EffectStatus::Sent => 's',
        EffectStatus::Renamed => 'r',
        EffectStatus::Clamped => 'c',
        EffectStatus::Omitted => 'o',
        EffectStatus::NoEffect => 'n',
    });
    for effect in &report {
        assert!(effect.reason.ends_with('.'), "{effect:?}");
        let sent = effect.name.as_ref().map(|name| &input[name]);
        assert_eq!(sent, effect.value.as_ref(), "{effect:?}");
    }
    Ok((serde_json::to_value(&input).unwrap(), statuses.collect()))
}

/// Statuses in the order guidance, steps, LoRA scale, aspect ratio, megapixels, pictures, seed, format, quality,
/// fast path: sent, renamed, clamped, omitted, no effect.
#[test]
fn parameters_map_onto_the_published_schemas() {
    use PresetId::{Balanced, Classic, Likeness, Natural};
    let cases = [
        (
            DEV_LORA,
            Likeness,
            json!({"seed": 7}),
            1,
            json!({"guidance": 3.5, "num_inference_steps": 50, "lora_scale": 1, "aspect_ratio": "4:5", "megapixels": "1", "num_outputs": 1, "seed": 7, "output_format": "webp", "output_quality": 100, "go_fast": false}),
            "srsssrssss",
        ),
        (
            DEV_LORA,
            Balanced,
            json!({}),
            4,
            json!({"guidance": 3, "num_inference_steps": 35, "lora_scale": 1, "aspect_ratio": "4:5", "megapixels": "1", "num_outputs": 4, "output_format": "webp", "output_quality": 95, "go_fast": false}),
            "srsssrosss",
        ),
        (
            DEV_LORA,
            Classic,
            json!({"output_format": "png", "go_fast": true, "megapixels": "0.25", "lora_scale": 3, "aspect_ratio": "9:21", "seed": 4_294_967_295_u32}),
            1,
            json!({"guidance": 2.8, "num_inference_steps": 35, "lora_scale": 3, "aspect_ratio": "9:21", "megapixels": "0.25", "num_outputs": 1, "seed": 4_294_967_295_u32, "output_format": "png", "output_quality": 95, "go_fast": true}),
            "srsssrssns",
        ),
        (
            HOTSWAP,
            Classic,
            json!({"seed": 1}),
            2,
            json!({"guidance_scale": 2.8, "num_inference_steps": 35, "lora_scale": 1, "aspect_ratio": "4:5", "megapixels": "1", "num_outputs": 2, "seed": 1, "output_format": "webp", "output_quality": 95, "go_fast": false, "model": "dev"}),
            "rrsssrssss",
        ),
        (
            HOTSWAP,
            Natural,
            json!({"guidance": 0, "steps": 1, "output_quality": 0, "output_format": "jpg"}),
            1,
            json!({"guidance_scale": 0, "num_inference_steps": 1, "lora_scale": 1, "aspect_ratio": "4:5", "megapixels": "1", "num_outputs": 1, "output_format": "jpg", "output_quality": 0, "go_fast": false, "model": "dev"}),
            "rrsssrosss",
        ),
        (
            TRAINED_2024,
            Likeness,
            json!({"seed": 99}),
            1,
            json!({"guidance_scale": 3.5, "num_inference_steps": 50, "lora_scale": 1, "aspect_ratio": "4:5", "num_outputs": 1, "seed": 99, "output_format": "webp", "output_quality": 100, "model": "dev"}),
            "rrssorssso",
        ),
        (
            TRAINED_2024,
            Natural,
            json!({"go_fast": false, "megapixels": "1", "lora_scale": 2, "output_format": "png", "output_quality": 100}),
            3,
            json!({"guidance_scale": 2.5, "num_inference_steps": 28, "lora_scale": 2, "aspect_ratio": "4:5", "num_outputs": 3, "output_format": "png", "output_quality": 100, "model": "dev"}),
            "rrssorosno",
        ),
    ];
    for (schema, preset, overrides, pictures, input, statuses) in cases {
        let mapped = map(&input_schema(schema), preset, overrides.clone(), pictures).unwrap();
        assert_eq!(
            mapped,
            (input, statuses.to_owned()),
            "{preset:?} {overrides}"
        );
    }
}

#[test]
fn an_explicit_value_that_the_model_does_not_accept_is_an_error() {
    for (overrides, field, message) in [
        (
            json!({"lora_scale": 2.5}),
            "overrides.lora_scale",
            "LoRA strength must be a number from -1 to 2 with this model.",
        ),
        (
            json!({"go_fast": true}),
            "overrides.go_fast",
            "This model has no fast path: leave go_fast off.",
        ),
        (
            json!({"megapixels": "0.25"}),
            "overrides.megapixels",
            "This model has no choice of size: its pictures have about one megapixel.",
        ),
    ] {
        let error = map(
            &input_schema(TRAINED_2024),
            PresetId::Likeness,
            overrides.clone(),
            1,
        )
        .unwrap_err();
        assert_eq!(
            (error.field(), error.to_string().as_str()),
            (field, message)
        );
        for schema in [DEV_LORA, HOTSWAP] {
            assert!(
                map(
                    &input_schema(schema),
                    PresetId::Likeness,
                    overrides.clone(),
                    1
                )
                .is_ok()
            );
        }
    }
}

#[test]
fn a_narrower_model_clamps_presets_and_refuses_explicit_values() {
    let steps = json!({"type": "integer", "minimum": 1, "maximum": 30});
    let narrow = input_schema(&with_input(HOTSWAP, "num_inference_steps", steps));
    let (input, statuses) = map(&narrow, PresetId::Likeness, json!({}), 1).unwrap();
    assert_eq!(
        (&input["num_inference_steps"], statuses.as_str()),
        (&json!(30), "rcsssrosss")
    );
    let error = map(&narrow, PresetId::Likeness, json!({"steps": 31}), 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Steps must be a whole number from 1 to 30 with this model."
    );

    let ratios = json!(["1:1", "16:9"]);
    let square = input_schema(&changed(
        HOTSWAP,
        "/components/schemas/aspect_ratio/enum",
        ratios,
    ));
    let (input, statuses) = map(&square, PresetId::Likeness, json!({}), 1).unwrap();
    assert_eq!(
        (&input["aspect_ratio"], statuses.as_str()),
        (&json!("1:1"), "rrscsrosss")
    );
    let error = map(
        &square,
        PresetId::Likeness,
        json!({"aspect_ratio": "4:5"}),
        1,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "The aspect ratio must be one of 1:1, 16:9 with this model."
    );

    let unguided = input_schema(&with_input(HOTSWAP, "guidance_scale", Value::Null));
    let (_, statuses) = map(&unguided, PresetId::Likeness, json!({}), 1).unwrap();
    assert_eq!(statuses, "orsssrosss");
    let error = map(&unguided, PresetId::Likeness, json!({"guidance": 3}), 1).unwrap_err();
    assert_eq!(error.to_string(), "Guidance cannot be set with this model.");

    let single = input_schema(&with_input(HOTSWAP, "num_outputs", Value::Null));
    let (_, statuses) = map(&single, PresetId::Likeness, json!({}), 1).unwrap();
    assert_eq!(statuses, "rrsssoosss");
    let error = map(&single, PresetId::Likeness, json!({}), 2).unwrap_err();
    assert_eq!(error.field(), "pictures");
}

#[test]
fn a_clamped_value_is_reported_even_where_it_has_no_effect() {
    let quality = json!({"type": "integer", "minimum": 0, "maximum": 90});
    let narrow = input_schema(&with_input(HOTSWAP, "output_quality", quality));
    let (input, statuses) = map(
        &narrow,
        PresetId::Likeness,
        json!({"output_format": "png"}),
        1,
    )
    .unwrap();
    assert_eq!(
        (&input["output_quality"], statuses.as_str()),
        (&json!(90), "rrsssroscs")
    );
}

#[test]
fn the_report_gives_the_reason() {
    let reasons = |schema: &str, overrides: Value, pictures: u32| {
        let overrides: Overrides = serde_json::from_value(overrides).unwrap();
        let parameters = Parameters::resolve(PresetId::Likeness, &overrides, pictures).unwrap();
        let (_, report) = input_schema(schema).map(&parameters, &overrides).unwrap();
        report
            .into_iter()
            .map(|effect| effect.reason)
            .collect::<Vec<_>>()
    };
    let plain = reasons(DEV_LORA, json!({}), 1);
    assert!(plain[1].starts_with("This model calls it num_inference_steps. 50 is the most"));
    assert!(plain[6].contains("65,536"), "{}", plain[6]);
    assert!(
        plain[9].contains("otherwise take its fast path"),
        "{}",
        plain[9]
    );
    let fast = reasons(
        HOTSWAP,
        json!({"go_fast": true, "seed": 3, "output_format": "png"}),
        1,
    );
    assert!(fast[2].contains("1.5 times"), "{}", fast[2]);
    assert!(fast[6].contains("not even a seed"), "{}", fast[6]);
    assert!(fast[8].contains("quality changes nothing"), "{}", fast[8]);
    let several = reasons(HOTSWAP, json!({"seed": 3, "lora_scale": 0}), 3);
    assert!(several[2].contains("switched off"), "{}", several[2]);
    assert!(several[6].contains("their number"), "{}", several[6]);
    let old = reasons(TRAINED_2024, json!({}), 1);
    assert!(
        old[0].starts_with("This model calls it guidance_scale."),
        "{}",
        old[0]
    );
    assert!(old[9].contains("no fast path"), "{}", old[9]);
}
