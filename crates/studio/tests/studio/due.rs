//! The order in which effects are handed out, their limits, and rows that cannot be read.

use selfsame_api::GenerationStatus;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::schedule::{EffectSlot, EffectSlots};
use selfsame_studio::{
    CancelGeneration, DeletePicture, Due, Effect, EmptyBin, Observation, OutboxItem, Signal,
};

use crate::kit::{Kit, MINUTE, SECOND, kind, link, polled, prediction, sign_in, succeeded};

/// A studio in which so many generations are under way at once that effects wait for slots.
fn kit() -> Kit {
    let mut kit = Kit::with_allowance(None);
    kit.limit(20, 0);
    kit
}

/// Generations whose predictions have succeeded: their fetches are due, and none is leased.
fn waiting_fetches(kit: &mut Kit, generations: usize, pictures: u32) {
    for _ in 0..generations {
        kit.generate(pictures);
    }
    for (number, submit) in kit.due().iter().enumerate() {
        let ended = SubmitOutcome::Accepted(succeeded(&format!("ended-{number}"), pictures));
        kit.observe(submit, Observation::Submitted(ended));
    }
}

fn cancel(kit: &mut Kit, id: &GenerationId) {
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
}

/// Leases the effects that fit into `slots`, and takes the slots.
fn start(kit: &mut Kit, slots: &EffectSlots) -> Vec<(OutboxItem, EffectSlot)> {
    let due = kit.studio.due(kit.now, slots.room()).unwrap().value;
    assert_eq!(due.set_aside, []);
    due.items
        .into_iter()
        .map(|item| {
            let slot = slots.reserve(item.effect.class());
            (item, slot)
        })
        .collect()
}

fn kinds<T>(started: &[(OutboxItem, T)]) -> Vec<&'static str> {
    started.iter().map(|(item, _)| kind(item)).collect()
}

#[test]
fn cancel_reaches_the_provider_before_waiting_fetches() {
    let mut kit = kit();
    let (working, poll) = kit.accepted(1, "working");
    kit.observe(&poll, polled(prediction("working", Phase::Processing)));
    waiting_fetches(&mut kit, 8, 4);
    kit.pass(SECOND);
    cancel(&mut kit, &working);
    let slots = EffectSlots::default();
    assert_eq!(kinds(&start(&mut kit, &slots)), ["cancel", "poll", "fetch"]);
}

#[test]
fn classes_are_handed_out_in_order_and_the_longest_due_first_within_one() {
    let mut kit = kit();
    let (_, pictures) = kit.succeeded(1);
    let (working, _poll) = kit.accepted(1, "p2");
    waiting_fetches(&mut kit, 1, 1);
    kit.ask(DeletePicture {
        id: pictures[0].clone(),
    })
    .unwrap();
    kit.ask(EmptyBin).unwrap();
    kit.pass(SECOND);
    let unsent = kit.generate(1);
    kit.pass(SECOND);
    cancel(&mut kit, &working);
    let started = start(&mut kit, &EffectSlots::default());
    assert_eq!(kinds(&started), ["cancel", "submit", "fetch", "delete"]);
    assert!(matches!(
        &started[1].0.effect,
        Effect::Submit { generation, .. } if *generation == unsent
    ));
}

#[test]
fn writes_and_polls_go_on_while_six_slow_fetches_wait() {
    let mut kit = kit();
    waiting_fetches(&mut kit, 2, 3);
    let slots = EffectSlots::default();
    let slow = start(&mut kit, &slots);
    assert_eq!(kinds(&slow), ["fetch"], "the others wait without a slot");
    kit.generate(1);
    assert_eq!(kinds(&start(&mut kit, &slots)), ["submit"]);
    drop(slow);
}

#[test]
fn at_most_six_effects_are_under_way() {
    let mut kit = kit();
    let (running, _poll) = kit.accepted(1, "running");
    for _ in 0..12 {
        kit.generate(1);
    }
    cancel(&mut kit, &running);
    let slots = EffectSlots::default();
    let mut under_way = start(&mut kit, &slots);
    assert_eq!(under_way.len(), 6);
    assert!(start(&mut kit, &slots).is_empty());
    under_way.pop();
    under_way.extend(start(&mut kit, &slots));
    assert_eq!(under_way.len(), 6);
}

