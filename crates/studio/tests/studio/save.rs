//! Storing pictures, and settling the reservation.

use selfsame_api::{FailureCode, GenerationStatus};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::{InputValue, OutputFormat};
use selfsame_prompt::placement::QualityId;
use selfsame_recipe::{BUILDER_VERSION, Recipe, data_versions};
use selfsame_studio::{Effect, FetchFailure, Observation};

use crate::kit::{Kit, MINUTE, broadcast, cause, kind, lost, polled, stored, succeeded};

fn later() -> Observation {
    Observation::PictureFailed {
        kind: FetchFailure::Transient,
        cause: cause(),
    }
}

#[test]
fn a_generation_succeeds_when_its_last_picture_is_stored() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    let Effect::FetchPicture {
        picture,
        index,
        url,
        key,
        ..
    } = &fetches[1].effect
    else {
        panic!("no fetch");
    };
    assert_eq!(*index, 1);
    assert_eq!(url, "https://replicate.delivery/p1/out-1.webp");
    assert_eq!(*key, format!("people/ada/pictures/{picture}"));

    let told = broadcast(&kit.observe(&fetches[1], stored()));
    assert_eq!(told[0].status, GenerationStatus::Saving);
    assert_eq!(told[0].pictures.len(), 1);
    kit.observe(&fetches[0], stored());

    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Succeeded);
    assert_eq!(generation.finished_at, Some(kit.now));
    let indices: Vec<_> = generation.pictures.iter().map(|p| p.index).collect();
    assert_eq!(indices, [0, 1]);
    assert_eq!(generation.pictures[0].format, OutputFormat::Webp);
    assert_eq!(generation.pictures[0].bytes, 1_234);
    let allowance = kit.allowance();
    assert_eq!((allowance.used, allowance.reserved), (2, 0));
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn the_recipe_has_the_input_as_sent_and_the_seed_as_used() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let submit = kit.only_due();
    let Effect::Submit { submission, .. } = &submit.effect else {
        panic!("no submit");
    };
    kit.observe(
        &submit,
        Observation::Submitted(selfsame_provider::outcome::SubmitOutcome::Accepted(
            succeeded("p1", 1),
        )),
    );
    let fetch = kit.only_due();
    kit.observe(&fetch, stored());
    let generation = kit.generation(&id);
    assert_eq!(generation.request.overrides.seed, Some(77));
    let stored = &generation.pictures[0].recipe;
    let recipe = &stored.read().unwrap();
    assert_eq!(recipe.builder, BUILDER_VERSION);
    assert_eq!(recipe.index, 0);
    assert_eq!(recipe.input, submission.input);
    assert_eq!(recipe.provider, "replicate");
    assert_eq!(recipe.seed, Some(77));
    assert_eq!(recipe.version, kit.model.version);
    assert_eq!(recipe.parts, generation.spans.read().unwrap());
    assert_eq!(recipe.data, data_versions(QualityId::Reference, &[]));
    let text = recipe.canonical_json();
    assert_eq!(serde_json::to_string(stored).unwrap(), text);
    let id = &generation.pictures[0].recipe_id;
    assert_eq!(Recipe::verify(&text, id).as_ref(), Ok(recipe));
    let model = &kit.model;
    let profile = ModelProfile {
        trigger: model.trigger.clone(),
        class_word: model.class_word.clone(),
        schema: model.schema.clone(),
        weights: None,
        enhancements: Vec::new(),
    };
    let again = recipe.replay("replicate", &model.version, &profile);
    let mut input = submission.input.clone();
    input.insert("seed".to_owned(), InputValue::Integer(77));
    assert_eq!(again, Ok(input));
}

#[test]
fn fewer_files_than_requested_succeed_and_release_the_rest() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(4, "p1");
    kit.observe(&poll, polled(succeeded("p1", 2)));
    for fetch in kit.due() {
        kit.observe(&fetch, stored());
    }
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
    let allowance = kit.allowance();
    assert_eq!((allowance.used, allowance.reserved), (2, 0));
}

