//! Properties that hold for any explicit values.

use proptest::option;
use proptest::prelude::*;
use selfsame_prompt::parameters::{
    AspectRatio, Megapixels, OutputFormat, Overrides, Parameter, Parameters, PresetId,
};
use selfsame_prompt::schema::{EffectStatus, InputValue};

use crate::fixtures::{PUBLISHED, allows};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -2.0..12.0,
        2 => (-2_i32..12).prop_map(f64::from),
        1 => any::<f64>(),
    ]
}

fn integer() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0_u32..105, 1 => any::<u32>()]
}

prop_compose! {
    fn overrides()(
        (guidance, lora_scale) in (option::of(number()), option::of(number())),
        (steps, output_quality) in (option::of(integer()), option::of(integer())),
        aspect_ratio in option::of(proptest::sample::select(AspectRatio::ALL)),
        megapixels in option::of(proptest::sample::select(Megapixels::ALL)),
        output_format in option::of(proptest::sample::select(OutputFormat::ALL)),
        seed in option::of(prop_oneof![0_u64..3, any::<u32>().prop_map(u64::from), any::<u64>()]),
        go_fast in option::of(any::<bool>()),
    ) -> Overrides {
        Overrides { guidance, steps, lora_scale, aspect_ratio, megapixels, seed, output_format, output_quality, go_fast }
    }
}

fn preset() -> impl Strategy<Value = PresetId> {
    proptest::sample::select(
        &[
            PresetId::Likeness,
            PresetId::Classic,
            PresetId::Natural,
            PresetId::Balanced,
        ][..],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_sent_value_is_in_the_schema_and_in_the_report(
        schema in 0..PUBLISHED.len(),
        preset in preset(),
        overrides in overrides(),
        pictures in 0_u32..6,
    ) {
        let (document, input_schema) = &PUBLISHED[schema];
        let Ok(parameters) = Parameters::resolve(preset, &overrides, pictures) else { return Ok(()) };
        let (input, report) = match input_schema.map(&parameters, &overrides) {
            Ok(mapped) => mapped,
            Err(error) => {
                prop_assert!(overrides.sets(error.parameter), "a preset was refused: {error}");
                return Ok(());
            }
        };

        let listed: Vec<Parameter> = report.iter().map(|effect| effect.parameter).collect();
        prop_assert_eq!(listed, Parameter::ALL.to_vec());

        let mut reported = 0;
        for effect in &report {
            let canonical = parameters.value(effect.parameter);
            match (&effect.name, &effect.value) {
                (Some(name), Some(value)) => {
                    reported += 1;
                    prop_assert_eq!(input.get(name), Some(value));
                    let unchanged = canonical.as_ref() == Some(value);
                    prop_assert_eq!(effect.status == EffectStatus::Clamped, !unchanged);
                    if effect.status == EffectStatus::Clamped {
                        prop_assert!(!overrides.sets(effect.parameter), "{effect:?}");
                    }
                }
                (None, None) => prop_assert_eq!(effect.status, EffectStatus::Omitted),
                _ => prop_assert!(false, "a name and a value belong together: {effect:?}"),
            }
            prop_assert!(!effect.reason.is_empty());
        }

        let base = usize::from(input.get("model") == Some(&InputValue::text("dev")));
        prop_assert_eq!(input.len(), reported + base, "every sent input is reported");
        for (name, value) in &input {
            let value = serde_json::to_value(value).unwrap();
            prop_assert!(allows(document, name, &value), "{name}: {value}");
        }
    }

    #[test]
    fn explicit_values_round_trip_through_json(overrides in overrides()) {
        let finite = |number: Option<f64>| number.is_none_or(f64::is_finite);
        prop_assume!(finite(overrides.guidance) && finite(overrides.lora_scale));
        prop_assume!(overrides.seed.is_none_or(|seed| seed < 1 << 53));
        let json = serde_json::to_string(&overrides).unwrap();
        prop_assert_eq!(serde_json::from_str::<Overrides>(&json).unwrap(), overrides);
    }
}
