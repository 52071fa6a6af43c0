//! Random histories of series, and a power failure at every statement of a whole life: each frame ends once, the books
//! balance, nothing is created twice, and a paused series sends nothing.

use proptest::prelude::*;
use selfsame_api::{GenerationStatus, SeriesCounts, SeriesState};
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    Effect, GetSeries, ListSeries, PauseSeries, PersonRequest, ResumeSeries, StudioError,
};

use crate::interleavings::{self, provider, step};
use crate::kit::{Kit, SECOND};
use crate::provider::{Fault, Provider};
use crate::world::World;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_series_is_what_its_generations_are_after_every_step(
        provider in provider(),
        allowance in prop_oneof![4..40_u32, Just(10_000)],
        frames in 1..8_u32,
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut world = World::new(provider, allowance);
        world.shoot(frames);
        for step in steps {
            world.take(&step);
            check(&mut world);
        }
        world.come_to_rest();
        check(&mut world);
        interleavings::check(&mut world);
        for series in world.kit.ask(ListSeries::default()).unwrap().series {
            prop_assert!(matches!(
                series.state,
                SeriesState::Succeeded | SeriesState::Failed | SeriesState::Canceled
            ));
            // Partial success is success, with the failures listed.
            let counts = series.counts;
            prop_assert_eq!(series.state == SeriesState::Succeeded, counts.succeeded > 0);
            prop_assert_eq!(counts.succeeded + counts.failed + counts.canceled, counts.frames);
            prop_assert_eq!(series.cost.reserved, 0);
            // Whoever listened knows as much as whoever asks.
            prop_assert_eq!(&world.last_series[&series.id], &series);
        }
    }
}

/// Every series is the sum of its frames.
fn check(world: &mut World) {
    for id in world.series.clone() {
        let record = world.kit.ask(GetSeries { id }).unwrap();
        let mut counted = SeriesCounts {
            frames: u32::try_from(record.frames.len()).unwrap(),
            ..SeriesCounts::default()
        };
        for frame in &record.frames {
            let newest = &frame.generation.as_ref().unwrap().summary;
            let waits = newest.queue_position.is_some();
            assert!(!(record.series.paused && waits), "a paused frame is queued");
            match newest.status {
                GenerationStatus::Waiting => counted.waiting += 1,
                GenerationStatus::Booting
                | GenerationStatus::Generating
                | GenerationStatus::Saving => counted.under_way += 1,
                GenerationStatus::Succeeded => counted.succeeded += 1,
                GenerationStatus::Failed => counted.failed += 1,
                GenerationStatus::Canceled => counted.canceled += 1,
            }
            for earlier in &frame.earlier {
                assert!(earlier.id < newest.id);
            }
        }
        assert_eq!(record.series.counts, counted);
    }
}

/// Makes a request until the database lets it; after a power failure the shell is a new one.
fn insist<R: PersonRequest + Clone>(kit: &mut Kit, request: &R) -> R::Reply {
    match kit.ask(request.clone()) {
        Ok(reply) => reply,
        Err(StudioError::Database(_)) => {
            assert_eq!(kit.database.mend(), Some(0));
            kit.crash();
            kit.ask(request.clone()).unwrap()
        }
        Err(error) => panic!("{error}"),
    }
}

/// Performs what is due, until nothing is; a power failure loses what the shell has in hand.
fn work(kit: &mut Kit, provider: &mut Provider) {
    for _ in 0..12 {
        kit.pass(5 * SECOND);
        provider.now = kit.now;
        if shift(kit, provider).is_err() {
            assert_eq!(kit.database.mend(), Some(0));
            kit.crash();
        }
        for job in 0..provider.jobs.len() {
            provider.advance(job, true);
        }
    }
}

fn shift(kit: &mut Kit, provider: &mut Provider) -> Result<(), StudioError> {
    let due = kit.studio.due(kit.now, EffectSlots::default().room())?;
    for item in due.value.items {
        if matches!(item.effect, Effect::Submit { .. })
            && !kit.studio.start_sending(kit.now, &item)?.value
        {
            continue;
        }
        let observation = provider.perform(&item.effect, Fault::None);
        kit.studio.observe(kit.now, &item, observation)?;
    }
    Ok(())
}

/// A shoot of two frames with one at the provider at a time, paused once. Returns whether the power
/// failed.
fn live_with_a_power_failure_after(statements: u32) -> bool {
    let mut kit = Kit::new();
    kit.limit(1, 40);
    let mut provider = Provider::default();
    let request = kit.new_shoot(2);
    let create = kit.series_command(request);
    kit.database.fail_after(statements);

    let id = insist(&mut kit, &create).series.id;
    insist(&mut kit, &PauseSeries { id: id.clone() });
    work(&mut kit, &mut provider);
    assert!(provider.jobs.is_empty(), "a paused series was sent");
    insist(&mut kit, &ResumeSeries { id: id.clone() });
    work(&mut kit, &mut provider);

    let failed = kit.database.mend().is_none();
    let record = kit.ask(GetSeries { id }).unwrap();
    assert_eq!(
        record.series.counts.succeeded, 2,
        "after {statements} statements"
    );
    assert_eq!(provider.jobs.len(), 2, "after {statements} statements");
    assert_eq!(provider.objects.len(), 2);
    let allowance = kit.allowance();
    assert_eq!((allowance.used, allowance.reserved), (2, 0));
    let series = kit.database.integers("SELECT count(*) FROM series");
    assert_eq!(series, [1]);
    failed
}

#[test]
fn a_power_failure_at_any_statement_loses_nothing_and_makes_nothing_twice() {
    let mut statements = 0;
    while live_with_a_power_failure_after(statements) {
        statements += 1;
    }
    assert!(statements > 300, "only {statements} statements");
}
