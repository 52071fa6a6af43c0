//! Effects that wait for their turn at the provider: what is put off is no failure, and a submit that waits has not been
//! sent.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Phase;
use selfsame_studio::{CancelGeneration, Effect, Observation, OutboxItem, StudioError};

use crate::kit::{Kit, MINUTE, SECOND, cause, kind, polled, prediction};

/// Puts `item` off for `wait` milliseconds.
fn put_off(kit: &mut Kit, item: &OutboxItem, wait: i64) {
    let milliseconds = u32::try_from(wait).unwrap();
    kit.observe(item, Observation::PutOff { milliseconds });
}

/// Moves to the next alarm and leases the only effect that is due then, without sending it.
fn next_leased(kit: &mut Kit) -> OutboxItem {
    kit.now = kit.next_alarm().unwrap().max(kit.now);
    let mut items = kit.leased();
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

fn throttled(seconds: u32) -> Observation {
    Observation::Submitted(SubmitOutcome::RetryAfter {
        seconds,
        cause: cause(),
    })
}

fn unavailable() -> Observation {
    Observation::Polled(ReadOutcome::Unavailable { cause: cause() })
}

/// Failures in a row of the only outbox row.
fn failures(kit: &Kit) -> i64 {
    kit.database.integers("SELECT troubles FROM outbox")[0]
}

#[test]
fn a_submit_whose_lease_ends_while_it_waits_is_sent_later() {
    let mut kit = Kit::new();
    kit.generate(1);
    let waiting = kit.leased().remove(0);
    kit.pass(waiting.lease_milliseconds());
    let again = kit.leased().remove(0);
    assert_eq!(kind(&again), "submit");
    assert!(!kit.start_sending(&waiting), "its lease has ended");
    assert!(kit.start_sending(&again));
}

#[test]
fn a_submit_that_waits_survives_a_crash_and_is_sent_once() {
    let mut kit = Kit::new();
    kit.generate(1);
    kit.leased();
    kit.crash();
    let again = kit.leased().remove(0);
    assert_eq!(kind(&again), "submit");
    assert!(kit.start_sending(&again));
    kit.crash();
    assert_eq!(kind(&kit.only_due()), "reconcile", "it may have been sent");
}

#[test]
fn a_submit_that_an_earlier_release_leased_may_have_been_sent() {
    let mut kit = Kit::new();
    kit.generate(1);
    kit.leased();
    kit.database.execute("UPDATE outbox SET unsent = 0");
    kit.crash();
    assert_eq!(kind(&kit.only_due()), "reconcile");
}

#[test]
fn a_cancel_while_the_submit_waits_ends_the_generation_at_once() {
    let mut kit = Kit::new();
    let id = kit.generate(2);
    let waiting = kit.leased().remove(0);
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
    assert_eq!((kit.allowance().reserved, kit.allowance().used), (0, 0));
    assert!(!kit.start_sending(&waiting), "it is not sent any more");
    put_off(&mut kit, &waiting, SECOND);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_reconcile_looks_for_predictions_since_the_submit_was_sent() {
    let mut kit = Kit::new();
    kit.generate(1);
    let waiting = kit.leased().remove(0);
    put_off(&mut kit, &waiting, 5 * MINUTE);
    let submit = next_leased(&mut kit);
    kit.pass(4 * SECOND);
    let sent_at = kit.now;
    assert!(kit.start_sending(&submit));
    let unknown = SubmitOutcome::Unknown { cause: cause() };
    kit.observe(&submit, Observation::Submitted(unknown));
    let item = kit.only_due();
    let Effect::Reconcile { since, .. } = &item.effect else {
        panic!("{item:?}");
    };
    assert_eq!(*since, sent_at);
}

#[test]
fn time_that_a_submit_waits_does_not_count_towards_giving_it_up() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let mut submit = kit.leased().remove(0);
    for _ in 0..30 {
        put_off(&mut kit, &submit, MINUTE);
        submit = next_leased(&mut kit);
    }
    kit.start_sending(&submit);
    kit.observe(&submit, throttled(300));
    assert_eq!(kit.status(&id), GenerationStatus::Waiting);
    // The ten minutes of a submit that is always throttled are still counted.
    let submit = kit.next_due();
    kit.observe(&submit, throttled(300));
    assert_eq!(kit.status(&id), GenerationStatus::Waiting);
    let submit = kit.next_due();
    kit.observe(&submit, throttled(300));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::NotAccepted);
}

#[test]
fn a_poll_that_is_put_off_is_neither_a_failure_nor_an_end() {
    let mut kit = Kit::new();
    let (id, mut poll) = kit.accepted(1, "p1");
    // Longer than files can exist.
    for _ in 0..30 {
        put_off(&mut kit, &poll, 5 * MINUTE);
        assert_eq!(failures(&kit), 0);
        poll = kit.next_due();
    }
    assert_eq!(kit.status(&id), GenerationStatus::Booting);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(
        failure.code,
        FailureCode::TimedOut,
        "only an answer ends it"
    );
}

#[test]
fn a_poll_that_is_put_off_keeps_its_failures() {
    let mut kit = Kit::new();
    let (_, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, unavailable());
    let poll = kit.next_due();
    kit.observe(&poll, unavailable());
    let poll = kit.next_due();
    put_off(&mut kit, &poll, SECOND);
    assert_eq!(failures(&kit), 2);
}

#[test]
fn a_reconcile_that_is_put_off_gives_nothing_up() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    let unknown = SubmitOutcome::Unknown { cause: cause() };
    kit.observe(&submit, Observation::Submitted(unknown));
    let mut reconcile = kit.only_due();
    for _ in 0..30 {
        put_off(&mut kit, &reconcile, 5 * MINUTE);
        reconcile = kit.next_due();
    }
    assert_eq!(kit.status(&id), GenerationStatus::Waiting);
    let found = Listing {
        predictions: vec![prediction("p1", Phase::Processing)],
        complete: true,
    };
    kit.observe(
        &reconcile,
        Observation::Reconciled(ReadOutcome::Found(found)),
    );
    assert_eq!(kit.status(&id), GenerationStatus::Generating);
}

#[test]
fn a_cancel_that_is_put_off_is_sent_later() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    kit.ask(CancelGeneration { id }).unwrap();
    let cancel = kit.only_due();
    assert_eq!(kind(&cancel), "cancel");
    put_off(&mut kit, &cancel, 500);
    assert_eq!(kind(&kit.next_due()), "cancel");
}

#[test]
fn what_does_not_go_to_the_provider_cannot_be_put_off() {
    let mut kit = Kit::new();
    let (_, fetches) = kit.saving(1);
    assert_eq!(
        kit.studio.observe(
            kit.now,
            &fetches[0],
            Observation::PutOff { milliseconds: 1 }
        ),
        Err(StudioError::Mismatched)
    );
}
