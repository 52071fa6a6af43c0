//! Deleting the person, and going on with it after a crash.

use selfsame_api::{ErrorCode, Removed, Role, RunningWork};
use selfsame_primitives::ids::DeletionId;
use selfsame_provider::outcome::{ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Phase;
use selfsame_studio::credentials::{LinkClaims, LinkValidity};
use selfsame_studio::{
    DeletePerson, Effect, Erasure, GetMe, IssueLink, ListBindings, Observation, OutboxItem,
    ReinstatePerson, Signal, Studio, StudioError, UnbindModels,
};

use crate::database::Sqlite;
use crate::kit::{
    Kit, MINUTE, SECOND, START, cause, kind, link, open_ada, polled, prediction, sign_in, stored,
    succeeded,
};

const DAY: i64 = 24 * 60 * MINUTE;

/// What all that is Ada's has in it somewhere.
const WORDS: [&str; 7] = [
    "café",
    "Ada",
    "user42585527",
    "gen_",
    "pic_",
    "ses_",
    "mdl_",
];

fn delete(provider_versions: bool) -> DeletePerson {
    DeletePerson {
        user: "ada".parse().unwrap(),
        deletion: DeletionId::mint(START, 1),
        provider_versions,
    }
}

fn erasure(item: &OutboxItem) -> &Erasure {
    match &item.effect {
        Effect::Erase(erasure) => erasure,
        other => panic!("not an erasure: {other:?}"),
    }
}

fn versions(erasure: &Erasure) -> Vec<&str> {
    let models = erasure.versions.iter();
    models.map(|(model, _)| model.as_str()).collect()
}

fn not_erased() -> Observation {
    Observation::NotErased { cause: cause() }
}

/// What the shell does when all is erased.
fn delete_storage(kit: &mut Kit) {
    kit.database = Sqlite::in_memory();
    kit.crash();
}

#[test]
fn a_deleted_person_is_refused_at_once_and_their_words_are_gone() {
    let mut kit = Kit::new();
    kit.succeeded(2);
    let outcome = kit.handle(delete(false)).unwrap();
    assert_eq!(outcome.signals, [Signal::CloseAll]);
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
    let refused = kit.handle(sign_in(link(2), 2)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LinkInvalid);
    for word in WORDS {
        assert_eq!(kit.database.tables_with(word), [""; 0], "{word}");
    }
}

#[test]
fn nothing_can_be_added_to_a_studio_that_is_being_deleted() {
    let mut kit = Kit::new();
    kit.handle(delete(false)).unwrap();
    assert_eq!(kit.handle(ReinstatePerson), Err(StudioError::NotFound));
    assert_eq!(kit.handle(IssueLink), Err(StudioError::NotFound));
    assert_eq!(kit.handle(ListBindings), Err(StudioError::NotFound));
    let opened = kit.handle(open_ada(Some(10)));
    assert_eq!(opened, Err(StudioError::PersonExists));
    let operator = LinkClaims {
        role: Role::Operator,
        ..link(3)
    };
    let refused = kit.handle(sign_in(operator, 3)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LinkInvalid);
    assert_eq!(kit.database.tables_with("ada"), ["deletion"]);
}

#[test]
fn the_receipt_counts_what_was_stored() {
    let mut kit = Kit::new();
    kit.succeeded(2);
    kit.handle(delete(false)).unwrap();
    let item = kit.only_due();
    let erasure = erasure(&item);
    assert_eq!(erasure.prefix, "people/ada/");
    assert_eq!(erasure.deletion, DeletionId::mint(START, 1));
    let removed = Removed {
        generations: 1,
        pictures: 2,
        bytes: 2_468,
        models: 1,
        sessions: 1,
        // The grant, the reservation and the use; the sign-in.
        entries: 4,
        provider_versions: 0,
    };
    assert_eq!(erasure.removed, removed);
    assert_eq!((versions(erasure), erasure.versions_kept), (vec![], 1));
}

#[test]
fn the_provider_is_asked_to_delete_own_versions_only() {
    let mut kit = Kit::new();
    kit.database.execute(
        "INSERT INTO models (id, label, provider, provider_model, version, trigger_word, class_word,
            dialect, weights, created_at)
         SELECT 'mdl_00000000000000000000000000', label, provider, 'everybody/flux', version,
            trigger_word, class_word, dialect, 'hf:ada/lora', created_at FROM models",
    );
    kit.handle(delete(true)).unwrap();
    let item = kit.only_due();
    assert_eq!(versions(erasure(&item)), ["studio/ada-selfie-lora"]);
    assert_eq!(erasure(&item).versions_kept, 0);
}

