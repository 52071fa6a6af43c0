//! Webhooks.

use selfsame_api::GenerationStatus;
use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{Effect, Hint, Nonce, Observation};

use crate::kit::{Kit, MINUTE, SECOND, cause, kind, polled, prediction, succeeded};

/// The nonce of the first generation that a kit makes.
const NONCE: u128 = 2;

fn hint(generation: &GenerationId, webhook: &str, prediction: &str) -> Hint {
    Hint {
        webhook_id: webhook.to_owned(),
        generation: generation.clone(),
        nonce: Nonce::from_random(NONCE),
        provider_id: prediction.parse().unwrap(),
    }
}

fn found(predictions: Vec<Prediction>) -> Observation {
    Observation::Reconciled(ReadOutcome::Found(Listing {
        predictions,
        complete: true,
    }))
}

fn tell(kit: &mut Kit, hint: &Hint) -> Option<Timestamp> {
    let outcome = kit.handle(hint.clone()).unwrap();
    assert!(outcome.signals.is_empty(), "a hint changes no generation");
    outcome.alarm
}

/// A generation whose next poll is due in 15 seconds.
fn between_polls(kit: &mut Kit) -> GenerationId {
    let (id, poll) = kit.accepted(1, "p1");
    kit.pass(10 * MINUTE);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    id
}

#[test]
fn a_hint_makes_the_next_poll_due_at_once() {
    let mut kit = Kit::new();
    let id = between_polls(&mut kit);
    let alarm = tell(&mut kit, &hint(&id, "msg_1", "p1"));
    assert_eq!(alarm, Some(kit.now));
    assert_eq!(kind(&kit.only_due()), "poll");
}

#[test]
fn a_hint_during_a_poll_causes_one_more_poll() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    assert!(kit.due().is_empty());
    kit.pass(SECOND);
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let poll = kit.only_due();
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    kit.pass(SECOND);
    assert!(kit.due().is_empty(), "once");
}

#[test]
fn foreign_and_forged_hints_are_ignored() {
    let mut kit = Kit::new();
    let id = between_polls(&mut kit);
    let quiet = Some(kit.now.plus_milliseconds(15 * SECOND));
    let mut forged = hint(&id, "msg_1", "p1");
    forged.nonce = Nonce::from_random(NONCE + 1);
    let nowhere = GenerationId::mint(kit.now, 99);
    for other in [
        forged,
        hint(&nowhere, "msg_2", "p1"),
        hint(&id, "msg_3", "p2"),
    ] {
        assert_eq!(tell(&mut kit, &other), quiet, "{other:?}");
    }
    // None of them consumed a webhook id that the provider may still send.
    assert_eq!(tell(&mut kit, &hint(&id, "msg_1", "p1")), Some(kit.now));
}

#[test]
fn a_repeated_hint_is_ignored() {
    let mut kit = Kit::new();
    let id = between_polls(&mut kit);
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    let poll = kit.only_due();
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let again = tell(&mut kit, &hint(&id, "msg_1", "p1"));
    assert_eq!(again, Some(kit.now.plus_milliseconds(15 * SECOND)));
}

#[test]
fn webhook_ids_are_forgotten_after_an_hour() {
    let mut kit = Kit::new();
    let (id, _) = kit.accepted(1, "p1");
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    kit.pass(60 * MINUTE);
    tell(&mut kit, &hint(&id, "msg_2", "p1"));
    assert_eq!(kit.database.integers("SELECT count(*) FROM webhooks"), [1]);
}

#[test]
fn a_hint_names_the_prediction_of_an_unknown_submit() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    // The provider's first webhook can arrive before the answer to the create.
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    assert!(kit.due().is_empty());
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Unknown { cause: cause() }),
    );
    let reconcile = kit.only_due();
    let Effect::Reconcile { hinted, .. } = &reconcile.effect else {
        panic!("{reconcile:?}");
    };
    assert_eq!(hinted.as_ref().unwrap().as_str(), "p1");
    kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
}

#[test]
fn a_wrong_hint_is_followed_by_the_list() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Unknown { cause: cause() }),
    );
    let listing = kit.only_due();
    tell(&mut kit, &hint(&id, "msg_1", "p9"));
    kit.observe(&listing, found(Vec::new()));
    let hinted = kit.next_due();
    assert!(matches!(
        &hinted.effect,
        Effect::Reconcile {
            hinted: Some(_),
            ..
        }
    ));
    kit.observe(&hinted, found(Vec::new()));
    let listing = kit.next_due();
    assert!(matches!(
        &listing.effect,
        Effect::Reconcile { hinted: None, .. }
    ));
}

#[test]
fn a_hint_neither_sends_a_submit_nor_revives_an_ended_generation() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    let submit = kit.only_due();
    assert_eq!(kind(&submit), "submit");
    kit.observe(
        &submit,
        Observation::Submitted(SubmitOutcome::Accepted(prediction("p1", Phase::Canceled))),
    );
    assert_eq!(tell(&mut kit, &hint(&id, "msg_2", "p1")), None);
}

#[test]
fn webhooks_cause_at_most_one_look_a_second() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let mut looks = 0;
    for number in 0..100 {
        tell(&mut kit, &hint(&id, &format!("msg_{number}"), "p1"));
        for poll in kit.due() {
            looks += 1;
            kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
        }
        kit.pass(SECOND / 10);
    }
    assert_eq!(
        looks, 9,
        "in ten seconds, the first of which began with a look"
    );
}

#[test]
fn a_webhook_does_not_shorten_a_back_off() {
    for answer in [
        ReadOutcome::Gone,
        ReadOutcome::Unavailable { cause: cause() },
        ReadOutcome::RetryAfter {
            seconds: 30,
            cause: cause(),
        },
    ] {
        let mut kit = Kit::new();
        let (id, mut poll) = kit.accepted(1, "p1");
        let start = kit.now;
        let mut looks = 0;
        for number in 0..100 {
            tell(&mut kit, &hint(&id, &format!("msg_{number}"), "p1"));
            if number == 0 {
                kit.observe(&poll, Observation::Polled(answer.clone()));
            }
            for item in kit.due() {
                looks += 1;
                poll = item;
                kit.observe(&poll, Observation::Polled(answer.clone()));
            }
            kit.pass(SECOND);
        }
        assert_eq!(kit.now, start.plus_milliseconds(100 * SECOND));
        assert!(looks < 10, "{answer:?} {looks}");
        assert!(!kit.status(&id).is_final(), "{answer:?}");
    }
}

#[test]
fn polls_are_ten_seconds_apart_while_webhooks_arrive() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    tell(&mut kit, &hint(&id, "msg_1", "p1"));
    let poll = kit.next_due();
    let looked_at = kit.now;
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    let poll = kit.next_due();
    assert_eq!(kit.now, looked_at.plus_milliseconds(10 * SECOND));

    // The webhooks stop: after two minutes, another generation is polled every second.
    kit.pass(2 * MINUTE);
    kit.observe(&poll, polled(succeeded("p1", 1)));
    let _fetch = kit.only_due();
    let (_, poll) = kit.accepted(1, "p2");
    let looked_at = kit.now;
    kit.observe(&poll, polled(prediction("p2", Phase::Processing)));
    assert_eq!(kind(&kit.next_due()), "poll");
    assert_eq!(kit.now, looked_at.plus_milliseconds(SECOND));
}
