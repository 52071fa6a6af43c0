//! Outcomes of submits.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{CancelGeneration, Effect, Observation, StudioError};

use crate::kit::{Kit, MINUTE, SECOND, cause, kind, prediction, stored, succeeded};

fn retry_after(seconds: u32) -> Observation {
    Observation::Submitted(SubmitOutcome::RetryAfter {
        seconds,
        cause: cause(),
    })
}

fn unknown() -> Observation {
    Observation::Submitted(SubmitOutcome::Unknown { cause: cause() })
}

#[test]
fn an_accepted_submit_is_polled_after_a_second() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    let outcome = kit.observe(&submit, Observation::Submitted(accepted));
    assert_eq!(kit.status(&id), GenerationStatus::Booting);
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(SECOND)));
    let poll = kit.next_due();
    let Effect::Poll { provider_id, .. } = &poll.effect else {
        panic!("{poll:?}");
    };
    assert_eq!(provider_id.as_str(), "p1");
}

#[test]
fn a_submit_answered_with_a_finished_prediction_is_not_polled() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    let accepted = SubmitOutcome::Accepted(succeeded("p1", 1));
    kit.observe(&submit, Observation::Submitted(accepted));
    assert_eq!(kind(&kit.only_due()), "fetch");
}

#[test]
fn a_refused_submit_fails_with_the_providers_error_and_costs_nothing() {
    let mut kit = Kit::new();
    let id = kit.generate(2);
    let submit = kit.only_due();
    let error = ProviderError::of_field("overrides.steps", "At most 50.".to_owned(), "422");
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Refused(error)),
    );
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Failed);
    assert_eq!(generation.finished_at, Some(kit.now));
    let failure = generation.failure.unwrap();
    assert_eq!(failure.code, FailureCode::InputRefused);
    assert_eq!(failure.field.as_deref(), Some("overrides.steps"));
    assert_eq!((kit.allowance().reserved, kit.allowance().used), (0, 0));
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_throttled_submit_is_sent_again_when_the_provider_says() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let first = kit.only_due();
    kit.observe(&first, retry_after(30));
    assert_eq!(kit.status(&id), GenerationStatus::Waiting);
    kit.pass(30 * SECOND - 1);
    assert!(kit.due().is_empty());
    kit.pass(1);
    let second = kit.only_due();
    assert_eq!(kind(&second), "submit");
    assert_ne!(first, second, "a new attempt");
}

#[test]
fn a_repeated_throttle_does_not_release_a_submit_under_way() {
    let mut kit = Kit::new();
    kit.generate(1);
    let first = kit.only_due();
    kit.observe(&first, retry_after(1));
    let second = kit.next_due();
    assert_eq!(kind(&second), "submit");
    // The first attempt's answer arrives again while the second is under way.
    kit.observe(&first, retry_after(1));
    kit.pass(2 * SECOND);
    assert!(kit.due().is_empty());
}

#[test]
fn a_submit_that_is_always_throttled_fails_after_ten_minutes() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    loop {
        let submit = kit.next_due();
        kit.observe(&submit, retry_after(60));
        if kit.status(&id).is_final() {
            break;
        }
    }
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::NotAccepted);
    assert_eq!(kit.now, crate::kit::START.plus_milliseconds(10 * MINUTE));
    assert_eq!(kit.allowance().reserved, 0);
}

#[test]
fn an_unknown_outcome_is_reconciled_and_never_sent_again() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    kit.observe(&submit, unknown());
    let item = kit.only_due();
    let Effect::Reconcile { since, hinted, .. } = &item.effect else {
        panic!("{item:?}");
    };
    assert_eq!((*since, hinted.is_none()), (kit.now, true));
}

#[test]
fn a_crash_after_the_submit_was_handed_out_is_an_unknown_outcome() {
    let mut kit = Kit::new();
    kit.generate(1);
    assert_eq!(kind(&kit.only_due()), "submit");
    kit.crash();
    assert_eq!(kit.next_alarm(), Some(kit.now));
    assert_eq!(kind(&kit.only_due()), "reconcile");
}

#[test]
fn a_submit_that_was_not_handed_out_survives_a_crash() {
    let mut kit = Kit::new();
    kit.generate(1);
    kit.crash();
    assert_eq!(kind(&kit.only_due()), "submit");
}

#[test]
fn a_submit_without_an_answer_is_reconciled_after_its_lease() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    kit.pass(submit.lease_milliseconds() - 1);
    assert!(kit.due().is_empty());
    kit.pass(1);
    assert_eq!(kind(&kit.only_due()), "reconcile");
    // A late answer still counts.
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted.clone()));
    assert_eq!(kind(&kit.next_due()), "poll");
    let again = kit.observe(&submit, Observation::Submitted(accepted));
    assert!(again.signals.is_empty());
}

#[test]
fn a_prediction_accepted_after_the_generations_end_is_canceled() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    kit.observe(&submit, retry_after(1));
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
    let accepted = SubmitOutcome::Accepted(prediction("p9", Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted));
    let item = kit.only_due();
    let Effect::Cancel { provider_id } = &item.effect else {
        panic!("{item:?}");
    };
    assert_eq!(provider_id.as_str(), "p9");
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
}

#[test]
fn an_observation_that_does_not_answer_the_effect_is_refused() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    assert_eq!(
        kit.studio.observe(kit.now, &submit, stored()),
        Err(StudioError::Mismatched)
    );
}
