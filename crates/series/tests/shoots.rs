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
use selfsame_prompt::compose::Composer;
use selfsame_prompt::parameters::Parameter;
use selfsame_prompt::placement::SpanSource;
use selfsame_prompt::slots::Slot;
use selfsame_series::shoots::{ShootError, ShootListing, ShootPlan, ShootRequest, listing};

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
fn an_unknown_shoot_or_shot_is_refused() {
    let code = |request: &ShootRequest| {
        expand(request, "woman")
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(code(&all("wedding", 1)), Err("unknown_shoot"));
    let with = |shots: &[u32]| ShootRequest {
        shots: Some(shots.to_vec()),
        ..all("editorial", 1)
    };
    assert_eq!(code(&with(&[])), Err("no_shots"));
    assert_eq!(code(&with(&[3, 10])), Err("unknown_shot"));
    let long = ShootRequest {
        wardrobe: Some(vec!["a".repeat(4_000)]),
        ..all("editorial", 1)
    };
    assert_eq!(code(&long), Err("compose"));
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
