//! Models: the ways back from a binding.

use selfsame_api::{ErrorCode, GenerationStatus, ModelState, RunningWork};
use selfsame_primitives::ids::ModelId;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{
    AddModel, GetPicture, ListBindings, ListModels, Observation, RetireModel, Signal, StudioError,
    SuspendPerson, UnbindModels,
};

use crate::kit::{Kit, START, kind, model, polled, prediction, succeeded};

fn unbind(kit: &mut Kit, running: RunningWork) {
    let models = vec![kit.model.id.clone()];
    kit.handle(UnbindModels { models, running }).unwrap();
}

fn refused(kit: &mut Kit) -> StudioError {
    let request = kit.request(1);
    let command = kit.generate_command(request);
    kit.ask(command).unwrap_err()
}

#[test]
fn an_unbound_model_begins_nothing_and_its_pictures_stay_readable() {
    let mut kit = Kit::new();
    let (id, pictures) = kit.succeeded(1);
    unbind(&mut kit, RunningWork::Finish);
    assert_eq!(refused(&mut kit), StudioError::NotFound);
    assert_eq!(kit.ask(ListModels).unwrap(), []);
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
    let picture = GetPicture {
        id: pictures[0].clone(),
    };
    let record = kit.ask(picture).unwrap();
    assert_eq!(record.picture.id, pictures[0]);
    assert_eq!(kit.allowance().used, 1);
}

#[test]
fn running_work_finishes_with_an_unbound_model() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    unbind(&mut kit, RunningWork::Finish);
    assert_eq!(kit.status(&id), GenerationStatus::Booting);
    kit.observe(&poll, polled(succeeded("p1", 1)));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
}

#[test]
fn running_work_is_canceled_on_request_and_other_models_go_on() {
    let mut kit = Kit::new();
    let other = kit
        .handle(AddModel {
            model: model(2),
            canary: None,
        })
        .unwrap()
        .value;
    let (running, _) = kit.accepted(1, "p1");
    let waiting = kit.generate(1);
    let mut request = kit.request(1);
    request.model = other.id;
    let command = kit.generate_command(request);
    let spared = kit.ask(command).unwrap().id;
    unbind(&mut kit, RunningWork::Cancel);
    assert_eq!(kit.status(&waiting), GenerationStatus::Canceled);
    assert!(kit.generation(&running).cancel_requested);
    assert!(!kit.generation(&spared).cancel_requested);
    let due: Vec<_> = kit.due().iter().map(kind).collect();
    assert_eq!(due, ["cancel", "submit"]);
}

#[test]
fn unbinding_twice_changes_nothing() {
    let mut kit = Kit::new();
    unbind(&mut kit, RunningWork::Finish);
    let before = kit.handle(ListBindings).unwrap().value;
    kit.pass(1_000);
    unbind(&mut kit, RunningWork::Finish);
    assert_eq!(kit.handle(ListBindings).unwrap().value, before);
    assert_eq!(before[0].state, ModelState::Unbound);
    assert_eq!(before[0].ended_at, Some(START));
}

#[test]
fn a_model_that_is_bound_again_keeps_its_id_and_takes_the_new_consent() {
    let mut kit = Kit::new();
    unbind(&mut kit, RunningWork::Finish);
    let mut again = model(1);
    again.id = ModelId::mint(START, 99);
    again.consent.as_mut().unwrap().by = "Ada Lovelace".to_owned();
    let bound = kit
        .handle(AddModel {
            model: again,
            canary: None,
        })
        .unwrap()
        .value;
    assert_eq!(
        (&bound.id, bound.state),
        (&kit.model.id, ModelState::Active)
    );
    assert_eq!(bound.consent.as_ref().unwrap().by, "Ada Lovelace");
    assert_eq!(kit.ask(ListModels).unwrap(), [bound]);
    kit.generate(1);
    assert_eq!(kit.handle(ListBindings).unwrap().value[0].ended_at, None);
}

#[test]
fn a_retired_model_is_listed_and_makes_no_new_pictures() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    let retire = RetireModel {
        model: kit.model.id.clone(),
    };
    kit.handle(retire.clone()).unwrap();
    let error = refused(&mut kit);
    assert_eq!(error.code(), ErrorCode::ModelUnusable);
    assert_eq!(error.field().as_deref(), Some("model"));
    let listed = kit.ask(ListModels).unwrap();
    assert_eq!(listed[0].state, ModelState::Retired);
    kit.observe(&poll, polled(succeeded("p1", 1)));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
    unbind(&mut kit, RunningWork::Finish);
    assert_eq!(kit.handle(retire), Err(StudioError::NotFound));
}

#[test]
fn models_of_nobody_are_not_found() {
    let mut kit = Kit::new();
    let id = ModelId::mint(START, 9);
    let models = vec![kit.model.id.clone(), id.clone()];
    let running = RunningWork::Cancel;
    let unbind = UnbindModels { models, running };
    assert_eq!(kit.handle(unbind), Err(StudioError::NotFound));
    assert_eq!(kit.ask(ListModels).unwrap().len(), 1, "rolled back");
    assert_eq!(
        kit.handle(RetireModel { model: id }),
        Err(StudioError::NotFound)
    );
}

#[test]
fn a_model_of_an_older_release_has_no_record_of_consent() {
    let mut kit = Kit::new();
    kit.database.execute("UPDATE models SET consent = NULL");
    assert_eq!(kit.ask(ListModels).unwrap()[0].consent, None);
    kit.generate(1);
}

#[test]
fn a_model_that_cannot_be_read_hides_no_other() {
    let mut kit = Kit::new();
    let other = kit
        .handle(AddModel {
            model: model(2),
            canary: None,
        })
        .unwrap()
        .value;
    let damage = format!(
        "UPDATE models SET dialect = '{{' WHERE id = '{}'",
        kit.model.id
    );
    kit.database.execute(&damage);
    let listed = kit.tell(ListModels).unwrap();
    assert_eq!(listed.value, std::slice::from_ref(&other));
    let [Signal::Unreadable { id, .. }] = &listed.signals[..] else {
        panic!("not reported: {:?}", listed.signals);
    };
    assert_eq!(id, kit.model.id.as_str());
    let suspended = kit.handle(SuspendPerson).unwrap().value;
    assert_eq!(suspended.models.len(), 1);
    assert_eq!(kit.handle(ListBindings).unwrap().value.len(), 2);
}

#[test]
fn what_the_operator_cancels_costs_the_person_nothing() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(2, "p1");
    kit.observe(&poll, polled(prediction("p1", Phase::Processing)));
    unbind(&mut kit, RunningWork::Cancel);
    let cancel = kit.only_due();
    let mut canceled = prediction("p1", Phase::Canceled);
    canceled.started = true;
    let answer = Observation::Canceled(ReadOutcome::Found(canceled));
    kit.observe(&cancel, answer);
    assert_eq!(kit.status(&id), GenerationStatus::Canceled);
    let allowance = kit.allowance();
    assert_eq!((allowance.used, allowance.reserved), (0, 0));
}

#[test]
fn a_generation_that_cannot_be_read_does_not_keep_a_model_bound() {
    let mut kit = Kit::new();
    kit.limit(1, 5);
    let (running, _poll) = kit.accepted(1, "p1");
    let damaged = kit.generate(1);
    kit.database.execute(&format!(
        "UPDATE generations SET submission = 'not JSON' WHERE id = '{damaged}'"
    ));
    unbind(&mut kit, RunningWork::Cancel);
    assert!(kit.generation(&running).cancel_requested);
    assert_eq!(kit.ask(ListModels).unwrap(), []);
}
