//! The shipped photoshoots: what must hold for every shot, and for the plans.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../../assist/tests/lint/fixtures.rs"]
#[expect(dead_code, reason = "only the model is needed here")]
mod fixtures;

use fixtures::model;
use proptest::prelude::*;
use selfsame_assist::lint::Linter;
use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::compose::{Composer, Composition};
use selfsame_prompt::parameters::{AspectRatio, Overrides, Parameter, PresetId};
use selfsame_prompt::placement::SpanSource;
use selfsame_prompt::slots::Slot;
use selfsame_series::shoots::{
    NewShoot, ShootError, ShootListing, ShootPlan, ShootRequest, listing,
};
use selfsame_series::{Plan, PlanError};
use serde_json::json;

fn all(shoot: &str, base_seed: u32) -> ShootRequest {
    ShootRequest {
        shoot: shoot.to_owned(),
        base_seed,
        ..ShootRequest::default()
    }
}

fn expand(request: &ShootRequest, class: &str) -> Result<ShootPlan, ShootError> {
    request.expand(&Composer::new(model(class)))
}

/// The whole plan of every shoot, for a woman.
fn plans() -> impl Iterator<Item = ShootPlan> {
    let plan = |shoot: ShootListing| expand(&all(shoot.id, 7), "woman").expect("a plan");
    listing().into_iter().map(plan)
}

#[test]
fn ten_collections_have_eight_to_twelve_shots() {
    let listing = listing();
    let ids: Vec<&str> = listing.iter().map(|shoot| shoot.id).collect();
    assert_eq!(
        ids,
        [
            "studio_headshot",
            "editorial",
            "street_style",
            "golden_hour",
            "black_and_white",
            "founders_workspace",
            "coffee_and_city",
            "travel_and_coast",
            "evening_neon",
            "cosy_home",
        ]
    );
    for (shoot, plan) in listing.iter().zip(plans()) {
        assert!((8..=12).contains(&shoot.scenes.len()), "{}", shoot.id);
        assert!(shoot.looks.len() >= 2, "{}", shoot.id);
        assert!(
            plan.shots
                .iter()
                .map(|shot| shot.scene)
                .eq(shoot.scenes.iter().copied())
        );
        assert_eq!(plan.count as usize, plan.shots.len());
        let mut looks: Vec<&str> = plan.shots.iter().map(|shot| shot.look).collect();
        looks.dedup();
        assert_eq!(looks, shoot.looks);
    }
}

#[test]
fn every_shot_is_short_and_clean() {
    for class in ["woman", "man", "person"] {
        let composer = Composer::new(model(class));
        let linter = Linter::new(&model(class));
        for shoot in listing() {
            let plan = all(shoot.id, 7).expand(&composer).expect("a plan");
            for shot in plan.shots {
                let preview = composer.compose(&shot.composition).expect("a preview");
                assert_eq!(preview.prompt, shot.prompt);
                let place = format!("{} / {}: {}", shoot.id, shot.scene, shot.prompt);
                let findings = linter.inspect(&shot.composition, &preview);
                assert!(findings.is_empty(), "{place}: {findings:?}");
                assert!(
                    preview.warnings.is_empty(),
                    "{place}: {:?}",
                    preview.warnings
                );
                let before: String = preview
                    .spans
                    .iter()
                    .filter(|span| span.source != SpanSource::Quality)
                    .map(|span| span.text.as_str())
                    .collect();
                let words = before.split_whitespace().count();
                assert!((20..=80).contains(&words), "{words} words: {place}");
            }
        }
    }
}

#[test]
fn shots_of_a_look_share_outfit_light_camera_film_and_mood() {
    for plan in plans() {
        for look in plan.shots.chunk_by(|a, b| a.look == b.look) {
            let shared = &look[0].composition.slots;
            for shot in look {
                let slots = &shot.composition.slots;
                for slot in [
                    Slot::Wardrobe,
                    Slot::Lighting,
                    Slot::Camera,
                    Slot::Film,
                    Slot::Mood,
                ] {
                    assert!(!slots.get(slot).is_empty(), "{}: {slot:?}", shot.scene);
                    assert_eq!(slots.get(slot), shared.get(slot), "{}", shot.scene);
                }
                for words in slots.get(Slot::Wardrobe) {
                    assert!(
                        shot.prompt.contains(words.as_str()),
                        "{words}: {}",
                        shot.prompt
                    );
                }
            }
        }
    }
}

