//! Random orders of events, with crashes and outages in between, against a small provider that lists late, in pages
//! and incompletely, and that sends webhooks before and after everything. In the end every picture that was paid for is
//! stored once, and the books balance.

use proptest::prelude::*;
use selfsame_api::GenerationStatus;
use selfsame_provider::prediction::Phase;

use crate::provider::{Fault, Provider};
use crate::world::{Step, World};

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::Unreachable),
        2 => Just(Fault::AnswerLost),
        1 => Just(Fault::Throttled),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Denied),
    ]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let which = 0..8_usize;
    prop_oneof![
        2 => (1..=4_u32, any::<bool>()).prop_map(|(pictures, twin)| Step::Generate { pictures, twin }),
        1 => (2..=4_u32).prop_map(|generations| Step::Burst { generations }),
        1 => (1..=6_u32).prop_map(|frames| Step::Shoot { frames }),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, paused)| Step::Pause { which, paused }),
        1 => which.clone().prop_map(|which| Step::CancelRest { which }),
        2 => (which.clone(), 0..6_u32).prop_map(|(which, frame)| Step::Retry { which, frame }),
        8 => Just(Step::Wake),
        8 => (which.clone(), fault()).prop_map(|(which, fault)| Step::Perform { which, fault }),
        8 => which.clone().prop_map(|which| Step::Answer { which }),
        2 => which.clone().prop_map(|which| Step::Repeat { which }),
        2 => which.clone().prop_map(|which| Step::StartSending { which }),
        2 => which.clone().prop_map(|which| Step::PutOff { which }),
        1 => which.clone().prop_map(|which| Step::Hang { which }),
        2 => which.clone().prop_map(|which| Step::BreakLease { which }),
        2 => Just(Step::Crash),
        1 => Just(Step::Spoil),
        2 => (0..100_i64).prop_map(|seconds| Step::Pass { seconds }),
        1 => (0..6_000_i64).prop_map(|seconds| Step::Pass { seconds }),
        1 => (1..100_i64).prop_map(|minutes| Step::Outage { minutes }),
        4 => (which.clone(), prop::bool::weighted(0.8)).prop_map(|(job, well)| Step::Advance { job, well }),
        2 => (which.clone(), 0..4_u8).prop_map(|(job, id)| Step::Webhook { job, id }),
        1 => which.clone().prop_map(|which| Step::Cancel { which }),
        1 => which.prop_map(|which| Step::Delete { which }),
    ]
}