#[test]
fn a_version_that_was_unbound_may_be_somebody_elses_and_is_left_alone() {
    let mut kit = Kit::new();
    let models = vec![kit.model.id.clone()];
    let running = RunningWork::Finish;
    kit.handle(UnbindModels { models, running }).unwrap();
    kit.handle(delete(true)).unwrap();
    assert!(erasure(&kit.only_due()).versions.is_empty());
}

#[test]
fn an_unreachable_provider_holds_a_deletion_up_for_a_day() {
    let mut kit = Kit::new();
    kit.handle(delete(true)).unwrap();
    let item = kit.only_due();
    assert!(erasure(&item).provider_needed);
    kit.observe(&item, not_erased());
    kit.pass(DAY);
    let item = kit.only_due();
    assert!(!erasure(&item).provider_needed);
    assert_eq!(versions(erasure(&item)), ["studio/ada-selfie-lora"]);
}

#[test]
fn an_erasure_that_fails_is_repeated_after_a_pause() {
    let mut kit = Kit::new();
    kit.handle(delete(false)).unwrap();
    let first = kit.only_due();
    let outcome = kit.observe(&first, not_erased());
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(SECOND)));
    assert!(kit.due().is_empty());
    let second = kit.next_due();
    assert_eq!(second.effect, first.effect);
    kit.observe(&first, not_erased());
    assert!(kit.due().is_empty(), "the late answer changes nothing");
}

#[test]
fn an_erasure_whose_shell_died_is_repeated_after_a_pause() {
    let mut kit = Kit::new();
    kit.handle(delete(true)).unwrap();
    let first = kit.only_due();
    kit.crash();
    assert_eq!(kit.next_due_after_pause().effect, first.effect);
}

#[test]
fn a_file_that_is_being_written_is_waited_for() {
    let mut kit = Kit::new();
    let (_, fetches) = kit.saving(1);
    kit.handle(delete(false)).unwrap();
    assert!(kit.due().is_empty());
    kit.observe(&fetches[0], stored());
    assert_eq!(kind(&kit.only_due()), "erase");

    let mut kit = Kit::new();
    let (_, fetches) = kit.saving(1);
    kit.handle(delete(false)).unwrap();
    kit.pass(fetches[0].lease_milliseconds());
    assert_eq!(kind(&kit.only_due()), "erase", "the write lost its lease");
}

#[test]
fn what_runs_at_the_provider_is_canceled_first() {
    let mut kit = Kit::new();
    kit.accepted(1, "p1");
    kit.handle(delete(false)).unwrap();
    let cancel = kit.only_due();
    assert_eq!(kind(&cancel), "cancel");
    let canceled = ReadOutcome::Found(prediction("p1", Phase::Canceled));
    kit.observe(&cancel, Observation::Canceled(canceled));
    assert_eq!(kind(&kit.only_due()), "erase");
}

#[test]
fn a_create_that_is_answered_later_is_canceled() {
    let mut kit = Kit::new();
    kit.generate(1);
    let submit = kit.only_due();
    kit.handle(delete(false)).unwrap();
    assert!(kit.due().is_empty());
    let accepted = SubmitOutcome::Accepted(prediction("p1", Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted));
    let cancel = kit.only_due();
    assert_eq!((kind(&cancel), cancel.effect.subject()), ("cancel", "p1"));
    kit.observe(
        &cancel,
        Observation::Canceled(ReadOutcome::Found(prediction("p1", Phase::Canceled))),
    );
    assert_eq!(kind(&kit.only_due()), "erase");
}

#[test]
fn calls_that_wait_for_their_turn_are_repeated_and_creates_are_dropped() {
    let mut kit = Kit::new();
    kit.accepted(1, "p1");
    kit.generate(1);
    let submit = kit.leased().remove(0);
    assert_eq!(kind(&submit), "submit");
    kit.handle(delete(false)).unwrap();
    assert!(!kit.start_sending(&submit), "it is not sent any more");
    let later = Observation::PutOff { milliseconds: 500 };
    kit.observe(&submit, later.clone());
    let cancel = kit.only_due();
    assert_eq!(kind(&cancel), "cancel");
    kit.observe(&cancel, later.clone());
    let cancel = kit.next_due();
    let canceled = ReadOutcome::Found(prediction("p1", Phase::Canceled));
    kit.observe(&cancel, Observation::Canceled(canceled));
    let erase = kit.only_due();
    let outcome = kit.observe(&erase, later);
    assert_eq!(outcome.alarm, Some(kit.now.plus_milliseconds(500)));
    assert_eq!(kit.next_due().effect, erase.effect);
}