#[test]
fn a_wardrobe_of_the_persons_own_replaces_the_outfit_of_every_shot() {
    for plan in plans() {
        let request = ShootRequest {
            wardrobe: Some(vec!["red dungarees".into()]),
            ..all(plan.shoot, 5)
        };
        let garments: Vec<&str> = plan
            .shots
            .iter()
            .flat_map(|shot| shot.composition.slots.get(Slot::Wardrobe))
            .filter_map(|garment| garment.split(' ').next_back())
            .chain(["collar", "lapel", "sleeve", "hood", "fabric", "trouser"])
            .collect();
        for shot in expand(&request, "woman").expect("a plan").shots {
            assert!(shot.prompt.contains("red dungarees"), "{}", shot.prompt);
            for garment in &garments {
                assert!(!shot.prompt.contains(garment), "{garment}: {}", shot.prompt);
            }
        }
    }
}

#[test]
fn chosen_shots_keep_their_seeds() {
    let whole = expand(&all("golden_hour", 100), "man").expect("a plan");
    let request = ShootRequest {
        shots: Some(vec![4, 1, 4]),
        ..all("golden_hour", 100)
    };
    let part = expand(&request, "man").expect("a plan");
    assert_eq!(part.count, 2);
    assert_eq!(part.shots, [whole.shots[1].clone(), whole.shots[4].clone()]);
    assert_eq!(part.shots[1].seed, 104);
    let preset_steps = 28;
    assert_eq!(part.cost.steps, 2 * preset_steps);
    assert_eq!(part.cost.gpu_seconds, 8);
}

#[test]
fn an_unknown_shoot_look_or_shot_is_refused() {
    let refused = |request: &ShootRequest| {
        let error = expand(request, "woman").expect_err("a refusal");
        (error.code(), error.field())
    };
    let editorial = || all("editorial", 1);
    let invalid = |field| (ErrorCode::InvalidValue, Some(field));
    assert_eq!(refused(&all("wedding", 1)), invalid("shoot"));
    let with = |shots: &[u32]| ShootRequest {
        shots: Some(shots.to_vec()),
        ..editorial()
    };
    assert_eq!(refused(&with(&[])), invalid("shots"));
    assert_eq!(refused(&with(&[3, 10])), invalid("shots"));
    let look = ShootRequest {
        look: Some("Pyjamas".to_owned()),
        ..editorial()
    };
    assert_eq!(refused(&look), invalid("look"));
    let outfits = ShootRequest {
        outfits: [("Pyjamas".to_owned(), vec!["red coat".to_owned()])].into(),
        ..editorial()
    };
    assert_eq!(refused(&outfits), invalid("outfits"));
    let long = ShootRequest {
        wardrobe: Some(vec!["a".repeat(4_000)]),
        ..editorial()
    };
    assert_eq!(refused(&long), (ErrorCode::PromptTooLong, Some("wardrobe")));
    let steps = ShootRequest {
        overrides: Some(Overrides {
            steps: Some(51),
            ..Overrides::default()
        }),
        ..editorial()
    };
    assert_eq!(
        refused(&steps),
        (ErrorCode::OutOfRange, Some("overrides.steps"))
    );
}

#[test]
fn a_look_has_its_own_shots_and_wears_the_outfit_that_is_given_to_it() {
    for plan in plans() {
        let title = plan.shots[0].look;
        let request = ShootRequest {
            look: Some(title.to_owned()),
            outfits: [(title.to_owned(), vec!["red dungarees".to_owned()])].into(),
            ..all(plan.shoot, 7)
        };
        let look = expand(&request, "woman").expect("a plan");
        let own = plan.shots.iter().filter(|shot| shot.look == title);
        assert!(
            look.shots
                .iter()
                .map(|shot| (shot.index, shot.seed))
                .eq(own.map(|shot| (shot.index, shot.seed)))
        );
        for shot in look.shots {
            assert_eq!(
                shot.composition.slots.get(Slot::Wardrobe),
                ["red dungarees"]
            );
        }
    }
}

#[test]
fn a_preset_and_explicit_values_replace_the_collections() {
    let request = ShootRequest {
        preset: Some(PresetId::Classic),
        overrides: Some(Overrides {
            guidance: Some(4.0),
            aspect_ratio: Some(AspectRatio::Square),
            seed: Some(9),
            ..Overrides::default()
        }),
        ..all("cosy_home", 100)
    };
    let plan = expand(&request, "man").expect("a plan");
    for shot in &plan.shots {
        let Composition {
            preset, overrides, ..
        } = &shot.composition;
        assert_eq!(*preset, PresetId::Classic);
        assert_eq!(overrides.guidance, Some(4.0));
        assert_eq!(overrides.aspect_ratio, Some(AspectRatio::Square));
        assert_eq!(overrides.seed, Some(u64::from(shot.seed)));
    }
    assert_eq!(plan.shots[0].seed, 100);
    assert_eq!(plan.cost.steps, plan.count * 35);
}

fn new_shoot(json: serde_json::Value) -> Result<Plan, PlanError> {
    let mut json = json;
    json["model"] = "mdl_00000000000000000000000001".into();
    let request: NewShoot = serde_json::from_value(json).expect("a request");
    request.plan(&Composer::new(model("woman")), 41)
}

