//! The queue of generations beyond the person's limit.

use selfsame_api::{ErrorCode, Event, FailureCode, Generation, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    CancelGeneration, Effect, ListGenerations, Observation, OutboxItem, Outcome, StudioError,
    SuspendPerson,
};

use crate::kit::{Kit, MINUTE, SECOND, broadcast, cause, events, polled, prediction, succeeded};
use crate::provider::{Fault, Provider};
use crate::world::World;

/// The queues that were broadcast.
fn queues<T>(outcome: &Outcome<T>) -> Vec<Vec<GenerationId>> {
    let queue = |event| match event {
        Event::Queue { generations } => Some(generations),
        _ => None,
    };
    events(outcome).into_iter().filter_map(queue).collect()
}

fn generate(kit: &mut Kit, count: usize) -> Vec<GenerationId> {
    (0..count).map(|_| kit.generate(1)).collect()
}

/// The generations whose submits are among `items`.
fn submitted(items: &[OutboxItem]) -> Vec<GenerationId> {
    let generation = |item: &OutboxItem| match &item.effect {
        Effect::Submit { generation, .. } => Some(generation.clone()),
        _ => None,
    };
    items.iter().filter_map(generation).collect()
}

fn refused() -> Observation {
    let error = ProviderError::new(FailureCode::InputRefused, "422");
    Observation::Submitted(SubmitOutcome::Refused(error))
}

fn cancel(kit: &mut Kit, id: &GenerationId) -> Outcome<Generation> {
    kit.tell(CancelGeneration { id: id.clone() }).unwrap()
}

#[test]
fn four_are_handed_on_and_the_others_wait_in_order() {
    let mut kit = Kit::new();
    let asked = generate(&mut kit, 6);
    assert_eq!(submitted(&kit.due()), asked[..4]);
    let positions = [None, None, None, None, Some(1), Some(2)];
    for (id, position) in asked.iter().zip(positions) {
        let generation = kit.generation(id);
        assert_eq!(generation.status, GenerationStatus::Waiting);
        assert_eq!(generation.queue_position, position);
    }
    let page = kit.ask(ListGenerations::default()).unwrap();
    for summary in page.generations {
        let whole = kit.generation(&summary.id);
        assert_eq!(summary.queue_position, whole.queue_position);
    }
}

#[test]
fn a_queued_generation_sets_no_alarm() {
    let mut kit = Kit::new();
    generate(&mut kit, 5);
    let submit = kit.due().remove(0);
    let lease = kit.now.plus_milliseconds(submit.lease_milliseconds());
    let room = EffectSlots::default().room();
    let outcome = kit.studio.due(kit.now, room).unwrap();
    assert_eq!(outcome.alarm, Some(lease));
}

#[test]
fn an_end_hands_the_next_one_on_at_once_and_tells_the_others_their_places() {
    let mut kit = Kit::new();
    let asked = generate(&mut kit, 7);
    let items = kit.due();
    let outcome = kit.observe(&items[2], refused());
    assert_eq!(outcome.alarm, Some(kit.now));
    let told = broadcast(&outcome);
    let next = told.iter().find(|one| one.id == asked[4]).unwrap();
    assert_eq!(next.queue_position, None);
    assert_eq!(queues(&outcome), [asked[5..].to_vec()]);
    assert_eq!(submitted(&kit.due()), [asked[4].clone()]);
    assert_eq!(kit.generation(&asked[5]).queue_position, Some(1));
}

#[test]
fn a_generation_whose_pictures_are_being_stored_makes_room() {
    let mut kit = Kit::new();
    let asked = generate(&mut kit, 5);
    let items = kit.due();
    let done = SubmitOutcome::Accepted(succeeded("p1", 1));
    kit.observe(&items[0], Observation::Submitted(done));
    assert_eq!(kit.status(&asked[0]), GenerationStatus::Saving);
    assert_eq!(submitted(&kit.due()), [asked[4].clone()]);
}

#[test]
fn a_canceled_one_costs_nothing_and_the_others_move_up() {
    let mut kit = Kit::new();
    let asked = generate(&mut kit, 7);
    kit.due();
    let outcome = cancel(&mut kit, &asked[5]);
    assert_eq!(outcome.value.status, GenerationStatus::Canceled);
    assert_eq!(outcome.value.cancel_costs, 0);
    assert_eq!(queues(&outcome), [vec![asked[4].clone(), asked[6].clone()]]);
    assert_eq!(kit.generation(&asked[6]).queue_position, Some(2));
    assert_eq!(kit.allowance().reserved, 6);
    assert!(kit.due().is_empty(), "nothing is sent");
}