#[test]
fn waiting_work_is_dropped() {
    let mut kit = Kit::new();
    for _ in 0..6 {
        kit.generate(1);
    }
    kit.handle(delete(false)).unwrap();
    assert_eq!(kind(&kit.only_due()), "erase");
}

/// Deletes a person with a prediction, a create and a copy under way. The shell dies after the step `crash`, and the
/// operator repeats the request. Returns the number of steps and the last erasure.
fn carried_out(crash: Option<usize>) -> (usize, Erasure) {
    let mut kit = Kit::new();
    let (_, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(succeeded("p1", 1)));
    let fetch = kit.only_due();
    kit.accepted(1, "p2");
    kit.generate(1);
    let submit = kit.only_due();
    let mut steps = 0;
    let mut step = |kit: &mut Kit| {
        steps += 1;
        if crash == Some(steps) {
            kit.crash();
            kit.handle(delete(true)).unwrap();
        }
        steps
    };
    kit.handle(delete(true)).unwrap();
    step(&mut kit);
    let mut under_way = vec![fetch, submit];
    let mut failed = false;
    loop {
        while let Some(item) = under_way.pop() {
            let observation = match &item.effect {
                Effect::Submit { .. } => {
                    let created = prediction("p3", Phase::Starting);
                    Observation::Submitted(SubmitOutcome::Accepted(created))
                }
                Effect::Cancel { provider_id } => {
                    let ended = prediction(provider_id.as_str(), Phase::Canceled);
                    Observation::Canceled(ReadOutcome::Found(ended))
                }
                Effect::FetchPicture { .. } => stored(),
                Effect::Erase(erasure) if failed => return (step(&mut kit), erasure.clone()),
                Effect::Erase(_) => {
                    failed = true;
                    not_erased()
                }
                other => panic!("no work of a deleted person: {other:?}"),
            };
            kit.observe(&item, observation);
            step(&mut kit);
        }
        kit.now = kit.next_alarm().unwrap().max(kit.now);
        under_way = kit.due();
        step(&mut kit);
    }
}

#[test]
fn a_deletion_goes_on_after_a_crash_at_every_step() {
    let (steps, expected) = carried_out(None);
    assert!(steps >= 9, "{steps}");
    for crash in 1..=steps {
        let (_, erasure) = carried_out(Some(crash));
        assert_eq!(erasure, expected, "after a crash at step {crash}");
    }
}

#[test]
fn a_new_person_of_the_same_id_gets_nothing_of_the_old() {
    let mut kit = Kit::new();
    kit.succeeded(1);
    let session = kit.session.clone();
    kit.handle(delete(false)).unwrap();
    kit.only_due();
    delete_storage(&mut kit);
    kit.pass(SECOND);
    kit.handle(open_ada(Some(3))).unwrap();
    let minted_alone = LinkClaims {
        validity: LinkValidity::Since(START),
        ..link(2)
    };
    for old in [link(1), link(2), minted_alone] {
        let refused = kit.handle(sign_in(old, 2));
        assert_eq!(refused, Err(StudioError::LinkRevoked));
    }
    kit.session = session;
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
    let epoch = kit.handle(IssueLink).unwrap().value.epoch;
    let fresh = LinkClaims {
        validity: LinkValidity::Epoch(epoch),
        ..link(3)
    };
    let signed_in = kit.handle(sign_in(fresh, 3)).unwrap().value;
    assert_eq!(signed_in.me.allowance.granted, Some(3));
    assert_eq!(signed_in.me.allowance.used, 0);
    assert!(kit.due().is_empty());
}

#[test]
fn a_studio_that_was_never_opened_is_deleted_too() {
    let mut studio = Studio::open(Sqlite::in_memory(), START).unwrap();
    studio.handle(START, delete(true)).unwrap();
    let due = studio.due(
        START,
        selfsame_studio::schedule::EffectSlots::default().room(),
    );
    let items = due.unwrap().value.items;
    assert_eq!(erasure(&items[0]).removed, Removed::default());
}
