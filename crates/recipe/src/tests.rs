use proptest::prelude::*;

use crate::*;
use selfsame_prompt::placement::{QualityId, Span, SpanSource};
use selfsame_prompt::schema::{InputValue, ProviderInput};

fn recipe(input: ProviderInput) -> Recipe {
    Recipe {
        builder: 1,
        data: Vec::new(),
        enhancements: Vec::new(),
        index: 1,
        input,
        parts: Vec::new(),
        provider: "replicate".to_owned(),
        seed: Some(7),
        version: "f00d".to_owned(),
    }
}

fn span(source: SpanSource, text: &str) -> Span {
    Span {
        source,
        text: text.to_owned(),
    }
}

/// A recipe with every field.
fn full() -> Recipe {
    let input = [
        ("prompt", InputValue::text("T, hat")),
        ("guidance", InputValue::Number(3.5)),
    ];
    Recipe {
        data: data_versions(QualityId::Lean, &[]),
        enhancements: vec!["a1".repeat(32)],
        parts: vec![
            span(SpanSource::Trigger, "T"),
            span(SpanSource::Joint, ", "),
            span(SpanSource::You, "hat"),
        ],
        ..recipe(input.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

const FULL: &str = r#"{"builder":1,"data":["presets@1","quality/lean@1"],"enhancements":["a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"],"index":1,"input":{"guidance":3.5,"prompt":"T, hat"},"parts":[{"source":"trigger","text":"T"},{"source":"joint","text":", "},{"source":"you","text":"hat"}],"provider":"replicate","seed":7,"version":"f00d"}"#;

#[test]
fn canonical_json_is_sorted_and_compact() {
    assert_eq!(full().canonical_json(), FULL);
    assert_eq!(Recipe::parse(FULL), Ok(full()));
    assert_eq!(serde_json::to_string(&full()).unwrap(), FULL);
}

#[test]
fn span_sources_have_the_names_of_the_api() {
    for source in SpanSource::ALL {
        let word = serde_json::to_string(&source).unwrap();
        assert_eq!(word, format!("\"{}\"", source.as_str()));
    }
}

#[test]
fn the_id_is_the_digest_of_the_text() {
    let id = full().id();
    assert_eq!(id, RecipeId::of(FULL));
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(Recipe::verify(FULL, &id), Ok(full()));
    let other = FULL.replace("hat", "cap");
    assert_eq!(Recipe::verify(&other, &id), Err(RecipeError::OtherId));
    assert!("A1".repeat(32).parse::<RecipeId>().is_err());
    assert!("a1".repeat(31).parse::<RecipeId>().is_err());
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(serde_json::from_str::<RecipeId>(&json).unwrap(), id);
}

/// The bytes that the first release stored.
#[test]
fn an_early_recipe_keeps_its_bytes() {
    let early = r#"{"builder":1,"index":3,"input":{"go_fast":false,"guidance_scale":3.5,"lora_scale":1,"prompt":"a \"b\" \\ é 🙂 \u0001\n","seed":4294967295},"provider":"replicate","seed":4294967295,"version":"f00d"}"#;
    let read = Recipe::parse(early).unwrap();
    assert_eq!(read.canonical_json(), early);
    assert_eq!(serde_json::from_str::<Recipe>(early).unwrap(), read);
    assert!(read.parts.is_empty() && read.data.is_empty());
}

fn with(from: &str, to: &str) -> String {
    assert!(FULL.contains(from), "{from}");
    FULL.replacen(from, to, 1)
}

fn refused(text: &str, code: &str, field: Option<&str>) {
    let error = Recipe::parse(text).unwrap_err();
    assert_eq!((error.code(), error.field()), (code, field), "{text}");
    assert!(error.to_string().ends_with('.'));
}

#[test]
fn other_texts_are_refused() {
    for (text, code, field) in [
        (String::new(), "not_json", None),
        ("null".to_owned(), "not_json", None),
        (FULL[..FULL.len() - 1].to_owned(), "not_json", None),
        (format!("{FULL} x"), "not_json", None),
        (with("{\"builder\"", "{builder"), "not_json", None),
        (with("hat", "h\u{1}at"), "not_json", None),
        (with("hat", "\\ud800"), "not_json", None),
        (with("hat", "\\x"), "not_json", None),
        (with("hat", "\\u00é"), "not_json", None),
        (with("3.5", ""), "not_json", None),
        (
            with("\"builder\"", "\"bilder\""),
            "unknown_field",
            Some("bilder"),
        ),
        (
            with("\"source\"", "\"sauce\""),
            "unknown_field",
            Some("sauce"),
        ),
        (with("\"builder\":1,", ""), "missing_field", Some("builder")),
        (
            with(",\"version\":\"f00d\"", ""),
            "missing_field",
            Some("version"),
        ),
        (
            with("\"builder\":1", "\"builder\":\"1\""),
            "invalid_value",
            Some("builder"),
        ),
        (
            with("\"builder\":1", "\"builder\":1.5"),
            "invalid_value",
            Some("builder"),
        ),
        (
            with("\"builder\":1", "\"builder\":-1"),
            "invalid_value",
            Some("builder"),
        ),
        (
            with("\"index\":1", "\"index\":4294967296"),
            "invalid_value",
            Some("index"),
        ),
    ] {
        refused(&text, code, field);
    }
}

#[test]
fn a_changed_recipe_is_refused() {
    for (text, code, field) in [
        (with("3.5", "null"), "invalid_value", Some("input")),
        (with("3.5", "[1]"), "invalid_value", Some("input")),
        (
            with("\"guidance\"", "\"führung\""),
            "invalid_value",
            Some("input"),
        ),
        (with("\"guidance\"", "\"\""), "invalid_value", Some("input")),
        (with("a1a1", "A1a1"), "invalid_value", Some("enhancements")),
        (with("presets@1", "presets"), "invalid_value", Some("data")),
        (with("\"you\"", "\"me\""), "invalid_value", Some("parts")),
        (
            with("\"seed\":7", "\"seed\":\"7\""),
            "invalid_value",
            Some("seed"),
        ),
        (
            with("\"replicate\"", "7"),
            "invalid_value",
            Some("provider"),
        ),
        (
            with("\"text\":\"hat\"", "\"text\":\"cap\""),
            "other_parts",
            Some("parts"),
        ),
        (
            with("\"prompt\":\"T, hat\"", "\"prompt\":7"),
            "other_parts",
            Some("parts"),
        ),
        (with("3.5", "3.50"), "not_canonical", None),
        (with("3.5", "35e-1"), "not_canonical", None),
        (with("\"seed\":7", "\"seed\":7.0"), "not_canonical", None),
        (with("\"seed\":7", "\"seed\":-0"), "not_canonical", None),
        (with("hat", "h\\u0061t"), "not_canonical", None),
        (
            with("\"builder\":1", "\"builder\": 1"),
            "not_canonical",
            None,
        ),
        (
            with("\"builder\":1", "\"builder\":2,\"builder\":1"),
            "not_canonical",
            None,
        ),
        (
            with("\"builder\":1,", "\"builder\":1,\"index\":1,"),
            "not_canonical",
            None,
        ),
        (
            with("\"seed\":7", "\"seed\":7,\"seed\":7"),
            "not_canonical",
            None,
        ),
        (" ".repeat(MAX_BYTES + 1), "too_large", None),
    ] {
        refused(&text, code, field);
    }
}

#[test]
fn a_recipe_has_at_most_32_inputs() {
    let named = |count: u32| {
        let input = (0..count)
            .map(|n| (format!("n{n}"), InputValue::Number(1e300)))
            .collect();
        Recipe::parse(&recipe(input).canonical_json())
    };
    assert!(named(32).is_ok());
    assert_eq!(
        named(33),
        Err(RecipeError::InvalidValue("input".to_owned()))
    );
}

#[test]
fn duplicate_and_missing_fields_are_refused() {
    let twice = Err(RecipeError::NotCanonical);
    for (from, to) in [
        ("\"version\":", "\"version\":\"beef\",\"version\":"),
        ("\"parts\":[", "\"parts\":[],\"parts\":["),
        ("\"seed\":7", "\"seed\":7,\"seed\":null"),
        ("\"guidance\":3.5", "\"guidance\":3,\"guidance\":3.5"),
        (
            "\"source\":\"you\"",
            "\"source\":\"joint\",\"source\":\"you\"",
        ),
        ("\"text\":\"hat\"", "\"text\":\"cap\",\"text\":\"hat\""),
    ] {
        assert_eq!(Recipe::read(&with(from, to)), twice, "{to}");
    }
    let half = Err(RecipeError::InvalidValue("parts".to_owned()));
    for (from, to) in [
        ("\"source\":\"joint\",", ""),
        (
            "{\"source\":\"joint\"",
            "{\"source\":\"joint\"},{\"source\":\"joint\"",
        ),
        ("{\"source\":\"joint\"", "{},{\"source\":\"joint\""),
    ] {
        assert_eq!(Recipe::read(&with(from, to)), half, "{to}");
    }
}

#[test]
fn reformatted_json_is_read_but_is_not_canonical() {
    let value: serde_json::Value = serde_json::from_str(FULL).unwrap();
    let pretty = serde_json::to_string_pretty(&value)
        .unwrap()
        .replace("hat", "h\\u0061t");
    assert_eq!(Recipe::read(&pretty), Ok(full()));
    assert_eq!(Recipe::parse(&pretty), Err(RecipeError::NotCanonical));
    let shuffled =
        r#"{"version":"f00d","seed":null,"provider":"🙂","input":{},"index":1,"builder":1}"#;
    let early = Recipe {
        seed: None,
        provider: "🙂".to_owned(),
        ..recipe(ProviderInput::new())
    };
    assert_eq!(Recipe::read(shuffled), Ok(early.clone()));
    assert_eq!(
        Recipe::read(&shuffled.replace('🙂', "\\ud83d\\ude42")),
        Ok(early)
    );
}

#[test]
fn a_non_finite_number_is_written_as_null_and_refused() {
    for number in [f64::NAN, f64::INFINITY] {
        let json = recipe([("x".to_owned(), InputValue::Number(number))].into()).canonical_json();
        assert!(json.contains("{\"x\":null}"));
        assert_eq!(
            Recipe::parse(&json),
            Err(RecipeError::InvalidValue("input".to_owned()))
        );
    }
}

fn any_finite() -> impl Strategy<Value = f64> {
    any::<u64>()
        .prop_map(f64::from_bits)
        .prop_filter("finite", |number| number.is_finite())
}

fn value() -> impl Strategy<Value = InputValue> {
    prop_oneof![
        any::<bool>().prop_map(InputValue::Bool),
        (-(1_i64 << 53) + 1..1 << 53).prop_map(InputValue::Integer),
        any_finite().prop_map(InputValue::number),
        (-3.0..10.0).prop_map(InputValue::number),
        any::<String>().prop_map(InputValue::Text),
    ]
}

proptest! {
    #[test]
    fn recipes_round_trip(input in proptest::collection::btree_map("[a-z0-9_]{1,20}", value(), 0..8)) {
        let recipe = recipe(input);
        let json = recipe.canonical_json();
        let back: Recipe = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &recipe);
        prop_assert_eq!(&Recipe::parse(&json), &Ok(recipe));
        prop_assert_eq!(back.canonical_json(), json);
    }

    #[test]
    fn strings_are_written_as_serde_json_writes_them(text in any::<String>(), number in 0.001..1000.0) {
        let input = [("n", InputValue::number(number)), ("t", InputValue::Text(text))];
        let recipe = recipe(input.map(|(name, value)| (name.to_owned(), value)).into());
        prop_assert_eq!(recipe.canonical_json(), serde_json::to_value(&recipe).unwrap().to_string());
    }

    #[test]
    fn a_changed_character_fails_verification(at in 0..FULL.len(), byte in any::<char>()) {
        let mut text: Vec<char> = FULL.chars().collect();
        text[at] = byte;
        let text: String = text.into_iter().collect();
        if text != FULL {
            prop_assert!(Recipe::verify(&text, &full().id()).is_err());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Recipe::read(&text);
        let _ = Recipe::read(&format!("{{\"input\":{text}"));
    }
}