#[test]
fn a_lease_is_recovered_while_no_slot_is_free_for_it() {
    let mut kit = kit();
    for _ in 0..5 {
        kit.generate(1);
    }
    let slots = EffectSlots::default();
    let hung = start(&mut kit, &slots);
    for (submit, _) in &hung {
        assert!(kit.start_sending(submit));
    }
    kit.pass(2 * MINUTE);
    assert!(start(&mut kit, &slots).is_empty());
    let recovered = "SELECT count(*) FROM outbox WHERE kind = 'reconcile' AND leased = 0";
    assert_eq!(kit.database.integers(recovered), [5]);
    drop(hung);
    // Three reads may be under way at a time.
    assert_eq!(kinds(&start(&mut kit, &slots)), ["reconcile"; 3]);
}

#[test]
fn a_fetch_that_waited_for_a_minute_goes_before_new_writes() {
    let mut kit = kit();
    waiting_fetches(&mut kit, 1, 1);
    kit.pass(MINUTE);
    for _ in 0..8 {
        kit.generate(1);
    }
    let started = start(&mut kit, &EffectSlots::default());
    assert_eq!(
        kinds(&started),
        ["fetch", "submit", "submit", "submit", "submit"]
    );
}

#[test]
fn overdue_polls_leave_a_slot_to_writes() {
    let mut kit = kit();
    for number in 0..6 {
        kit.accepted(1, &format!("p{number}"));
    }
    kit.pass(MINUTE);
    let slots = EffectSlots::default();
    assert!(
        start(&mut kit, &slots).is_empty(),
        "backs off after the lost polls"
    );
    kit.pass(2 * MINUTE);
    let polls = start(&mut kit, &slots);
    assert_eq!(kinds(&polls), ["poll"; 3]);
    kit.generate(1);
    assert_eq!(kinds(&start(&mut kit, &slots)), ["submit"]);
}

#[test]
fn slow_submits_leave_a_slot_to_a_cancel() {
    let mut kit = kit();
    let (running, _poll) = kit.accepted(1, "running");
    for _ in 0..6 {
        kit.generate(1);
    }
    let slots = EffectSlots::default();
    let submits = start(&mut kit, &slots);
    assert_eq!(kinds(&submits), ["submit"; 5]);
    cancel(&mut kit, &running);
    assert_eq!(kinds(&start(&mut kit, &slots)), ["cancel"]);
}

#[test]
fn less_urgent_effects_that_are_due_together_leave_two_slots() {
    let mut kit = kit();
    let (_, pictures) = kit.succeeded(1);
    for number in 0..4 {
        kit.accepted(1, &format!("q{number}"));
    }
    kit.pass(MINUTE);
    let slots = EffectSlots::default();
    assert!(
        start(&mut kit, &slots).is_empty(),
        "backs off after the lost polls"
    );
    waiting_fetches(&mut kit, 1, 1);
    kit.ask(DeletePicture {
        id: pictures[0].clone(),
    })
    .unwrap();
    kit.ask(EmptyBin).unwrap();
    kit.pass(2 * MINUTE);
    assert_eq!(start(&mut kit, &slots).len(), 4);
}

#[test]
fn a_queued_generation_that_cannot_be_read_holds_up_no_other() {
    let mut kit = Kit::new();
    kit.limit(1, 5);
    let (first, poll) = kit.accepted(1, "p1");
    let damaged = kit.generate(1);
    kit.database.execute(&format!(
        "UPDATE generations SET request = 'not JSON' WHERE id = '{damaged}'"
    ));
    kit.observe(&poll, polled(prediction("p1", Phase::Canceled)));
    assert_eq!(kit.status(&first), GenerationStatus::Failed);
    let due = kit
        .studio
        .due(kit.now, EffectSlots::default().room())
        .unwrap();
    assert_eq!(due.value.set_aside.len(), 1);
    assert!(due.value.items.is_empty());
}

#[test]
fn a_session_that_cannot_be_read_holds_up_nothing() {
    let mut kit = Kit::new();
    kit.generate(1);
    kit.database.execute(
        "INSERT INTO sessions (id, epoch, expires_at) VALUES ('not an id', 0, 9000000000000)",
    );
    assert_eq!(kind(&kit.only_due()), "submit");
    let outcome = kit
        .studio
        .due(kit.now, EffectSlots::default().room())
        .unwrap();
    let reported =
        |signal: &Signal| matches!(signal, Signal::Unreadable { id, .. } if id == "not an id");
    assert!(
        outcome.signals.iter().any(reported),
        "{:?}",
        outcome.signals
    );
    kit.handle(sign_in(link(2), 2)).unwrap();
}

