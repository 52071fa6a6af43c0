//! Finding out whether the provider has it.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{CancelGeneration, Effect, Observation, OutboxItem};

use crate::kit::{Kit, MINUTE, SECOND, kind, prediction, succeeded, trouble};

fn found(predictions: Vec<Prediction>) -> Observation {
    Observation::Reconciled(ReadOutcome::Found(predictions))
}

/// A generation whose submit has an unknown outcome, and its first reconcile.
fn unknown(kit: &mut Kit) -> (GenerationId, OutboxItem) {
    let id = kit.generate(1);
    let submit = kit.only_due();
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Unknown { cause: trouble() }),
    );
    (id, kit.only_due())
}

#[test]
fn what_the_provider_has_is_adopted() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    assert_eq!(kit.status(&id), GenerationStatus::Generating);
    assert_eq!(kind(&kit.next_due()), "poll");
}

#[test]
fn what_has_ended_already_is_saved() {
    let mut kit = Kit::new();
    let (_, reconcile) = unknown(&mut kit);
    kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
    assert_eq!(kind(&kit.only_due()), "fetch");
}

#[test]
fn what_is_not_listed_for_three_minutes_was_not_created() {
    let mut kit = Kit::new();
    let (id, mut reconcile) = unknown(&mut kit);
    let mut looks = 0;
    loop {
        kit.observe(&reconcile, found(Vec::new()));
        looks += 1;
        if kit.status(&id).is_final() {
            break;
        }
        reconcile = kit.next_due();
        assert_eq!(kind(&reconcile), "reconcile");
    }
    assert!(kit.now >= crate::kit::START.plus_milliseconds(3 * MINUTE));
    assert!((5..15).contains(&looks), "{looks}");
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::OutcomeUnknown);
    assert_eq!(kit.allowance().reserved, 0);
}

#[test]
fn no_answer_proves_nothing_until_the_providers_own_deadline() {
    let mut kit = Kit::new();
    let (id, mut reconcile) = unknown(&mut kit);
    loop {
        kit.observe(
            &reconcile,
            Observation::Reconciled(ReadOutcome::Unavailable { cause: trouble() }),
        );
        if kit.status(&id).is_final() {
            break;
        }
        reconcile = kit.next_due();
    }
    assert!(kit.now >= crate::kit::START.plus_milliseconds(32 * MINUTE));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::OutcomeUnknown);
}

#[test]
fn the_provider_says_when_to_look_again() {
    let mut kit = Kit::new();
    let (_, reconcile) = unknown(&mut kit);
    let later = ReadOutcome::RetryAfter {
        seconds: 20,
        cause: trouble(),
    };
    let outcome = kit.observe(&reconcile, Observation::Reconciled(later));
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(20 * SECOND)));
}

#[test]
fn twins_take_one_prediction_each() {
    let mut kit = Kit::new();
    let (first, reconcile_first) = unknown(&mut kit);
    let (second, reconcile_second) = unknown(&mut kit);
    let listed = vec![
        prediction("p1", Phase::Starting),
        prediction("p2", Phase::Processing),
    ];
    kit.observe(&reconcile_first, found(listed.clone()));
    kit.observe(&reconcile_second, found(listed));
    assert_eq!(kit.status(&first), GenerationStatus::Booting);
    assert_eq!(kit.status(&second), GenerationStatus::Generating);
}

#[test]
fn a_twin_whose_prediction_was_taken_finds_the_other() {
    let mut kit = Kit::new();
    let first = kit.generate(1);
    let submit = kit.only_due();
    let (second, reconcile) = unknown(&mut kit);
    // The first one's prediction is on the list before its create has answered.
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Starting)]));
    assert_eq!(kit.status(&second), GenerationStatus::Booting);
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted));
    assert_eq!(kit.status(&first), GenerationStatus::Waiting);
    kit.crash();
    let items = kit.due();
    let reconcile = items.iter().find(|item| kind(item) == "reconcile").unwrap();
    kit.observe(
        reconcile,
        found(vec![
            prediction("p1", Phase::Starting),
            prediction("p2", Phase::Starting),
        ]),
    );
    assert_eq!(kit.status(&first), GenerationStatus::Booting);
}

#[test]
fn a_cancel_meanwhile_stops_what_is_found() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    assert!(kit.generation(&id).cancel_requested);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    let item = kit.only_due();
    assert!(matches!(item.effect, Effect::CancelUpstream { .. }));
}

#[test]
fn a_cancel_of_what_was_never_created_is_a_cancel() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    kit.pass(3 * MINUTE);
    kit.observe(&reconcile, found(Vec::new()));
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert_eq!(generation.failure, None);
}

#[test]
fn a_late_listing_does_not_revive_what_has_ended() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.pass(3 * MINUTE);
    kit.observe(&reconcile, found(Vec::new()));
    let ended = kit.generation(&id);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    assert_eq!(kit.generation(&id), ended);
    // It may be a twin's: it is not stopped either.
    assert_eq!(kit.next_alarm(), None);
}
