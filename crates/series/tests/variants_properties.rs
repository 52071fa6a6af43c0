//! What holds for any template.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use selfsame_prompt::placement::MAX_CHARACTERS;
use selfsame_series::variants::{MAX_VARIANTS, MOST, Mode, OwnLists, VariantRequest, built_in};

const FRAGMENTS: &[&str] = &[
    "a",
    "b",
    "red coat",
    " ",
    ", ",
    "{",
    "}",
    "|",
    "{a|b}",
    "{|a}",
    "{a|a|b}",
    "{",
    "}",
    "|",
    "{2$$a|b|c}",
    "{1-2$$ and $$a|b}",
    "{2$$__colour__}",
    "__colour__",
    "__lens__",
    "__nope__",
    "____",
    "__",
    "_",
    "\\",
    "\\{",
    "\\}",
    "\\|",
    "\\_",
    "$$",
    "2$$",
    "-2$$",
    "2-$$",
    "0$$",
    "99$$",
    "1-2$$",
    "::",
    "0.5::",
    "3::",
    "0::",
    ".5::",
    "$",
    "%",
    "#FF5733",
    "{trigger}",
    "{TriggerWord}",
    "é",
    "東京",
    "🙂",
    "e\u{301}",
    "\u{200b}",
    "\n",
    "\0",
    "{2$$a|b{|c}}",
    "{{a|b}|{b|c}}",
    "{x{1|2}|x1}",
    "//",
    "/*",
    "~",
    "@",
    "!",
];

fn request(mode: Mode) -> impl Strategy<Value = VariantRequest> {
    let text = vec(0..FRAGMENTS.len(), 0..20).prop_map(|picked| {
        picked
            .into_iter()
            .map(|at| FRAGMENTS[at])
            .collect::<String>()
    });
    (text, any::<u32>(), 1..=MAX_VARIANTS).prop_map(move |(template, seed, limit)| VariantRequest {
        template,
        mode,
        limit: Some(limit),
        seed,
        lists: OwnLists::from_iter([(
            "colour".to_owned(),
            vec!["teal".to_owned(), "rose".to_owned()],
        )]),
    })
}