#[test]
fn a_shell_without_a_free_slot_looks_again_before_the_first_lease_ends() {
    let mut kit = kit();
    for _ in 0..7 {
        kit.generate(1);
    }
    let slots = EffectSlots::default();
    let started = start(&mut kit, &slots);
    let outcome = kit.studio.due(kit.now, slots.room()).unwrap();
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(10 * SECOND)));
    let sooner = kit.now.plus_milliseconds(5 * SECOND);
    kit.database.execute(&format!(
        "UPDATE outbox SET due_at = {} WHERE id = (SELECT max(id) FROM outbox WHERE leased = 1)",
        sooner.as_millisecond()
    ));
    let outcome = kit.studio.due(kit.now, slots.room()).unwrap();
    assert_eq!(outcome.alarm, Some(sooner));
    drop(started);
}

/// Runs `spoil` on a studio with one generation, adds another generation, and calls `due`.
fn due_after(spoil: &str) -> (Kit, Due) {
    let mut kit = Kit::new();
    let (_, _poll) = kit.accepted(1, "p1");
    kit.database.execute(spoil);
    kit.pass(MINUTE);
    kit.generate(1);
    let due = kit
        .studio
        .due(kit.now, EffectSlots::default().room())
        .unwrap();
    (kit, due.value)
}

#[test]
fn a_row_that_cannot_be_read_is_set_aside_and_the_others_are_handed_out() {
    for spoil in [
        "UPDATE outbox SET kind = 'telepathy'",
        "UPDATE outbox SET kind = 'telepathy', leased = 0",
        "UPDATE outbox SET hint = 'not an id'",
        "UPDATE outbox SET hint = 'not an id', leased = 0",
        "UPDATE outbox SET subject = 'nothing'",
        "UPDATE outbox SET subject = 'nothing', leased = 0",
        "UPDATE generations SET submission = 'not JSON'",
        "UPDATE generations SET status = 'elsewhere'",
        "DELETE FROM generations",
    ] {
        let (mut kit, due) = due_after(spoil);
        assert_eq!(due.set_aside.len(), 1, "{spoil}: {due:?}");
        assert!(!due.set_aside[0].cause.is_empty());
        let [item] = due.items.as_slice() else {
            panic!("{spoil}: {due:?}");
        };
        assert_eq!(kind(item), "submit");
        // The row is set aside once, and it is not lost.
        let again = kit
            .studio
            .due(kit.now, EffectSlots::default().room())
            .unwrap();
        assert_eq!(again.value.set_aside, [], "{spoil}");
        let row = due.set_aside[0].row;
        let kept = format!("SELECT count(*) FROM outbox WHERE id = {row}");
        assert_eq!(kit.database.integers(&kept), [1], "{spoil}");
    }
}

#[test]
fn a_set_aside_row_rings_no_alarm() {
    let mut kit = Kit::new();
    kit.generate(1);
    kit.database.execute("UPDATE outbox SET kind = 'telepathy'");
    let room = EffectSlots::default().room();
    let outcome = kit.studio.due(kit.now, room).unwrap();
    assert_eq!(outcome.value.set_aside.len(), 1);
    assert_eq!(outcome.alarm, None);
}

#[test]
fn a_release_that_reads_a_set_aside_row_goes_on_with_it() {
    let (mut kit, _) = due_after("UPDATE outbox SET kind = 'telepathy', leased = 0");
    kit.database
        .execute("UPDATE outbox SET kind = 'poll' WHERE kind = 'telepathy'");
    assert!(kit.due().is_empty(), "not in this life of the studio");
    kit.crash();
    let kinds: Vec<_> = kit.due().iter().map(kind).collect();
    assert!(kinds.contains(&"poll"), "{kinds:?}");
}

#[test]
fn a_set_aside_submit_that_was_handed_out_is_never_sent_again() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    kit.database.execute("UPDATE outbox SET hint = 'not an id'");
    kit.pass(submit.lease_milliseconds());
    let due = kit
        .studio
        .due(kit.now, EffectSlots::default().room())
        .unwrap();
    assert_eq!(due.value.set_aside.len(), 1);
    kit.database.execute("UPDATE outbox SET hint = NULL");
    kit.crash();
    assert_eq!(kind(&kit.only_due()), "reconcile");
}