#[test]
fn files_beyond_the_request_are_not_fetched() {
    let mut kit = Kit::new();
    let (_, poll) = kit.accepted(1, "p1");
    kit.observe(&poll, polled(succeeded("p1", 3)));
    assert_eq!(kit.due().len(), 1);
}

#[test]
fn a_picture_that_cannot_be_stored_is_not_charged() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    kit.observe(&fetches[0], lost());
    kit.observe(&fetches[1], stored());
    let generation = kit.generation(&id);
    assert_eq!(generation.status, GenerationStatus::Succeeded);
    assert_eq!(generation.pictures[0].index, 1);
    assert_eq!((kit.allowance().used, kit.allowance().reserved), (1, 0));
}

#[test]
fn a_generation_without_a_stored_picture_fails_and_is_free() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    kit.observe(&fetches[0], lost());
    kit.observe(&fetches[1], lost());
    let failure = kit.generation(&id).failure.unwrap();
    assert_eq!(failure.code, FailureCode::PicturesLost);
    assert_eq!((kit.allowance().used, kit.allowance().reserved), (0, 0));
}

#[test]
fn a_fetch_is_retried_until_the_provider_removes_the_file() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(1);
    let mut fetch = fetches[0].clone();
    let begun = kit.now;
    let mut tries = 0;
    while !kit.status(&id).is_final() {
        kit.observe(&fetch, later());
        tries += 1;
        if kit.next_alarm().is_some() {
            fetch = kit.next_due();
        }
    }
    assert!(tries > 50, "{tries}");
    assert!(kit.now >= begun.plus_milliseconds(60 * MINUTE));
    assert_eq!(
        kit.generation(&id).failure.unwrap().code,
        FailureCode::PicturesLost
    );
}

#[test]
fn a_fetch_that_an_outage_cut_off_is_tried_once_more() {
    let mut kit = Kit::new();
    let (id, _lost) = kit.saving(1);
    kit.pass(2 * 60 * MINUTE);
    assert!(kit.due().is_empty(), "backs off first");
    let fetch = kit.next_due();
    kit.observe(&fetch, stored());
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
}

#[test]
fn a_file_that_its_host_denies_once_is_fetched_again() {
    let absent = Observation::PictureFailed {
        kind: FetchFailure::Absent,
        cause: cause(),
    };
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    kit.observe(&fetches[0], stored());
    let mut fetch = fetches[1].clone();
    let begun = kit.now;
    while !kit.status(&id).is_final() {
        kit.observe(&fetch, absent.clone());
        if kit.next_alarm().is_some() {
            fetch = kit.next_due();
        }
    }
    assert!(kit.now >= begun.plus_milliseconds(2 * MINUTE));
    assert!(kit.now < begun.plus_milliseconds(4 * MINUTE));
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
}

#[test]
fn a_picture_is_stored_once_however_often_it_is_fetched() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(1);
    kit.crash();
    let again = kit.next_due_after_pause();
    assert_eq!(again.effect, fetches[0].effect, "the same key");
    kit.observe(&again, stored());
    let ended = kit.generation(&id);
    assert!(kit.observe(&again, stored()).signals.is_empty());
    assert!(kit.observe(&fetches[0], stored()).signals.is_empty());
    assert!(kit.observe(&fetches[0], lost()).signals.is_empty());
    assert_eq!(kit.generation(&id), ended);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn an_object_stored_after_its_picture_was_given_up_is_deleted() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(1);
    kit.observe(&fetches[0], lost());
    assert_eq!(kit.status(&id), GenerationStatus::Failed);
    kit.observe(&fetches[0], stored());
    assert_eq!(kit.status(&id), GenerationStatus::Failed);
    assert_eq!(kind(&kit.only_due()), "delete");
}

#[test]
fn a_picture_given_up_after_an_unanswered_attempt_has_its_object_deleted() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(1);
    kit.pass(fetches[0].lease_milliseconds());
    let again = kit.next_due_after_pause();
    kit.observe(&again, lost());
    assert_eq!(kit.status(&id), GenerationStatus::Failed);
    assert_eq!(kind(&kit.only_due()), "delete");
}
