use super::*;

fn resolve(json: &str, pictures: u32) -> Result<Parameters, ParameterError> {
    let overrides = serde_json::from_str(json).unwrap();
    Parameters::resolve(PresetId::Likeness, &overrides, pictures)
}

#[test]
fn the_presets_have_their_published_values() {
    for (preset, guidance, steps, output_quality) in [
        (PresetId::Likeness, 3.5, 50, 100),
        (PresetId::Classic, 2.8, 35, 95),
        (PresetId::Natural, 2.5, 28, 95),
        (PresetId::Balanced, 3.0, 35, 95),
    ] {
        let resolved = Parameters::resolve(preset, &Overrides::default(), 1).unwrap();
        assert_eq!(
            resolved,
            Parameters {
                guidance,
                steps,
                lora_scale: 1.0,
                aspect_ratio: AspectRatio::Portrait4x5,
                megapixels: Megapixels::One,
                pictures: 1,
                seed: None,
                output_format: OutputFormat::Webp,
                output_quality,
                go_fast: false,
            }
        );
    }
}

#[test]
fn explicit_values_replace_the_presets_values() {
    let resolved = resolve(
        r#"{"guidance":2,"steps":1.0,"lora_scale":-1,"aspect_ratio":"9:21","megapixels":"0.25","seed":4294967295,"output_format":"png","output_quality":0,"go_fast":true}"#,
        4,
    );
    assert_eq!(
        resolved.unwrap(),
        Parameters {
            guidance: 2.0,
            steps: 1,
            lora_scale: -1.0,
            aspect_ratio: AspectRatio::Portrait9x21,
            megapixels: Megapixels::Quarter,
            pictures: 4,
            seed: Some(u32::MAX),
            output_format: OutputFormat::Png,
            output_quality: 0,
            go_fast: true,
        }
    );
}

#[test]
fn every_bound_is_named_in_its_error() {
    for (json, pictures, field, message) in [
        (
            r#"{"guidance":-0.1}"#,
            1,
            "overrides.guidance",
            "Guidance must be a number from 0 to 10.",
        ),
        (
            r#"{"guidance":10.01}"#,
            1,
            "overrides.guidance",
            "Guidance must be a number from 0 to 10.",
        ),
        (
            r#"{"steps":0}"#,
            1,
            "overrides.steps",
            "Steps must be a whole number from 1 to 50.",
        ),
        (
            r#"{"steps":51}"#,
            1,
            "overrides.steps",
            "Steps must be a whole number from 1 to 50.",
        ),
        (
            r#"{"lora_scale":3.5}"#,
            1,
            "overrides.lora_scale",
            "LoRA strength must be a number from -1 to 3.",
        ),
        (
            r#"{"lora_scale":-1.001}"#,
            1,
            "overrides.lora_scale",
            "LoRA strength must be a number from -1 to 3.",
        ),
        (
            r#"{"output_quality":101}"#,
            1,
            "overrides.output_quality",
            "Output quality must be a whole number from 0 to 100.",
        ),
        (
            r#"{"seed":4294967296}"#,
            1,
            "overrides.seed",
            "The seed must be a whole number from 1 to 4294967295.",
        ),
        (
            r#"{"seed":0}"#,
            1,
            "overrides.seed",
            "0 is not a seed: most models replace it by a random one. Use a whole number from 1 to 4294967295, or leave the seed out to have one drawn.",
        ),
        (
            "{}",
            0,
            "pictures",
            "The number of pictures must be a whole number from 1 to 4.",
        ),
        (
            "{}",
            5,
            "pictures",
            "The number of pictures must be a whole number from 1 to 4.",
        ),
    ] {
        let error = resolve(json, pictures).unwrap_err();
        assert_eq!(error.field(), field, "{json}");
        assert_eq!(error.code, ParameterErrorCode::OutOfRange);
        assert_eq!(error.allowed, Some(error.parameter.domain()));
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_non_finite_number_is_refused() {
    for guidance in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let overrides = Overrides {
            guidance: Some(guidance),
            ..Overrides::default()
        };
        let error = Parameters::resolve(PresetId::Classic, &overrides, 1).unwrap_err();
        assert_eq!(error.parameter, Parameter::Guidance);
    }
}

#[test]
fn whole_numbers_are_read_as_javascript_writes_them() {
    for json in [r#"{"steps":35}"#, r#"{"steps":35.0}"#, r#"{"steps":3.5e1}"#] {
        assert_eq!(resolve(json, 1).unwrap().steps, 35, "{json}");
    }
    for json in [
        r#"{"steps":35.5}"#,
        r#"{"steps":-1}"#,
        r#"{"steps":"35"}"#,
        r#"{"steps":4294967296}"#,
        r#"{"seed":-1}"#,
        r#"{"strength":1}"#,
    ] {
        assert!(serde_json::from_str::<Overrides>(json).is_err(), "{json}");
    }
    // Some clients write a number that JavaScript cannot hold exactly as a float, others as an integer.
    for json in [
        r#"{"seed":1e300}"#,
        r#"{"seed":9007199254740992.0}"#,
        r#"{"seed":18446744073709551615}"#,
    ] {
        assert_eq!(
            resolve(json, 1).unwrap_err().parameter,
            Parameter::Seed,
            "{json}"
        );
    }
    assert_eq!(
        serde_json::from_str::<Overrides>(r#"{"steps":null,"seed":null}"#).unwrap(),
        Overrides::default()
    );
}

#[test]
fn numbers_are_written_without_an_empty_fraction() {
    let json = r#"{"guidance":3,"steps":35,"lora_scale":1.05,"seed":4294967295}"#;
    let overrides: Overrides = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&overrides).unwrap(), json);
    let parameters = Parameters::resolve(PresetId::Balanced, &overrides, 1).unwrap();
    let json = serde_json::to_string(&parameters).unwrap();
    assert!(
        json.starts_with(r#"{"guidance":3,"steps":35,"lora_scale":1.05,"#),
        "{json}"
    );
    assert_eq!(
        serde_json::from_str::<Parameters>(&json).unwrap(),
        parameters
    );
}

#[test]
fn names_are_the_names_on_the_wire() {
    for (place, parameter) in Parameter::ALL.iter().copied().enumerate() {
        assert_eq!(parameter as usize, place);
        assert_eq!(
            serde_json::to_string(&parameter).unwrap(),
            std::format!("\"{}\"", parameter.as_str())
        );
    }
}