#[test]
fn a_new_shoot_of_a_collection_is_the_plan_that_the_page_shows() {
    let outfit = json!({"collection": "editorial", "shots": [2, 0], "overrides": {"seed": 12}});
    let plan = new_shoot(outfit).expect("a plan");
    let request = ShootRequest {
        shots: Some(vec![0, 2]),
        ..all("editorial", 12)
    };
    let shown = expand(&request, "woman").expect("a plan");
    assert!(
        plan.frames
            .iter()
            .map(|frame| (frame.title.as_str(), frame.composition.overrides.seed))
            .eq(shown
                .shots
                .iter()
                .map(|shot| (shot.scene, shot.composition.overrides.seed)))
    );
    let title = listing().into_iter().find(|one| one.id == "editorial");
    assert_eq!(Some(plan.title.as_str()), title.map(|one| one.title));
}

#[test]
fn explicit_values_of_a_collection_are_refused_as_those_of_a_request_are() {
    for (overrides, field) in [
        (json!({"seed": 5_000_000_000_u64}), "overrides.seed"),
        (json!({"seed": 0}), "overrides.seed"),
        (json!({"steps": 99}), "overrides.steps"),
        (json!({"guidance": 99.0}), "overrides.guidance"),
    ] {
        let request = json!({"collection": "editorial", "overrides": overrides});
        let error = new_shoot(request.clone()).expect_err("a refusal");
        assert_eq!(error.code(), ErrorCode::OutOfRange, "{request}");
        assert_eq!(error.field().as_deref(), Some(field), "{request}");
    }
}

#[test]
fn an_outfit_that_is_too_long_is_refused_by_its_field() {
    let outfit = json!({"Sculptural coat": ["silk ".repeat(2_000)]});
    let error = new_shoot(json!({"collection": "editorial", "outfits": outfit}));
    let error = error.expect_err("a refusal");
    assert_eq!(error.field().as_deref(), Some("outfits"), "{error}");
}

#[test]
fn compositions_of_ones_own_keep_their_seeds_and_get_the_missing_ones() {
    let plan = new_shoot(json!({
        "title": "  Morning and night ",
        "compositions": [{"text": "at dawn"}, {"text": "at night", "overrides": {"seed": 5}}, {"text": "at noon"}],
    }))
    .expect("a plan");
    assert_eq!(plan.title, "Morning and night");
    assert_eq!(plan.frames[1].title, "at night");
    let seeds = plan
        .frames
        .iter()
        .map(|frame| frame.composition.overrides.seed);
    assert!(seeds.eq([Some(41), Some(5), Some(43)]));
}

#[test]
fn a_new_shoot_is_one_of_the_two_kinds() {
    let one = json!([{"text": "at dawn"}]);
    let many = vec![json!({"text": "at dawn"}); 65];
    for (request, code, field) in [
        (json!({}), ErrorCode::MissingField, "collection"),
        (
            json!({"collection": "wedding"}),
            ErrorCode::InvalidValue,
            "collection",
        ),
        (
            json!({"collection": "editorial", "compositions": one}),
            ErrorCode::InvalidValue,
            "compositions",
        ),
        (
            json!({"title": "A", "compositions": one, "preset": "classic"}),
            ErrorCode::InvalidValue,
            "preset",
        ),
        (
            json!({"compositions": one}),
            ErrorCode::MissingField,
            "title",
        ),
        (
            json!({"title": " ", "compositions": one}),
            ErrorCode::OutOfRange,
            "title",
        ),
        (
            json!({"title": "é".repeat(121), "compositions": one}),
            ErrorCode::OutOfRange,
            "title",
        ),
        (
            json!({"title": "A", "compositions": []}),
            ErrorCode::OutOfRange,
            "compositions",
        ),
        (
            json!({"title": "A", "compositions": many}),
            ErrorCode::OutOfRange,
            "compositions",
        ),
    ] {
        let error = new_shoot(request.clone()).expect_err("a refusal");
        assert_eq!(
            (error.code(), error.field().as_deref()),
            (code, Some(field)),
            "{request}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn seeds_count_up_and_wrap_after_the_last(base in prop_oneof![any::<u32>(), u32::MAX - 12.., 0..3_u32]) {
        let plan = expand(&all("cosy_home", base), "woman").expect("a plan");
        let input_schema = model("woman").schema;
        let domain = &input_schema.input(Parameter::Seed).expect("a seed").domain;
        for pair in plan.shots.windows(2) {
            let next = pair[0].seed.checked_add(1).unwrap_or(1);
            prop_assert_eq!(pair[1].seed, next);
        }
        for shot in &plan.shots {
            let seed = selfsame_prompt::parameters::InputValue::Integer(shot.seed.into());
            prop_assert!(shot.seed != 0 && domain.contains(&seed));
        }
        if base != 0 {
            prop_assert_eq!(plan.shots[0].seed, base);
        }
    }
}