fn texts(request: &VariantRequest) -> Option<Vec<String>> {
    let made = request.expand().ok()?;
    Some(made.variants.into_iter().map(|one| one.text).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn all_has_as_many_variants_as_were_counted(request in request(Mode::All)) {
        if let Ok(made) = request.expand() {
            let limit = u64::from(request.limit.unwrap_or_default());
            prop_assert!(made.total.count <= MOST);
            if made.total.exact {
                prop_assert_eq!(made.variants.len() as u64, made.total.count.min(limit), "{:?}", request.template);
            }
            let shorter = VariantRequest { limit: Some(1), ..request.clone() };
            prop_assert_eq!(&texts(&shorter).expect("the first is there")[0], &made.variants[0].text);
        }
    }

    #[test]
    fn a_drawn_variant_is_one_of_all(mut request in request(Mode::Random)) {
        if let Ok(drawn) = request.expand() {
            let again = request.expand().expect("it was drawn before");
            prop_assert_eq!(&again, &drawn);
            request.mode = Mode::All;
            request.limit = Some(MAX_VARIANTS);
            if let Ok(all) = request.expand()
                && all.total.count <= u64::from(MAX_VARIANTS)
            {
                let all: BTreeSet<String> = all.variants.into_iter().map(|one| one.text).collect();
                for one in drawn.variants {
                    prop_assert!(all.contains(&one.text), "{:?} of {:?}", one.text, request.template);
                }
            }
        }
    }

    #[test]
    fn a_longer_batch_begins_with_the_shorter_one(mut request in request(Mode::Random)) {
        if let Some(long) = texts(&request) {
            request.limit = Some(1);
            prop_assert_eq!(texts(&request), Some(long[..1].to_vec()));
        }
    }

    #[test]
    fn zip_has_as_many_variants_as_were_counted(request in request(Mode::Zip)) {
        if let Ok(made) = request.expand()
            && made.total.exact
        {
            let limit = u64::from(request.limit.unwrap_or_default());
            prop_assert_eq!(made.variants.len() as u64, made.total.count.min(limit));
        }
    }

    #[test]
    fn a_plain_text_has_itself_as_its_only_variant(text in "[^{}_\\\\]{0,60}") {
        for mode in [Mode::All, Mode::Random, Mode::Zip] {
            let request = VariantRequest { template: text.clone(), mode, ..VariantRequest::default() };
            prop_assert_eq!(request.count().map(|total| total.count), Ok(1));
            prop_assert_eq!(texts(&request), Some(vec![text.clone()]));
        }
    }

    #[test]
    fn the_span_of_an_error_is_in_the_template(request in request(Mode::All)) {
        if let Err(error) = request.expand() {
            let units = request.template.encode_utf16().count();
            prop_assert!(error.start <= error.end && error.end as usize <= units);
            prop_assert!(error.to_string().len() > 20);
        }
    }
}

/// 6,000 draws of known weights: chi-square with 2 degrees of freedom stays below 13.8 in 999 of 1,000 seeds.
#[test]
fn draws_follow_the_weights() {
    for seed in 1..=5_u32 {
        let mut seen = BTreeMap::from([("a", 0.0), ("b", 0.0), ("c", 0.0)]);
        for batch in 0..250 {
            let request = VariantRequest {
                template: "{3::a|b|0.5::c|0::d}".to_owned(),
                mode: Mode::Random,
                limit: Some(24),
                seed: seed * 1_000 + batch,
                ..VariantRequest::default()
            };
            for text in texts(&request).expect("it can be drawn") {
                *seen.get_mut(text.as_str()).expect("d has no weight") += 1.0;
            }
        }
        let expected = [4_000.0, 4_000.0 / 3.0, 2_000.0 / 3.0];
        let square: f64 = seen
            .values()
            .zip(expected)
            .map(|(found, wanted): (&f64, f64)| (found - wanted).powi(2) / wanted)
            .sum();
        assert!(square < 20.0, "{seen:?}: {square}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a native test may look at the clock"
)]
#[test]
fn hostile_templates_take_less_than_a_second() {
    let hostile = [
        "{|a}".repeat(1_000),
        format!("{{{}|b}}", "{|a}".repeat(900)),
        "{2$$a|a{|}}".repeat(300),
        format!("{{64$${}}}", "a{|}|".repeat(60)),
        "{".repeat(4_000),
        "__lens__".repeat(500),
        "{5$$__lens__|__lens__x|y}".repeat(150),
        "{1$$".repeat(8) + &"a|".repeat(60),
        "{{{{{{{a|b}{a|b}|c}{a|b}|c}{a|b}|c}{a|b}|c}{a|b}|c}{a|b}|c}".repeat(60),
        format!("{{4$${}}}", "{a|b}{a|b}{a|b}|".repeat(60)),
    ];
    for template in hostile {
        assert!(template.chars().count() <= MAX_CHARACTERS + 100);
        for mode in [Mode::All, Mode::Random, Mode::Zip] {
            let request = VariantRequest {
                template: template.clone(),
                mode,
                limit: Some(24),
                ..VariantRequest::default()
            };
            let start = Instant::now();
            let _ = (request.count(), request.expand());
            let took = start.elapsed();
            assert!(
                took < Duration::from_secs(1),
                "{took:?} for {template:.60} {mode:?}"
            );
        }
    }
}

#[test]
fn built_in_lists_are_sorted_and_have_different_options() {
    let lists = built_in();
    assert!(lists.len() >= 8);
    assert!(lists.is_sorted_by(|a, b| a.name < b.name));
    for list in lists {
        let different: BTreeSet<_> = list.options.iter().collect();
        assert_eq!(different.len(), list.options.len(), "{}", list.name);
        assert!((2..=64).contains(&list.options.len()));
        let template = format!("__{}__", list.name);
        let request = VariantRequest {
            template,
            limit: Some(24),
            ..VariantRequest::default()
        };
        assert_eq!(texts(&request).expect("it is there"), list.options);
    }
}