/// A provider that shows webhooks may list late: predictions with the same input are not mixed up then.
pub(crate) fn provider() -> impl Strategy<Value = Provider> {
    (any::<bool>(), any::<bool>()).prop_map(|(shows_webhooks, garbles_lists)| Provider {
        shows_webhooks,
        lists_late: shows_webhooks,
        garbles_lists,
        ..Provider::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_paid_is_lost_or_paid_twice(
        provider in provider(),
        allowance in prop_oneof![2..30_u32, Just(10_000)],
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut world = World::new(provider, allowance);
        world.generate(2, false);
        for step in steps {
            world.take(&step);
        }
        world.come_to_rest();
        check(&mut world);
        world.report_everything();
        world.come_to_rest();
        check(&mut world);
        check_found(&world);
    }
}

/// The shell dies once, before, between or after each lease, permission, performance and answer.
#[test]
fn a_crash_at_any_one_boundary_loses_nothing() {
    for crash_at in 0..80 {
        let mut world = World::new(Provider::default(), 10);
        world.generate(2, false);
        let mut boundary = 0;
        let mut crash = |world: &mut World| {
            if boundary == crash_at {
                world.take(&Step::Crash);
            }
            boundary += 1;
        };
        for _ in 0..200 {
            crash(&mut world);
            if world.alarm.is_none() {
                break;
            }
            world.wake();
            crash(&mut world);
            while world.is_busy() {
                world.start_sending(0);
                crash(&mut world);
                world.perform(0, Fault::None);
                crash(&mut world);
                world.answer(0);
                crash(&mut world);
            }
            world.provider.advance(0, true);
        }
        check(&mut world);
        assert!(world.provider.jobs.len() <= 1);
        let id = world.asked[0].clone();
        let expected = if world.provider.jobs.is_empty() {
            // The shell died after it began to send the submit. It cannot know whether it was sent, so it gives up.
            GenerationStatus::Failed
        } else {
            GenerationStatus::Succeeded
        };
        assert_eq!(world.kit.status(&id), expected, "crash at {crash_at}");
    }
}

pub(crate) fn check(world: &mut World) {
    check_creates(world);
    check_objects(world);
    check_ledger(world);
    for id in world.asked.clone() {
        let generation = world.kit.generation(&id);
        assert!(generation.status.is_final());
        assert!(!generation.cancel_requested);
        assert_eq!(
            generation.failure.is_some(),
            generation.status == GenerationStatus::Failed
        );
        // Whoever listened knows as much as whoever asks.
        assert_eq!(world.last_seen[&id], generation);
    }
}

/// One create a generation, by the webhook's address that each carries.
fn check_creates(world: &World) {
    let mut addresses: Vec<_> = world
        .provider
        .jobs
        .iter()
        .map(|job| job.submission.webhook_url.clone())
        .collect();
    let creates = addresses.len();
    addresses.sort();
    addresses.dedup();
    assert_eq!(addresses.len(), creates, "a generation was created twice");
}

/// The predictions that a generation has and was not given up with.
fn held(world: &World) -> Vec<usize> {
    let sql = "SELECT CAST(substr(provider_id, 2) AS INTEGER) FROM generations
        WHERE provider_id IS NOT NULL AND given_up = 0";
    let held = world.kit.database.integers(sql).into_iter();
    held.map(|job| usize::try_from(job).unwrap()).collect()
}

/// After every prediction was reported, each belongs to a generation.
fn check_found(world: &World) {
    let lost = world.provider.jobs.len() - held(world).len();
    assert_eq!(lost, 0, "paid predictions are lost");
}

/// The store has every file of every prediction that succeeded, except those that were deleted or could not be
/// fetched, and nothing else.
fn check_objects(world: &mut World) {
    let mut expected: Vec<String> = held(world)
        .into_iter()
        .filter(|job| world.provider.jobs[*job].phase == Phase::Succeeded)
        .flat_map(|job| world.provider.look(job).outputs)
        .map(|output| output.url)
        .filter(|url| !world.deleted.contains(url) && !world.provider.refused.contains(url))
        .collect();
    let mut stored: Vec<String> = world.provider.objects.values().cloned().collect();
    expected.sort();
    stored.sort();
    assert_eq!(stored, expected);

    let mut keys: Vec<String> = world
        .pictures()
        .into_iter()
        .map(|(_, id)| format!("people/ada/pictures/{id}"))
        .collect();
    keys.sort();
    let objects: Vec<String> = world.provider.objects.keys().cloned().collect();
    assert_eq!(objects, keys);

    let smaller = world.provider.thumbnails.iter();
    let orphans: Vec<_> = smaller
        .filter(|key| {
            let picture = key.split('/').nth(3).unwrap();
            !keys.iter().any(|key| key.ends_with(picture))
        })
        .collect();
    assert_eq!(orphans, [""; 0]);
    let untried = "SELECT count(*) FROM pictures WHERE thumbnails IS NULL";
    assert_eq!(world.kit.database.integers(untried), [0]);
}

fn check_ledger(world: &mut World) {
    let allowance = world.kit.allowance();
    assert_eq!(allowance.reserved, 0);
    let stored = world.provider.objects.len() + world.deleted.len();
    let canceled = check_cancels(world);
    assert_eq!(usize::try_from(allowance.used - canceled), Ok(stored));
    // The balance that each entry carries is the sum of the entries.
    let sums = world.kit.database.integers(
        "SELECT sum(CASE kind WHEN 'reserve' THEN pictures WHEN 'settle' THEN -pictures
                WHEN 'release' THEN -pictures ELSE 0 END) FROM ledger
         UNION ALL SELECT ifnull(sum(pictures), 0) FROM ledger WHERE kind IN ('settle', 'charge')
         UNION ALL SELECT sum(pictures) FROM ledger WHERE kind IN ('grant', 'cover')",
    );
    let granted = allowance.granted.unwrap();
    assert_eq!(sums, [0, allowance.used.into(), granted.into()]);
}

/// A canceled generation counts as used only if the provider had begun, and then in full. Returns the sum.
fn check_cancels(world: &mut World) -> u32 {
    let mut sum = 0;
    for id in world.asked.clone() {
        let generation = world.kit.generation(&id);
        if generation.cancel_costs == 0 {
            continue;
        }
        assert_eq!(generation.status, GenerationStatus::Canceled);
        assert_eq!(generation.cancel_costs, generation.request.pictures);
        let sql = format!(
            "SELECT CAST(substr(provider_id, 2) AS INTEGER) FROM generations WHERE id = '{id}'"
        );
        let job = usize::try_from(world.kit.database.integers(&sql)[0]).unwrap();
        assert!(world.provider.jobs[job].started);
        sum += generation.cancel_costs;
    }
    sum
}
