//! Generations that were given up, and what becomes of them when the provider is heard after all.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{CancelGeneration, Effect, Hint, Nonce, Observation, OutboxItem};

use crate::kit::{Kit, MINUTE, cause, kind, polled, prediction, stored, succeeded};

/// The nonce of the first generation that a kit makes.
const NONCE: u128 = 2;

fn hint(generation: &GenerationId, webhook: &str) -> Hint {
    Hint {
        webhook_id: webhook.to_owned(),
        generation: generation.clone(),
        nonce: Nonce::from_random(NONCE),
        provider_id: "p1".parse().unwrap(),
    }
}

fn found(predictions: Vec<Prediction>) -> Observation {
    Observation::Reconciled(ReadOutcome::Found(Listing {
        predictions,
        complete: true,
    }))
}

fn unknown() -> Observation {
    Observation::Submitted(SubmitOutcome::Unknown { cause: cause() })
}

/// Observes `answer` of whatever is due until the generation ends.
fn until_the_end(kit: &mut Kit, id: &GenerationId, answer: &Observation) {
    while !kit.status(id).is_final() {
        let item = kit.next_due();
        kit.observe(&item, answer.clone());
    }
}

/// A generation that ended with an unknown outcome, and its submit.
fn outcome_unknown(kit: &mut Kit, pictures: u32) -> (GenerationId, OutboxItem) {
    let id = kit.generate(pictures);
    let submit = kit.only_due();
    kit.observe(&submit, unknown());
    until_the_end(kit, &id, &found(Vec::new()));
    (id, submit)
}

/// A generation that was given up because the provider denied its prediction, and the cancel that follows.
fn request_lost(kit: &mut Kit) -> (GenerationId, OutboxItem) {
    let (id, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, Observation::Polled(ReadOutcome::Gone));
    until_the_end(kit, &id, &Observation::Polled(ReadOutcome::Gone));
    let cancel = kit.only_due();
    assert_eq!(kind(&cancel), "cancel");
    (id, cancel)
}

/// Saves every picture of a prediction that was found.
fn save_all(kit: &mut Kit, id: &GenerationId) {
    for fetch in kit.due() {
        assert_eq!(kind(&fetch), "fetch");
        kit.observe(&fetch, stored());
    }
    assert_eq!(kit.status(id), GenerationStatus::Succeeded);
}

/// Granted, used, reserved.
fn balance(kit: &mut Kit) -> (u32, u32, u32) {
    let allowance = kit.allowance();
    let granted = allowance.granted.unwrap();
    assert!(granted >= allowance.used + allowance.reserved);
    (granted, allowance.used, allowance.reserved)
}

#[test]
fn a_webhook_revives_a_generation_of_unknown_outcome_and_its_pictures_are_charged() {
    let mut kit = Kit::with_allowance(Some(4));
    let (id, _) = outcome_unknown(&mut kit, 3);
    assert_eq!(balance(&mut kit), (4, 0, 0));

    kit.handle(hint(&id, "msg_1")).unwrap();
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Waiting);
    assert_eq!((generation.failure, generation.finished_at), (None, None));

    let reconcile = kit.only_due();
    let Effect::Reconcile { hinted, .. } = &reconcile.effect else {
        panic!("{reconcile:?}");
    };
    assert_eq!(hinted.as_ref().unwrap().as_str(), "p1");
    kit.observe(&reconcile, found(vec![succeeded("p1", 2)]));
    save_all(&mut kit, &id);
    assert_eq!(balance(&mut kit), (4, 2, 0));
}

#[test]
fn pictures_that_were_spent_again_meanwhile_are_kept_and_covered() {
    let mut kit = Kit::with_allowance(Some(4));
    let (id, _) = outcome_unknown(&mut kit, 3);
    let other = kit.generate(3);
    let submit = kit.only_due();
    let accepted = SubmitOutcome::Accepted(succeeded("p2", 3));
    kit.observe(&submit, Observation::Submitted(accepted));
    save_all(&mut kit, &other);
    assert_eq!(balance(&mut kit), (4, 3, 0));

    kit.handle(hint(&id, "msg_1")).unwrap();
    let reconcile = kit.only_due();
    kit.observe(&reconcile, found(vec![succeeded("p1", 3)]));
    save_all(&mut kit, &id);
    assert_eq!(
        balance(&mut kit),
        (6, 6, 0),
        "one was left, two are covered"
    );
}

#[test]
fn a_person_without_a_limit_is_charged_and_not_granted() {
    let mut kit = Kit::with_allowance(None);
    let (id, _) = outcome_unknown(&mut kit, 1);
    kit.handle(hint(&id, "msg_1")).unwrap();
    let reconcile = kit.only_due();
    kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
    save_all(&mut kit, &id);
    assert_eq!(kit.allowance().used, 1);
    let covered = "SELECT count(*) FROM ledger WHERE kind = 'cover'";
    assert_eq!(kit.database.integers(covered), [0]);
}

#[test]
fn a_revived_generation_can_be_given_up_again_and_costs_nothing() {
    let mut kit = Kit::new();
    let (id, _) = outcome_unknown(&mut kit, 2);
    let before = balance(&mut kit);
    kit.handle(hint(&id, "msg_1")).unwrap();
    until_the_end(&mut kit, &id, &found(Vec::new()));
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::OutcomeUnknown);
    assert_eq!(balance(&mut kit), before);
}

