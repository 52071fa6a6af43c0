//! Schemas that are read, and schemas that are refused.

use selfsame_prompt::parameters::{Domain, Parameter};
use selfsame_prompt::schema::{InputSchema, InputValue, LoraSource, SchemaError, WeightsError};
use serde_json::{Value, json};

use crate::fixtures::{
    ALL, DEV_LORA, HOTSWAP, TRAINED_2024, changed, input_schema, parse, with_input,
};

#[test]
fn the_published_schemas_are_read() {
    for (schema, lora, guidance, default, lora_scale, absent) in [
        (
            DEV_LORA,
            LoraSource::Reference,
            "guidance",
            3.0,
            3.0,
            &[][..],
        ),
        (
            HOTSWAP,
            LoraSource::Version,
            "guidance_scale",
            3.0,
            3.0,
            &[],
        ),
        (
            TRAINED_2024,
            LoraSource::Version,
            "guidance_scale",
            3.5,
            2.0,
            &[Parameter::Megapixels, Parameter::GoFast],
        ),
    ] {
        let input_schema = input_schema(schema);
        assert_eq!(input_schema.lora(), lora);
        let input = input_schema.input(Parameter::Guidance).unwrap();
        assert_eq!(input.name, guidance);
        assert_eq!(input.default, Some(InputValue::number(default)));
        assert_eq!(
            input_schema.input(Parameter::LoraScale).unwrap().domain,
            Domain::Number {
                min: -1.0,
                max: lora_scale
            }
        );
        for parameter in Parameter::ALL.iter().copied() {
            let input = input_schema.input(parameter);
            assert_eq!(
                input.is_none(),
                absent.contains(&parameter),
                "{parameter:?}"
            );
            let Some(input) = input else { continue };
            if parameter != Parameter::LoraScale {
                assert_eq!(input.domain, parameter.domain());
            }
        }
    }
}

/// Numbers are stored as JavaScript writes them.
#[test]
fn a_stored_schema_reads_back_as_it_was_parsed() {
    for schema in ALL {
        let parsed = input_schema(schema);
        let stored = serde_json::to_string(&parsed).unwrap();
        assert!(!stored.contains(".0"), "{stored}");
        assert_eq!(
            serde_json::from_str::<InputSchema>(&stored).unwrap(),
            parsed
        );
    }
}

/// Some tools export the `Input` schema alone, with its enums inlined.
#[test]
fn an_input_schema_alone_is_enough() {
    let document: Value = serde_json::from_str(TRAINED_2024).unwrap();
    let schemas = &document["components"]["schemas"];
    let mut input = schemas["Input"].clone();
    assert_eq!(
        parse(&input.to_string()),
        Err(SchemaError::UnresolvedReference("model"))
    );
    for name in ["aspect_ratio", "output_format", "model"] {
        let property = &mut input["properties"][name];
        property["enum"] = schemas[name]["enum"].clone();
        property["type"] = json!("string");
        property.as_object_mut().unwrap().remove("allOf");
    }
    assert_eq!(parse(&input.to_string()), Ok(input_schema(TRAINED_2024)));
}

