//! Outcomes of polls.

use selfsame_api::{FailureCode, GenerationStatus, Progress};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{Effect, Observation, OutboxItem};

use crate::kit::{
    Kit, MINUTE, SECOND, START, broadcast, cause, kind, polled, prediction, succeeded,
};

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
fn failed_polls_end_a_generation_only_when_its_files_are_gone() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(2, "p1");
    let mut looks = 0;
    loop {
        kit.observe(&poll, no_answer());
        looks += 1;
        if kit.status(&id).is_final() {
            break;
        }
        poll = kit.next_due();
    }
    assert!(kit.now >= START.plus_milliseconds(92 * MINUTE));
    assert!((90..110).contains(&looks), "{looks}");
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::ProviderUnreachable);
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

/// A generation whose provider does not answer until after the outage, and the poll that is due then.
fn after_an_outage(kit: &mut Kit, minutes: i64) -> (GenerationId, OutboxItem) {
    let (id, poll) = kit.accepted(1, "p1");
    kit.pass(minutes * MINUTE);
    // Nobody answered the poll, and its lease has ended.
    assert!(kit.due().is_empty(), "backs off first");
    drop(poll);
    let last = kit.next_due();
    assert!(!kit.status(&id).is_final());
    (id, last)
}

#[test]
fn an_outage_of_any_length_is_followed_by_one_more_look() {
    for minutes in [33, 91, 92, 24 * 60] {
        let mut kit = Kit::new();
        let (id, last) = after_an_outage(&mut kit, minutes);
        kit.observe(&last, polled(succeeded("p1", 1)));
        assert_eq!(kit.status(&id), GenerationStatus::Saving, "{minutes}");
    }
}

#[test]
fn a_look_after_the_files_are_gone_decides_even_without_an_answer() {
    let mut kit = Kit::new();
    let (id, last) = after_an_outage(&mut kit, 92);
    kit.observe(&last, no_answer());
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::ProviderUnreachable);
}

#[test]
fn errors_and_throttling_past_the_deadline_lose_no_picture() {
    let throttled = Observation::Polled(ReadOutcome::RetryAfter {
        seconds: 300,
        cause: cause(),
    });
    for silence in [no_answer(), throttled] {
        let mut kit = Kit::new();
        let (id, mut poll) = kit.accepted(1, "p1");
        while kit.now < START.plus_milliseconds(91 * MINUTE) {
            kit.observe(&poll, silence.clone());
            poll = kit.next_due();
        }
        kit.observe(&poll, polled(succeeded("p1", 1)));
        assert_eq!(kit.status(&id), GenerationStatus::Saving);
    }
}

#[test]
fn a_prediction_that_still_runs_past_the_deadline_is_canceled() {
    let mut kit = Kit::new();
    let (id, last) = after_an_outage(&mut kit, 33);
    kit.observe(&last, polled(prediction("p1", Phase::Processing)));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::TimedOut);
    assert_eq!(kind(&kit.only_due()), "cancel");
}

#[test]
fn a_prediction_that_is_gone_for_two_minutes_is_lost_and_canceled() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(1, "p1");
    let first = kit.now;
    let mut looks = 0;
    loop {
        kit.observe(&poll, gone());
        looks += 1;
        if kit.status(&id).is_final() {
            break;
        }
        poll = kit.next_due();
    }
    assert!(kit.now >= first.plus_milliseconds(2 * MINUTE));
    assert!((6..12).contains(&looks), "{looks}");
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::RequestLost);
    assert_eq!(kind(&kit.only_due()), "cancel");
}

#[test]
fn two_denials_end_nothing_however_far_apart() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, gone());
    let poll = kit.next_due();
    kit.pass(20 * MINUTE);
    kit.observe(&poll, gone());
    assert!(!kit.status(&id).is_final());
}

#[test]
fn an_answer_in_between_starts_the_denials_anew() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(1, "p1");
    for answer in 0..150 {
        let denied = answer % 3 != 2;
        let observation = if denied {
            gone()
        } else {
            polled(prediction("p1", Phase::Processing))
        };
        kit.observe(&poll, observation);
        poll = kit.next_due();
    }
    assert!(kit.now > START.plus_milliseconds(3 * MINUTE));
    assert!(!kit.status(&id).is_final());
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
fn an_end_that_nobody_requested_says_what_is_known_of_it() {
    for (phase, minutes, code) in [
        (Phase::Canceled, 31, FailureCode::TimedOut),
        (Phase::Canceled, 5, FailureCode::Stopped),
        (Phase::Aborted, 31, FailureCode::NotStarted),
        (Phase::Aborted, 5, FailureCode::NotStarted),
    ] {
        let mut kit = Kit::new();
        let (id, poll) = kit.accepted(1, "p1");
        kit.pass(minutes * MINUTE);
        kit.observe(&poll, polled(prediction("p1", phase)));
        let failure = kit.generation(&id).failure.unwrap();
        assert_eq!(failure.code, code);
    }
}

#[test]
fn progress_never_goes_back() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(1, "p1");
    let mut shown = Vec::new();
    for (percent, step) in [
        (10, 5),
        (8, 4),
        (20, 10),
        (20, 4),
        (90, 9),
        (0, 0),
        (100, 50),
    ] {
        let reported = Prediction {
            progress: Some(Progress {
                percent,
                step,
                steps: 50,
            }),
            ..prediction("p1", Phase::Processing)
        };
        kit.observe(&poll, polled(reported));
        let progress = kit.generation(&id).progress.unwrap();
        shown.push((progress.percent, progress.step));
        poll = kit.next_due();
    }
    assert!(
        shown.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1),
        "{shown:?}"
    );
    assert_eq!(shown.last(), Some(&(100, 50)));
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
