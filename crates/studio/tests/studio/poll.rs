//! Outcomes of polls.

use selfsame_api::{FailureCode, GenerationStatus, Progress};
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{Effect, Observation};

use crate::kit::{Kit, MINUTE, SECOND, broadcast, cause, kind, polled, prediction, succeeded};

fn at_step(step: u32) -> Prediction {
    Prediction {
        progress: Some(Progress {
            percent: step * 2,
            step,
            steps: 50,
        }),
        ..prediction("p1", Phase::Processing)
    }
}

fn gone() -> Observation {
    Observation::Polled(ReadOutcome::Gone)
}

fn no_answer() -> Observation {
    Observation::Polled(ReadOutcome::Unavailable { cause: cause() })
}

#[test]
fn each_progress_is_broadcast_once() {
    let mut kit = Kit::new();
    let (_, poll) = kit.accepted(1, "p1");
    let told = broadcast(&kit.observe(&poll, polled(at_step(5))));
    assert_eq!(told[0].status, GenerationStatus::Generating);
    assert_eq!(told[0].progress.unwrap().percent, 10);
    let poll = kit.next_due();
    assert!(broadcast(&kit.observe(&poll, polled(at_step(5)))).is_empty());
    let poll = kit.next_due();
    let later = broadcast(&kit.observe(&poll, polled(at_step(6))));
    assert_eq!(later[0].revision, told[0].revision + 1);
}

#[test]
fn a_poll_without_progress_keeps_the_progress_and_the_status() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(at_step(5)));
    let poll = kit.next_due();
    kit.observe(&poll, polled(prediction("p1", Phase::Starting)));
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Generating);
    assert_eq!(generation.progress.unwrap().step, 5);
}

#[test]
fn polls_come_every_second_at_first() {
    let mut kit = Kit::new();
    let (_, mut poll) = kit.accepted(1, "p1");
    let start = kit.now;
    for _ in 0..30 {
        kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
        poll = kit.next_due();
    }
    assert_eq!(kit.now, start.plus_milliseconds(30 * SECOND));
    kit.pass(10 * MINUTE);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let before = kit.now;
    kit.next_due();
    assert_eq!(kit.now, before.plus_milliseconds(15 * SECOND));
}

#[test]
fn failed_polls_end_a_generation_only_at_the_providers_deadline() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(2, "p1");
    loop {
        kit.observe(&poll, no_answer());
        if kit.status(&id).is_final() {
            break;
        }
        poll = kit.next_due();
    }
    assert!(kit.now >= crate::kit::START.plus_milliseconds(32 * MINUTE));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::TimedOut);
    assert_eq!(kit.allowance().reserved, 0);
    let item = kit.only_due();
    assert!(matches!(&item.effect, Effect::Cancel { provider_id } if provider_id.as_str() == "p1"));
}

#[test]
fn a_success_counts_after_a_long_outage() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.pass(50 * MINUTE);
    kit.observe(&poll, polled(succeeded("p1", 1)));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
}

#[test]
fn a_prediction_that_stays_gone_is_lost() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, gone());
    assert!(!kit.status(&id).is_final(), "once may be a lagging replica");
    let poll = kit.next_due();
    kit.observe(&poll, gone());
    let poll = kit.next_due();
    kit.observe(&poll, gone());
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::PicturesLost);
}

#[test]
fn a_success_whose_files_were_removed_is_lost() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    let removed = Prediction {
        data_removed: true,
        ..prediction("p1", Phase::Succeeded)
    };
    kit.observe(&poll, polled(removed));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::PicturesLost);
}

#[test]
fn a_failed_prediction_fails_the_generation_with_its_error() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    let error = ProviderError::new(FailureCode::FilteredBySafety, "NSFW");
    kit.observe(
        &poll,
        polled(prediction("p1", Phase::Failed(error.clone()))),
    );
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Failed);
    assert_eq!(generation.failure, Some(error.person_failure()));
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_cancel_that_nobody_requested_is_a_timeout() {
    for phase in [Phase::Canceled, Phase::Aborted] {
        let mut kit = Kit::new();
        let (id, poll) = kit.accepted(1, "p1");
        kit.observe(&poll, polled(prediction("p1", phase)));
        let failure = kit.generation(&id).failure.unwrap();
        assert_eq!(failure.code, FailureCode::TimedOut);
    }
}

#[test]
fn a_late_end_counts_and_late_progress_does_not() {
    let mut kit = Kit::new();
    let (id, first) = kit.accepted(1, "p1");
    kit.pass(first.lease_milliseconds());
    assert!(kit.due().is_empty(), "backs off after the lost poll");
    let second = kit.next_due();
    assert_eq!(kind(&second), "poll");
    assert!(broadcast(&kit.observe(&first, polled(at_step(9)))).is_empty());
    kit.observe(&first, polled(succeeded("p1", 1)));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
    // The second poll's answer changes nothing, whether it is older or newer.
    assert!(broadcast(&kit.observe(&second, polled(at_step(10)))).is_empty());
    assert!(broadcast(&kit.observe(&second, polled(succeeded("p1", 1)))).is_empty());
}

#[test]
fn retry_after_sets_the_next_poll() {
    let mut kit = Kit::new();
    let (_, poll) = kit.accepted(1, "p1");
    let later = ReadOutcome::RetryAfter {
        seconds: 7,
        cause: cause(),
    };
    let outcome = kit.observe(&poll, Observation::Polled(later));
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(7 * SECOND)));
}