#[test]
fn a_webhook_after_a_cancel_of_unknown_outcome_cancels_what_runs() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    kit.observe(&submit, unknown());
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    until_the_end(&mut kit, &id, &found(Vec::new()));
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);

    kit.handle(hint(&id, "msg_1")).unwrap();
    let reconcile = kit.only_due();
    assert!(kit.generation(&id).cancel_requested);
    kit.observe(&reconcile, found(vec![prediction("p1", Phase::Processing)]));
    let cancel = kit.only_due();
    assert!(
        matches!(&cancel.effect, Effect::Cancel { provider_id } if provider_id.as_str() == "p1")
    );
    let canceled = ReadOutcome::Found(prediction("p1", Phase::Canceled));
    kit.observe(&cancel, Observation::Canceled(canceled));
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
    assert_eq!(balance(&mut kit), (10, 0, 0));
}

#[test]
fn a_webhook_revives_a_generation_whose_prediction_was_denied() {
    let mut kit = Kit::new();
    let id = {
        let (id, poll) = kit.accepted(1, "p1");
        kit.observe(&poll, Observation::Polled(ReadOutcome::Gone));
        until_the_end(&mut kit, &id, &Observation::Polled(ReadOutcome::Gone));
        id
    };
    // The cancel has not been handed out yet, and is taken back.
    kit.handle(hint(&id, "msg_1")).unwrap();
    assert_eq!(kit.status(&id), GenerationStatus::Booting);
    let poll = kit.only_due();
    kit.observe(&poll, polled(succeeded("p1", 1)));
    save_all(&mut kit, &id);
    assert_eq!(balance(&mut kit), (10, 1, 0));
}

#[test]
fn pictures_that_the_answer_to_the_last_cancel_shows_are_saved() {
    let mut kit = Kit::new();
    let (id, cancel) = request_lost(&mut kit);
    let ended = ReadOutcome::Found(succeeded("p1", 1));
    kit.observe(&cancel, Observation::Canceled(ended));
    save_all(&mut kit, &id);
}

#[test]
fn a_confirmed_end_is_not_revived() {
    let mut kit = Kit::new();
    let (id, cancel) = request_lost(&mut kit);
    let canceled = ReadOutcome::Found(prediction("p1", Phase::Canceled));
    kit.observe(&cancel, Observation::Canceled(canceled));
    let ended = kit.generation(&id);
    assert_eq!(
        ended.failure.as_ref().unwrap().code,
        FailureCode::RequestLost
    );
    kit.handle(hint(&id, "msg_1")).unwrap();
    assert_eq!(kit.generation(&id), ended);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn a_late_answer_to_the_submit_revives_its_generation() {
    let mut kit = Kit::new();
    let (id, submit) = outcome_unknown(&mut kit, 1);
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Processing));
    kit.observe(&submit, Observation::Submitted(accepted));
    assert_eq!(kit.status(&id), GenerationStatus::Generating);
    assert_eq!(kind(&kit.next_due()), "poll");
}

#[test]
fn forged_repeated_and_foreign_webhooks_revive_nothing() {
    let mut kit = Kit::new();
    let (id, _) = outcome_unknown(&mut kit, 1);
    let ended = kit.generation(&id);
    let mut forged = hint(&id, "msg_1");
    forged.nonce = Nonce::from_random(NONCE + 1);
    kit.handle(forged).unwrap();
    // Another generation with the same input has taken the prediction.
    let _other = kit.accepted(1, "p1");
    kit.handle(hint(&id, "msg_2")).unwrap();
    assert_eq!(kit.generation(&id), ended);

    let mut kit = Kit::new();
    let (id, _) = outcome_unknown(&mut kit, 1);
    kit.handle(hint(&id, "msg_1")).unwrap();
    kit.pass(MINUTE);
    until_the_end(&mut kit, &id, &found(Vec::new()));
    let ended = kit.generation(&id);
    kit.handle(hint(&id, "msg_1")).unwrap();
    assert_eq!(kit.generation(&id), ended);
}

#[test]
fn a_webhook_about_a_prediction_that_a_twin_should_have_revives_the_twin() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.overrides.seed = Some(7);
    let ask = |kit: &mut Kit| {
        let command = kit.generate_command(request.clone());
        let id = command.generation.clone();
        kit.ask(command).unwrap();
        let submit = kit.only_due();
        kit.observe(&submit, unknown());
        id
    };
    let first = ask(&mut kit);
    until_the_end(&mut kit, &first, &found(Vec::new()));
    let second = ask(&mut kit);
    // The list shows the first generation's prediction late, and the second one takes it.
    let reconcile = kit.only_due();
    kit.observe(&reconcile, found(vec![succeeded("p9", 1)]));
    save_all(&mut kit, &second);

    let about_the_second = Hint {
        nonce: Nonce::from_random(NONCE + 1),
        ..hint(&second, "msg_1")
    };
    kit.handle(about_the_second).unwrap();
    let reconcile = kit.only_due();
    kit.observe(&reconcile, found(vec![succeeded("p1", 1)]));
    save_all(&mut kit, &first);
}
