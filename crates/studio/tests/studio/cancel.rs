//! Cancels.

use selfsame_api::{Generation, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{CancelGeneration, Effect, ListGenerations, Observation, StudioError};

use crate::kit::{Kit, MINUTE, START, cause, kind, polled, prediction, stored, succeeded};

fn cancel(kit: &mut Kit, id: &GenerationId) -> Generation {
    kit.ask(CancelGeneration { id: id.clone() }).unwrap()
}

fn answered(prediction: Prediction) -> Observation {
    Observation::Canceled(ReadOutcome::Found(prediction))
}

#[test]
fn a_cancel_before_the_submit_sends_nothing() {
    let mut kit = Kit::new();
    let id = kit.generate(2);
    let generation = cancel(&mut kit, &id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert!(!generation.cancel_requested);
    assert_eq!(kit.allowance().reserved, 0);
    assert!(kit.due().is_empty());
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_cancel_during_the_submit_waits_for_its_outcome() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    let generation = cancel(&mut kit, &id);
    assert_eq!(generation.status, GenerationStatus::Waiting);
    assert!(generation.cancel_requested);
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted));
    assert_eq!(kind(&kit.only_due()), "cancel");
}

#[test]
fn a_throttled_submit_that_was_canceled_is_not_sent_again() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    cancel(&mut kit, &id);
    let later = SubmitOutcome::RetryAfter {
        seconds: 5,
        cause: cause(),
    };
    kit.observe(&submit, Observation::Submitted(later));
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_cancel_reaches_the_provider_once_and_its_answer_ends_the_generation() {
    let mut kit = Kit::new();
    let (id, _poll) = kit.accepted(1, "p1");
    let first = cancel(&mut kit, &id);
    assert!(first.cancel_requested);
    assert_eq!(
        cancel(&mut kit, &id),
        first,
        "a second cancel changes nothing"
    );
    let item = kit.only_due();
    assert!(matches!(&item.effect, Effect::Cancel { provider_id } if provider_id.as_str() == "p1"));
    kit.observe(&item, answered(prediction("p1", Phase::Canceled)));
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert_eq!(generation.failure, None);
    assert!(!generation.cancel_requested);
    assert_eq!(kit.allowance().reserved, 0);
    assert_eq!(kit.next_alarm(), None);
}

/// A generation of two pictures that is canceled in `phase`, after which the provider answers `end`. Returns what the
/// cancel has cost.
fn canceled_in(phase: &Phase, end: &Prediction) -> u32 {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(2, "p1");
    kit.observe(&poll, polled(prediction("p1", phase.clone())));
    cancel(&mut kit, &id);
    let item = kit.only_due();
    kit.observe(&item, answered(end.clone()));
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert_eq!(kit.allowance().reserved, 0);
    assert_eq!(kit.allowance().used, generation.cancel_costs);
    generation.cancel_costs
}

#[test]
fn a_cancel_that_reaches_a_started_prediction_uses_the_pictures() {
    let started = Prediction {
        started: true,
        ..prediction("p1", Phase::Canceled)
    };
    let not_said = prediction("p1", Phase::Canceled);
    let aborted = prediction("p1", Phase::Aborted);
    for (phase, end, cost) in [
        (Phase::Starting, &started, 2),
        (Phase::Processing, &started, 2),
        // What the studio has seen before counts, too.
        (Phase::Processing, &not_said, 2),
        (Phase::Starting, &not_said, 0),
        (Phase::Starting, &aborted, 0),
    ] {
        assert_eq!(canceled_in(&phase, end), cost, "{phase:?} {end:?}");
    }
}

#[test]
fn the_person_is_told_what_a_cancel_would_cost() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(2, "p1");
    assert_eq!(kit.generation(&id).cancel_costs, 0);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    assert_eq!(kit.generation(&id).cancel_costs, 2);
    let page = kit.ask(ListGenerations::default()).unwrap();
    assert_eq!(page.generations[0].cancel_costs, 2);
    let poll = kit.next_due();
    kit.observe(&poll, polled(succeeded("p1", 2)));
    assert_eq!(kit.generation(&id).cancel_costs, 0, "a cancel is too late");
}

