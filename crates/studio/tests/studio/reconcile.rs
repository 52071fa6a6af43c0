//! Reconciling submits whose outcome is unknown.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{CancelGeneration, Effect, ListGenerations, Observation, OutboxItem};

use crate::kit::{Kit, MINUTE, SECOND, broadcast, cause, kind, prediction, succeeded};

fn found(predictions: Vec<Prediction>) -> Observation {
    Observation::Reconciled(ReadOutcome::Found(Listing {
        predictions,
        complete: true,
    }))
}

fn incomplete() -> Observation {
    Observation::Reconciled(ReadOutcome::Found(Listing {
        predictions: Vec::new(),
        complete: false,
    }))
}

/// A generation whose submit has an unknown outcome, and its first reconcile.
fn unknown(kit: &mut Kit) -> (GenerationId, OutboxItem) {
    let id = kit.generate(1);
    let submit = kit.only_due();
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Unknown { cause: cause() }),
    );
    (id, kit.only_due())
}

/// Lists completely and without the prediction until the generation ends. Returns how often.
fn not_listed(kit: &mut Kit, id: &GenerationId, mut reconcile: OutboxItem) -> usize {
    for looks in 1.. {
        kit.observe(&reconcile, found(Vec::new()));
        if kit.status(id).is_final() {
            return looks;
        }
        reconcile = kit.next_due();
        assert_eq!(kind(&reconcile), "reconcile");
    }
    unreachable!()
}

#[test]
fn a_found_prediction_is_adopted() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    assert_eq!(kit.status(&id), GenerationStatus::Generating);
    assert_eq!(kind(&kit.next_due()), "poll");
}

#[test]
fn a_found_prediction_that_succeeded_is_saved() {
    let mut kit = Kit::new();
    let (_, reconcile) = unknown(&mut kit);
    kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
    assert_eq!(kind(&kit.only_due()), "fetch");
}

#[test]
fn a_prediction_not_listed_for_three_minutes_was_not_created() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    let looks = not_listed(&mut kit, &id, reconcile);
    assert!(kit.now >= crate::kit::START.plus_milliseconds(3 * MINUTE));
    assert!((5..15).contains(&looks), "{looks}");
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::OutcomeUnknown);
    assert_eq!(kit.allowance().reserved, 0);
}

#[test]
fn an_incomplete_list_or_a_missing_one_does_not_prove_that_nothing_was_created() {
    for unknown_yet in [incomplete(), Observation::Reconciled(ReadOutcome::Gone)] {
        let mut kit = Kit::new();
        let (id, mut reconcile) = unknown(&mut kit);
        while kit.now < crate::kit::START.plus_milliseconds(20 * MINUTE) {
            kit.observe(&reconcile, unknown_yet.clone());
            assert!(!kit.status(&id).is_final(), "{unknown_yet:?}");
            reconcile = kit.next_due();
        }
        kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
        assert_eq!(kit.status(&id), GenerationStatus::Saving);
    }
}

#[test]
fn failed_reconciles_end_a_generation_only_when_its_files_are_gone() {
    let mut kit = Kit::new();
    let (id, mut reconcile) = unknown(&mut kit);
    loop {
        kit.observe(
            &reconcile,
            Observation::Reconciled(ReadOutcome::Unavailable { cause: cause() }),
        );
        if kit.status(&id).is_final() {
            break;
        }
        reconcile = kit.next_due();
    }
    assert!(kit.now >= crate::kit::START.plus_milliseconds(92 * MINUTE));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::OutcomeUnknown);
}

#[test]
fn one_complete_list_after_an_outage_proves_nothing() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.pass(20 * MINUTE);
    assert!(kit.due().is_empty(), "backs off first");
    drop(reconcile);
    let reconcile = kit.next_due();
    kit.observe(&reconcile, found(Vec::new()));
    assert!(!kit.status(&id).is_final());
}

#[test]
fn a_cancel_while_the_outcome_is_unknown_shows_at_once() {
    let mut kit = Kit::new();
    let (id, _reconcile) = unknown(&mut kit);
    let outcome = kit.tell(CancelGeneration { id: id.clone() }).unwrap();
    let told = broadcast(&outcome);
    assert!(told[0].cancel_requested, "the event says so");
    let listed = kit.ask(ListGenerations::default()).unwrap();
    assert!(listed.generations[0].cancel_requested, "the list says so");
}

#[test]
fn retry_after_sets_the_next_reconcile() {
    let mut kit = Kit::new();
    let (_, reconcile) = unknown(&mut kit);
    let later = ReadOutcome::RetryAfter {
        seconds: 20,
        cause: cause(),
    };
    let outcome = kit.observe(&reconcile, Observation::Reconciled(later));
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(20 * SECOND)));
}

#[test]
fn generations_with_the_same_input_take_one_prediction_each() {
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
fn a_generation_whose_prediction_was_taken_finds_the_other() {
    let mut kit = Kit::new();
    let first = kit.generate(1);
    let submit = kit.only_due();
    let (second, reconcile) = unknown(&mut kit);
    // The list shows the first generation's prediction before its create is answered.
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
fn a_prediction_found_after_a_cancel_is_canceled() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    assert!(kit.generation(&id).cancel_requested);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    let item = kit.only_due();
    assert!(matches!(item.effect, Effect::Cancel { .. }));
}

#[test]
fn a_canceled_generation_without_a_prediction_ends_as_canceled() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    not_listed(&mut kit, &id, reconcile);
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Canceled);
    assert_eq!(generation.failure, None);
}

#[test]
fn a_late_listing_does_not_revive_an_ended_generation() {
    let mut kit = Kit::new();
    let (id, reconcile) = unknown(&mut kit);
    not_listed(&mut kit, &id, reconcile.clone());
    let ended = kit.generation(&id);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    assert_eq!(kit.generation(&id), ended);
    // The prediction may belong to another generation with the same input, so it is not canceled.
    assert_eq!(kit.next_alarm(), None);
}
