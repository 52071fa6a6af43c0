use std::string::ToString;

use proptest::prelude::*;

use super::*;

fn recipe(input: ProviderInput) -> Recipe {
    Recipe::of("replicate", "f00d", input, 1, Some(7))
}

#[test]
fn is_sorted_compact_json() {
    let input = [
        ("seed", InputValue::Integer(4_294_967_295)),
        ("guidance_scale", InputValue::Number(3.5)),
        ("lora_scale", InputValue::number(1.0)),
        ("go_fast", InputValue::Bool(false)),
        ("prompt", InputValue::text("a \"b\" \\ é 🙂 \u{1}\n")),
    ];
    let input = input.map(|(name, value)| (name.to_owned(), value)).into();
    assert_eq!(
        Recipe::of("replicate", "f00d", input, 3, None).canonical_json(),
        r#"{"builder":1,"index":3,"input":{"go_fast":false,"guidance_scale":3.5,"lora_scale":1,"prompt":"a \"b\" \\ é 🙂 \u0001\n","seed":4294967295},"provider":"replicate","seed":4294967295,"version":"f00d"}"#
    );
}

#[test]
fn the_reported_seed_is_the_one_that_counts() {
    let sent: ProviderInput = [("seed".to_owned(), InputValue::Integer(5))].into();
    assert_eq!(Recipe::of("p", "v", sent.clone(), 0, Some(6)).seed, Some(6));
    assert_eq!(Recipe::of("p", "v", sent, 0, None).seed, Some(5));
    assert_eq!(
        Recipe::of("p", "v", ProviderInput::new(), 0, None).seed,
        None
    );
}

#[test]
fn numbers_are_written_as_ecmascript_writes_them() {
    for (number, text) in [
        (0.1, "0.1"),
        (0.000_001, "0.000001"),
        (0.000_000_15, "1.5e-7"),
        (-0.000_000_1, "-1e-7"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (2.000_000_000_000_000_4, "2.0000000000000004"),
        (5e-324, "5e-324"),
        (f64::NAN, "null"),
    ] {
        let input = [("x".to_owned(), InputValue::Number(number))].into();
        let json = recipe(input).canonical_json();
        assert!(json.contains(&std::format!("{{\"x\":{text}}}")), "{json}");
    }
}

fn value() -> impl Strategy<Value = InputValue> {
    prop_oneof![
        any::<bool>().prop_map(InputValue::Bool),
        (-(1_i64 << 53) + 1..1 << 53).prop_map(InputValue::Integer),
        proptest::num::f64::NORMAL.prop_map(InputValue::number),
        (-3.0..10.0).prop_map(InputValue::number),
        any::<String>().prop_map(InputValue::Text),
    ]
}

proptest! {
    #[test]
    fn reads_back_equal(input in proptest::collection::btree_map(any::<String>(), value(), 0..8)) {
        let recipe = recipe(input);
        let json = recipe.canonical_json();
        let back: Recipe = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &recipe);
        prop_assert_eq!(back.canonical_json(), json);
    }

    /// Where the two have the same number format, the bytes are those of a JSON library.
    #[test]
    fn is_what_a_json_library_writes(text in any::<String>(), number in 0.001..1000.0) {
        let input = [("n", InputValue::number(number)), ("t", InputValue::Text(text))];
        let recipe = recipe(input.map(|(name, value)| (name.to_owned(), value)).into());
        prop_assert_eq!(recipe.canonical_json(), serde_json::to_value(&recipe).unwrap().to_string());
    }
}