#[test]
fn a_cancel_whose_outcome_stays_unknown_costs_nothing() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(2, "p1");
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    cancel(&mut kit, &id);
    while !kit.status(&id).is_final() {
        kit.now = kit.next_alarm().unwrap().max(kit.now);
        for item in kit.due() {
            let unavailable = ReadOutcome::Unavailable { cause: cause() };
            let observation = match kind(&item) {
                "cancel" => Observation::Canceled(unavailable),
                _ => Observation::Polled(unavailable),
            };
            kit.observe(&item, observation);
        }
    }
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert_eq!((generation.cancel_costs, kit.allowance().used), (0, 0));
}

#[test]
fn a_stop_that_the_person_did_not_ask_for_costs_nothing() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    let stopped = Prediction {
        started: true,
        ..prediction("p1", Phase::Canceled)
    };
    kit.observe(&poll, polled(stopped));
    assert_eq!(kit.status(&id), GenerationStatus::Failed);
    assert_eq!(kit.allowance().used, 0);
}

#[test]
fn a_cancel_answered_without_an_end_brings_the_next_poll_forward() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.pass(10 * MINUTE);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    cancel(&mut kit, &id);
    let item = kit.only_due();
    kit.observe(&item, answered(prediction("p1", Phase::Processing)));
    let poll = kit.only_due();
    assert_eq!(kind(&poll), "poll");
    kit.observe(&poll, polled(prediction("p1", Phase::Aborted)));
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
}

#[test]
fn pictures_that_arrive_in_spite_of_a_cancel_are_kept() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    cancel(&mut kit, &id);
    kit.observe(&poll, polled(succeeded("p1", 1)));
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Saving);
    assert!(!generation.cancel_requested);
    let fetch = kit.only_due();
    assert_eq!(kind(&fetch), "fetch", "the cancel is gone");
    kit.observe(&fetch, stored());
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
    assert_eq!(kit.allowance().used, 1);
}

#[test]
fn a_cancel_leaves_saving_and_ended_generations_alone() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(1);
    let saving = kit.generation(&id);
    assert_eq!(cancel(&mut kit, &id), saving);
    kit.observe(&fetches[0], stored());
    let ended = kit.generation(&id);
    assert_eq!(cancel(&mut kit, &id), ended);
}

#[test]
fn a_cancel_is_retried_until_the_providers_deadline() {
    let mut kit = Kit::new();
    let (id, _) = kit.accepted(1, "p1");
    cancel(&mut kit, &id);
    let mut cancels = 0;
    while kit.next_alarm().is_some() && cancels < 1_000 {
        kit.now = kit.next_alarm().unwrap().max(kit.now);
        for item in kit.due() {
            let unavailable = ReadOutcome::Unavailable { cause: cause() };
            if kind(&item) == "cancel" {
                cancels += 1;
                kit.observe(&item, Observation::Canceled(unavailable));
            } else {
                kit.observe(&item, Observation::Polled(unavailable));
            }
        }
    }
    assert!((50..200).contains(&cancels), "{cancels}");
    assert!(kit.now >= START.plus_milliseconds(32 * MINUTE));
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
}

#[test]
fn a_missing_generation_cannot_be_canceled() {
    let mut kit = Kit::new();
    let id = GenerationId::mint(START, 9);
    assert_eq!(kit.ask(CancelGeneration { id }), Err(StudioError::NotFound));
}

#[test]
fn a_cancel_answered_with_gone_for_two_minutes_is_not_sent_again() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Processing));
    kit.observe(&submit, Observation::Submitted(accepted));
    cancel(&mut kit, &id);
    let mut asked = 0;
    for _ in 0..300 {
        for item in kit.due() {
            if kind(&item) == "cancel" {
                asked += 1;
                kit.observe(&item, Observation::Canceled(ReadOutcome::Gone));
            } else {
                kit.observe(&item, polled(prediction("p1", Phase::Processing)));
            }
        }
        kit.pass(1_000);
    }
    assert!((6..12).contains(&asked), "{asked}");
    assert!(!kit.status(&id).is_final(), "the poll decides");
}