#[test]
fn a_full_queue_refuses_and_says_when_to_ask_again() {
    let mut kit = Kit::new();
    kit.limit(1, 2);
    let asked = generate(&mut kit, 3);
    let request = kit.request(1);
    let command = kit.generate_command(request);
    let error = kit.ask(command.clone()).unwrap_err();
    assert_eq!(error, StudioError::QueueFull { queued: 2 });
    assert_eq!(error.code(), ErrorCode::RateLimited);
    let seconds = error.retry_after().unwrap();
    assert!(error.message().contains(&format!("{seconds} seconds")));
    assert_eq!(kit.allowance().reserved, 3);
    cancel(&mut kit, &asked[1]);
    kit.ask(command).unwrap();
}

#[test]
fn a_repeated_request_is_answered_while_the_queue_is_full() {
    let mut kit = Kit::new();
    kit.limit(1, 0);
    let request = kit.request(1);
    let command = kit.generate_command(request);
    kit.ask(command.clone()).unwrap();
    let again = kit.ask(command.clone()).unwrap();
    assert_eq!(again.id, command.generation);
}

#[test]
fn the_queue_outlives_a_crash_and_moves_up_when_the_limit_is_raised() {
    let mut kit = Kit::new();
    kit.limit(1, 9);
    let asked = generate(&mut kit, 4);
    assert_eq!(submitted(&kit.due()), asked[..1]);
    kit.crash();
    assert_eq!(submitted(&kit.due()), []);
    assert_eq!(kit.generation(&asked[3]).queue_position, Some(3));
    kit.limit(3, 9);
    assert_eq!(submitted(&kit.due()), asked[1..3]);
}

#[test]
fn the_time_in_the_queue_does_not_count_against_a_throttled_submit() {
    let mut kit = Kit::new();
    kit.limit(1, 1);
    let asked = generate(&mut kit, 2);
    let first = kit.only_due();
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    kit.observe(&first, Observation::Submitted(accepted));
    kit.pass(11 * MINUTE);
    let poll = kit.only_due();
    kit.observe(&poll, polled(succeeded("p1", 1)));
    let second = kit.due().remove(0);
    let later = SubmitOutcome::RetryAfter {
        seconds: 5,
        cause: cause(),
    };
    kit.observe(&second, Observation::Submitted(later));
    assert_eq!(kit.status(&asked[1]), GenerationStatus::Waiting);
    kit.pass(5 * SECOND);
    assert_eq!(submitted(&kit.due()), [asked[1].clone()]);
}

#[test]
fn suspending_the_person_ends_what_is_queued() {
    let mut kit = Kit::new();
    let asked = generate(&mut kit, 6);
    kit.due();
    let outcome = kit.handle(SuspendPerson).unwrap();
    let mut ended: Vec<_> = broadcast(&outcome)
        .into_iter()
        .filter(|one| one.status == GenerationStatus::Canceled)
        .map(|one| one.id)
        .collect();
    ended.sort();
    assert_eq!(ended, asked[4..]);
    assert!(kit.due().is_empty());
}

#[test]
fn thirty_generations_never_have_more_than_four_predictions_under_way() {
    let mut world = World::new(Provider::default(), 100);
    for _ in 0..30 {
        world.generate(1, false);
    }
    let mut most = 0;
    while world.alarm.is_some() {
        world.wake();
        while world.is_busy() {
            world.perform(0, Fault::None);
            world.answer(0);
            let jobs = world.provider.jobs.iter();
            let under_way = jobs.filter(|job| !job.phase.is_final()).count();
            most = most.max(under_way);
        }
        for job in 0..world.provider.jobs.len() {
            world.provider.advance(job, true);
        }
    }
    assert_eq!(most, 4);
    assert_eq!(world.provider.objects.len(), 30);
}

#[test]
fn a_series_that_moves_others_back_in_the_queue_tells_their_places() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(1, 40);
    let singles: Vec<_> = (0..4).map(|_| kit.generate(1)).collect();
    let request = kit.new_shoot(1);
    let command = kit.series_command(request);
    let created = kit.tell(command).unwrap();
    let places = queues(&created).remove(0);
    assert_eq!(places.len(), 4);
    assert_eq!(kit.generation(&singles[3]).queue_position, Some(4));
    assert_eq!(places[3], singles[3]);
}