#[test]
fn other_spellings_of_an_optional_input_are_read() {
    for seed in [
        json!({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": null}),
        json!({"type": ["integer", "null"]}),
        json!({"type": ["null", "integer"], "nullable": true}),
        json!({"oneOf": [{"type": "null"}, {"type": "integer", "minimum": -9e99, "maximum": 1e99}]}),
    ] {
        assert_eq!(
            parse(&with_input(HOTSWAP, "seed", seed)),
            Ok(input_schema(HOTSWAP))
        );
    }
}

fn assert_refused<const N: usize>(cases: [(String, SchemaError); N]) {
    for (schema, error) in cases {
        assert!(error.to_string().ends_with('.'));
        assert_eq!(parse(&schema), Err(error));
    }
}

#[test]
fn a_model_that_is_not_a_personal_lora_is_refused() {
    use SchemaError::{
        AmbiguousLora, BaseModel, MissingInput, NoInput, NotAnObject, RequiredInput, WrongBase,
    };
    let input = "/components/schemas/Input";
    let properties = "/components/schemas/Input/properties";
    let text = json!({"type": "string"});
    assert_refused([
        ("{}".to_owned(), NoInput),
        (changed(HOTSWAP, input, Value::Null), NoInput),
        (
            changed(HOTSWAP, &format!("{input}/type"), json!("array")),
            NotAnObject,
        ),
        (changed(HOTSWAP, properties, Value::Null), NotAnObject),
        (
            with_input(HOTSWAP, "prompt", Value::Null),
            MissingInput("prompt"),
        ),
        (
            with_input(HOTSWAP, "seed", Value::Null),
            MissingInput("seed"),
        ),
        (
            with_input(HOTSWAP, "replicate_weights", Value::Null),
            BaseModel,
        ),
        (with_input(DEV_LORA, "lora_weights", Value::Null), BaseModel),
        (with_input(HOTSWAP, "lora_weights", text), AmbiguousLora),
        (
            changed(
                HOTSWAP,
                "/components/schemas/model/enum",
                json!(["schnell"]),
            ),
            WrongBase,
        ),
        (
            changed(
                HOTSWAP,
                &format!("{input}/required"),
                json!(["prompt", "image"]),
            ),
            RequiredInput("image".to_owned()),
        ),
    ]);
}

#[test]
fn an_input_of_the_wrong_type_is_refused() {
    for (schema, name, changed) in [
        (HOTSWAP, "prompt", json!({"type": "integer"})),
        (DEV_LORA, "lora_weights", json!({"type": "array"})),
        (HOTSWAP, "guidance_scale", json!({"type": "string"})),
        (HOTSWAP, "guidance_scale", json!({})),
        (HOTSWAP, "aspect_ratio", json!({"type": "string"})),
        (HOTSWAP, "megapixels", json!({"enum": [1, 0.25]})),
        (
            HOTSWAP,
            "num_outputs",
            json!({"type": "integer", "enum": [1, 4]}),
        ),
        (
            HOTSWAP,
            "go_fast",
            json!({"type": "string", "enum": ["yes", "no"]}),
        ),
    ] {
        let error = SchemaError::WrongType(name);
        assert_refused([(with_input(schema, name, changed), error)]);
    }
}

#[test]
fn a_range_without_a_usable_value_is_refused() {
    for (name, changed) in [
        ("megapixels", json!({"type": "string", "enum": ["2"]})),
        (
            "lora_scale",
            json!({"type": "number", "minimum": 2, "maximum": 1}),
        ),
        ("lora_scale", json!({"type": "number", "minimum": "low"})),
        (
            "num_inference_steps",
            json!({"type": "integer", "minimum": 51}),
        ),
        (
            "num_inference_steps",
            json!({"type": "integer", "maximum": -1e300}),
        ),
        (
            "num_inference_steps",
            json!({"type": "number", "minimum": 1.2, "maximum": 1.8}),
        ),
        (
            "output_quality",
            json!({"type": "integer", "maximum": -0.4}),
        ),
    ] {
        let error = SchemaError::EmptyRange(name);
        assert_refused([(with_input(HOTSWAP, name, changed), error)]);
    }
}

#[test]
fn missing_and_circular_references_are_refused() {
    let circle = json!({"$ref": "#/components/schemas/megapixels"});
    let many_circles = json!({"allOf": vec![circle.clone(); 100]});
    for target in [Value::Null, circle, many_circles] {
        let schema = changed(HOTSWAP, "/components/schemas/megapixels", target);
        assert_refused([(schema, SchemaError::UnresolvedReference("megapixels"))]);
    }
}

#[test]
fn other_json_is_unreadable() {
    for text in [
        "null",
        "[1]",
        "\"schema\"",
        r#"{"components": 5}"#,
        r#"{"components": {"schemas": {"Input": {"type": "object", "properties": {"prompt": true}}}}}"#,
    ] {
        let error = parse(text).unwrap_err();
        assert!(
            matches!(error, SchemaError::Unreadable(_)),
            "{text}: {error}"
        );
    }
    for required in [
        json!("mask"),
        json!([["mask"]]),
        json!(["prompt", 7]),
        json!({"mask": true}),
    ] {
        let schema = changed(HOTSWAP, "/components/schemas/Input/required", required);
        let error = parse(&schema).unwrap_err();
        assert!(
            matches!(error, SchemaError::Unreadable(_)),
            "{schema}: {error}"
        );
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        let members = json!({"type": "integer", key: {"maximum": 7}});
        let error = parse(&with_input(HOTSWAP, "seed", members)).unwrap_err();
        assert!(
            matches!(error, SchemaError::Unreadable(_)),
            "{key}: {error}"
        );
    }
    let long = format!("\"{}\"", "x".repeat(100_000));
    assert!(parse(&long).unwrap_err().to_string().len() < 300);
}

#[test]
fn a_default_outside_the_domain_is_dropped() {
    let ratio = json!({"type": "string", "enum": ["1:1", "custom"], "default": "custom"});
    let input_schema = input_schema(&with_input(HOTSWAP, "aspect_ratio", ratio));
    let input = input_schema.input(Parameter::AspectRatio).unwrap();
    assert_eq!(input.default, None);
    assert_eq!(input.domain, Domain::Choice(vec!["1:1".to_owned()]));
}

#[test]
fn exactly_the_versions_without_a_lora_need_weights() {
    let reference = Some("huggingface.co/ada/lora/ada.safetensors");
    for (schema, weights, verdict) in [
        (DEV_LORA, reference, Ok(())),
        (DEV_LORA, None, Err(WeightsError::Missing)),
        (DEV_LORA, Some(""), Err(WeightsError::Missing)),
        (DEV_LORA, Some(" \n"), Err(WeightsError::Missing)),
        (HOTSWAP, None, Ok(())),
        (HOTSWAP, reference, Err(WeightsError::NotTaken)),
        (TRAINED_2024, Some(""), Err(WeightsError::NotTaken)),
    ] {
        assert_eq!(
            input_schema(schema).check_weights(weights),
            verdict,
            "{weights:?}"
        );
    }
}

#[test]
fn a_drawn_seed_is_in_the_versions_range() {
    let narrow = input_schema(&with_input(
        HOTSWAP,
        "seed",
        json!({"type": "integer", "minimum": 0, "maximum": 65_535}),
    ));
    for random in [0, 1, 65_534, 65_535, 65_536, u32::MAX - 1, u32::MAX] {
        assert!((1..=65_535).contains(&narrow.seed_from(random)));
        assert!(input_schema(HOTSWAP).seed_from(random) >= 1);
    }
    assert_eq!(input_schema(HOTSWAP).seed_from(41), 42);
}
