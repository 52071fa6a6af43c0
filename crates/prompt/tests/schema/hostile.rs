//! Hostile schemas give a result or an error, never a panic, and never a value outside the schema.

use proptest::prelude::*;
use selfsame_prompt::parameters::{Overrides, Parameters, PresetId};
use selfsame_prompt::schema::InputSchema;
use serde_json::{Value, json};

use crate::fixtures::{HOTSWAP, PUBLISHED, allows, parse};

/// Values of every type, nested, with the keys that the reader looks at.
fn junk() -> impl Strategy<Value = Value> {
    let key = proptest::sample::select(
        &[
            "type",
            "enum",
            "minimum",
            "maximum",
            "default",
            "allOf",
            "anyOf",
            "$ref",
            "properties",
            "required",
            "x",
        ][..],
    );
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-5..60).prop_map(Value::from),
        proptest::sample::select(
            &[
                "",
                "string",
                "integer",
                "number",
                "boolean",
                "null",
                "object",
                "1:1",
                "webp",
                "dev",
                "#/components/schemas/aspect_ratio",
                "#/components/schemas/Input",
                "#/"
            ][..]
        )
        .prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(key.clone().prop_map(str::to_owned), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn input_name() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(
        &[
            "prompt",
            "guidance",
            "guidance_scale",
            "num_inference_steps",
            "lora_scale",
            "aspect_ratio",
            "megapixels",
            "num_outputs",
            "seed",
            "output_format",
            "output_quality",
            "go_fast",
            "model",
            "lora_weights",
            "replicate_weights",
            "disable_safety_checker",
        ][..],
    )
}

/// Checks that a schema that can be read never makes the mapping send a forbidden input.
fn check_mapping(document: &Value) -> Result<(), TestCaseError> {
    let Ok(input_schema) = parse(&document.to_string()) else {
        return Ok(());
    };
    for preset in [PresetId::Likeness, PresetId::Natural] {
        let explicit = Overrides {
            seed: Some(u64::from(input_schema.seed_from(77))),
            ..Overrides::default()
        };
        let parameters = Parameters::resolve(preset, &explicit, 1).unwrap();
        let Ok((input, report)) = input_schema.map(&parameters, &explicit) else {
            continue;
        };
        prop_assert_eq!(report.len(), 10);
        prop_assert!(!input.contains_key("disable_safety_checker"));
        prop_assert!(!input.contains_key("replicate_weights"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_json_is_read_or_refused(document in junk()) {
        check_mapping(&document)?;
        check_mapping(&json!({"components": {"schemas": {"Input": document}}}))?;
    }

    #[test]
    fn any_change_to_one_input_is_read_or_refused(name in input_name(), schema in junk()) {
        let mut document = PUBLISHED[1].0.clone();
        document["components"]["schemas"]["Input"]["properties"][name] = schema;
        check_mapping(&document)?;
    }

    #[test]
    fn values_are_sent_within_any_range(
        name in proptest::sample::select(&["guidance_scale", "num_inference_steps", "lora_scale", "num_outputs", "seed", "output_quality"][..]),
        minimum in prop_oneof![-5.0..60.0, any::<f64>()],
        maximum in prop_oneof![-5.0..60.0, any::<f64>()],
    ) {
        let mut document = PUBLISHED[1].0.clone();
        let kind = if name.ends_with("scale") { "number" } else { "integer" };
        document["components"]["schemas"]["Input"]["properties"][name] =
            json!({"type": kind, "minimum": minimum, "maximum": maximum});
        if let Ok(input_schema) = parse(&document.to_string()) {
            let explicit = Overrides { seed: Some(u64::from(input_schema.seed_from(77))), ..Overrides::default() };
            let parameters = Parameters::resolve(PresetId::Likeness, &explicit, 1).unwrap();
            if let Ok((input, _)) = input_schema.map(&parameters, &explicit) {
                let value = serde_json::to_value(&input[name]).unwrap();
                prop_assert!(allows(&document, name, &value), "{name}: {value}");
            }
        }
        check_mapping(&document)?;
    }

    #[test]
    fn any_stored_schema_maps_or_gives_an_error(min in any::<f64>(), max in any::<f64>(), low in any::<u32>(), high in any::<u32>()) {
        let stored = json!({
            "inputs": [
                {"parameter": "guidance", "name": "g", "domain": {"number": {"min": min, "max": max}}, "default": null},
                {"parameter": "steps", "name": "s", "domain": {"integer": {"min": low, "max": high}}, "default": null},
                {"parameter": "seed", "name": "seed", "domain": {"integer": {"min": low, "max": high}}, "default": null},
                {"parameter": "output_format", "name": "f", "domain": {"choice": []}, "default": null},
            ],
            "lora": "version",
            "names_base": true,
        });
        if let Ok(input_schema) = serde_json::from_value::<InputSchema>(stored) {
            prop_assert!(input_schema.seed_from(low) >= 1);
            let explicit = Overrides::default();
            let parameters = Parameters::resolve(PresetId::Likeness, &explicit, 1).unwrap();
            let _ = input_schema.map(&parameters, &explicit);
        }
    }
}

#[test]
fn a_drawn_seed_is_never_zero_for_any_stored_schema() {
    let stored = json!({
        "inputs": [
            {"parameter": "seed", "name": "seed", "domain": {"integer": {"min": 0, "max": 0}}, "default": null},
        ],
        "lora": "version",
        "names_base": false,
    });
    let input_schema: InputSchema = serde_json::from_value(stored).unwrap();
    assert_eq!(input_schema.seed_from(0), 1);
}

#[test]
fn a_schema_of_megabytes_is_stored_in_two_kilobytes() {
    let mut document: Value = serde_json::from_str(HOTSWAP).unwrap();
    let properties = &mut document["components"]["schemas"]["Input"]["properties"];
    for number in 0..20_000 {
        properties[format!("input_{number}")] =
            json!({"type": "string", "default": "x".repeat(100)});
    }
    let ratios: Vec<String> = (0..20_000).map(|number| format!("{number}:1")).collect();
    document["components"]["schemas"]["aspect_ratio"]["enum"] = json!(ratios);
    let input_schema = parse(&document.to_string()).unwrap();
    assert!(serde_json::to_string(&input_schema).unwrap().len() < 2_000);
}

#[test]
fn deep_nesting_and_circular_references_are_refused() {
    let deep = format!("{}{}", r#"{"allOf":["#.repeat(60), "]}".repeat(60));
    let circle = r##"{"$ref":"#/components/schemas/Input"}"##.to_owned();
    for schema in [deep, circle] {
        let text = HOTSWAP.replace(
            r##"{
                "$ref": "#/components/schemas/megapixels"
              }"##,
            &schema,
        );
        assert_ne!(text, HOTSWAP);
        assert!(parse(&text).is_err());
    }
}
