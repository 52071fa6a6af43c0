//! The canary: two pictures that show whether a model's LoRA acts.

use selfsame_api::{BinnedId, ErrorCode, LoraProof, ModelBinding, ModelState, RunningWork};
use selfsame_primitives::ids::{GenerationId, ModelId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_prompt::schema::InputValue;
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Phase;
use selfsame_studio::{
    AddModel, CancelGeneration, CheckLora, DeleteFromBin, DeleteGeneration, Effect, EmptyBin,
    Export, ListBin, ListBindings, ListGenerations, ListModels, LocateCanary, NewCanary, Nonce,
    Observation, OutboxItem, RestoreFromBin, StudioError, UnbindModels,
};

use crate::kit::{Kit, MINUTE, lost, model, polled, prediction, succeeded};

/// What the model makes of the two requests.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pictures {
    /// Bright at one scale, dark at the other.
    Different,
    /// The same pixels in other bytes.
    Alike,
    /// The same bytes.
    Equal,
    /// Files that cannot be decoded.
    Undecodable,
}

fn canary(kit: &Kit, number: u128) -> NewCanary {
    let ids = [number, number + 1];
    NewCanary {
        generations: ids.map(|id| GenerationId::mint(kit.now, id)),
        nonces: ids.map(Nonce::from_random),
        seed: 7,
    }
}

/// Binds a second model and begins its check.
fn bind(kit: &mut Kit) -> ModelId {
    let canary = Some(canary(kit, 900));
    let model = model(2);
    let bound = kit.handle(AddModel { model, canary }).unwrap().value;
    assert_eq!(bound.proof, LoraProof::Checking);
    bound.id
}

fn check(kit: &mut Kit, model: &ModelId, number: u128) {
    let canary = canary(kit, number);
    let model = model.clone();
    kit.handle(CheckLora { model, canary }).unwrap();
}

fn binding(kit: &mut Kit, model: &ModelId) -> ModelBinding {
    let bindings = kit.handle(ListBindings).unwrap().value;
    bindings
        .into_iter()
        .find(|binding| binding.id == *model)
        .unwrap()
}

fn ask(kit: &mut Kit, model: &ModelId) -> Result<GenerationId, StudioError> {
    let mut request = kit.request(1);
    request.model = model.clone();
    let command = kit.generate_command(request);
    Ok(kit.ask(command)?.id)
}

fn stored(scale: f64, pictures: Pictures) -> Observation {
    let on = scale > 0.5;
    let etag = match pictures {
        Pictures::Equal => "same".to_owned(),
        _ => format!("{on}"),
    };
    let level = if on && pictures == Pictures::Different {
        "c0"
    } else {
        "20"
    };
    Observation::PictureStored {
        format: OutputFormat::Png,
        bytes: 99,
        etag,
        fingerprint: (pictures != Pictures::Undecodable)
            .then(|| level.repeat(1_024).parse().unwrap()),
    }
}

/// Plays the provider and the object store. The prediction of a submit is named after its scale.
fn answer(item: &OutboxItem, pictures: Pictures) -> Observation {
    let name = |input: &selfsame_prompt::schema::ProviderInput| match input["lora_scale"] {
        InputValue::Integer(0) => "off",
        _ => "on",
    };
    match &item.effect {
        Effect::Submit { submission, .. } => {
            let accepted = prediction(name(&submission.input), Phase::Starting);
            Observation::Submitted(SubmitOutcome::Accepted(accepted))
        }
        Effect::Reconcile { submission, .. } => {
            let found = prediction(name(&submission.input), Phase::Processing);
            Observation::Reconciled(ReadOutcome::Found(Listing {
                predictions: vec![found],
                complete: true,
            }))
        }
        Effect::Poll { provider_id, .. } => polled(succeeded(provider_id.as_str(), 1)),
        Effect::FetchPicture {
            url, fingerprint, ..
        } => {
            assert!(fingerprint, "{url}");
            stored(f64::from(u8::from(url.contains("/on/"))), pictures)
        }
        Effect::DeleteObjects { .. } => Observation::ObjectsDeleted,
        other => panic!("{other:?}"),
    }
}

/// Performs everything until nothing is left.
fn run(kit: &mut Kit, pictures: Pictures) {
    while let Some(at) = kit.next_alarm() {
        kit.now = at.max(kit.now);
        for item in kit.due() {
            kit.observe(&item, answer(&item, pictures));
        }
    }
}

#[test]
fn different_pictures_prove_the_lora_and_equal_ones_withdraw_the_model() {
    for (pictures, proof, difference) in [
        (Pictures::Different, LoraProof::Proven, Some(160.0)),
        (Pictures::Alike, LoraProof::NotProven, Some(0.0)),
        (Pictures::Equal, LoraProof::NotProven, Some(0.0)),
        (Pictures::Undecodable, LoraProof::Unchecked, None),
    ] {
        let mut kit = Kit::new();
        let model = bind(&mut kit);
        let asked = ask(&mut kit, &model).expect("a model is used while it is checked");
        kit.ask(CancelGeneration { id: asked }).unwrap();
        run(&mut kit, pictures);
        let found = binding(&mut kit, &model);
        let seen = (found.proof, found.check.difference);
        assert_eq!(seen, (proof, difference), "{pictures:?}");
        let files = found
            .check
            .pictures
            .iter()
            .map(|one| (one.scale, one.stored));
        assert!(files.eq([(0, true), (1, true)]));
        match proof {
            LoraProof::NotProven => {
                let refused = ask(&mut kit, &model).unwrap_err();
                assert_eq!(refused, StudioError::ModelNotProven);
                assert_eq!(refused.code(), ErrorCode::ModelUnusable);
            }
            _ => drop(ask(&mut kit, &model).unwrap()),
        }
        assert!(
            kit.ask(ListModels)
                .unwrap()
                .iter()
                .any(|one| one.proof == proof)
        );
    }
}

#[test]
fn the_two_requests_differ_in_the_scale_alone_and_ask_for_no_face() {
    let mut kit = Kit::new();
    bind(&mut kit);
    let inputs: Vec<_> = kit
        .due()
        .into_iter()
        .map(|item| match item.effect {
            Effect::Submit { submission, .. } => submission.input,
            other => panic!("{other:?}"),
        })
        .collect();
    let [off, on] = inputs.as_slice() else {
        panic!("{inputs:?}");
    };
    assert_eq!(
        (&off["lora_scale"], &on["lora_scale"]),
        (&InputValue::Integer(0), &InputValue::Integer(1))
    );
    let mut same = on.clone();
    same.insert("lora_scale".to_owned(), InputValue::Integer(0));
    assert_eq!(*off, same);
    let prompt = off["prompt"].to_string();
    assert!(prompt.starts_with("user42585527, two hands"), "{prompt}");
    assert!(
        !prompt.contains("portrait") && !prompt.contains("face"),
        "{prompt}"
    );
    assert_eq!(off["output_format"], InputValue::text("png"));
    assert_eq!(off["megapixels"], InputValue::text("0.25"));
}

#[test]
fn a_check_is_in_none_of_the_persons_lists_and_costs_them_nothing() {
    let mut kit = Kit::with_allowance(Some(2));
    kit.limit(1, 5);
    bind(&mut kit);
    let seen = |kit: &mut Kit| {
        assert_eq!(kit.ask(ListGenerations::default()).unwrap().generations, []);
        assert_eq!(kit.ask(ListBin::default()).unwrap().entries, []);
        let (generations, _) = kit.snapshot();
        assert_eq!(generations, []);
        let files = kit.ask(Export { place: None }).unwrap().files;
        let text = format!("{files:?}");
        assert!(!text.contains("two hands"), "{text}");
        let allowance = kit.allowance();
        assert_eq!((allowance.used, allowance.reserved), (0, 0));
    };
    seen(&mut kit);
    // It takes no place of the person's at the provider either.
    let own = kit.generate(1);
    assert_eq!(kit.generation(&own).queue_position, None);
    kit.ask(CancelGeneration { id: own.clone() }).unwrap();
    kit.ask(DeleteGeneration { id: own }).unwrap();
    kit.ask(EmptyBin).unwrap();
    run(&mut kit, Pictures::Different);
    seen(&mut kit);
    assert_eq!(
        kit.database.integers("SELECT count(*) FROM generations"),
        [0]
    );
    assert_eq!(kit.database.integers("SELECT count(*) FROM pictures"), [0]);
}

#[test]
fn a_crash_at_any_point_is_resumed_and_nothing_is_paid_twice() {
    for crash in 1..=12 {
        let mut kit = Kit::new();
        let model = bind(&mut kit);
        let (mut sent, mut step) = (Vec::new(), 0);
        while let Some(at) = kit.next_alarm() {
            kit.now = at.max(kit.now);
            let items = kit.due();
            let submissions = items.iter().filter_map(|item| match &item.effect {
                Effect::Submit { submission, .. } => Some(submission.input.clone()),
                _ => None,
            });
            sent.extend(submissions);
            for item in items {
                step += 1;
                if step == crash {
                    // What was performed is not observed.
                    kit.crash();
                    break;
                }
                kit.observe(&item, answer(&item, Pictures::Different));
            }
        }
        assert_eq!(
            binding(&mut kit, &model).proof,
            LoraProof::Proven,
            "{crash}"
        );
        assert_eq!(sent.len(), 2, "{crash}: each is sent once");
        let deletions = "SELECT count(*) FROM outbox";
        assert_eq!(kit.database.integers(deletions), [0], "{crash}");
    }
}

#[test]
fn a_picture_that_is_stored_twice_stays() {
    let mut kit = Kit::new();
    let model = bind(&mut kit);
    let mut fetches = Vec::new();
    while let Some(at) = kit.next_alarm() {
        kit.now = at.max(kit.now);
        for item in kit.due() {
            if matches!(item.effect, Effect::FetchPicture { .. }) {
                fetches.push(item.clone());
            }
            kit.observe(&item, answer(&item, Pictures::Different));
        }
    }
    for fetch in &fetches {
        kit.observe(fetch, answer(fetch, Pictures::Different));
    }
    assert!(kit.due().is_empty(), "no deletion");
    for scale in [0, 1] {
        let model = model.clone();
        let file = kit.handle(LocateCanary { model, scale }).unwrap().value;
        assert!(file.key.starts_with("people/ada/pictures/"), "{}", file.key);
    }
    let missing = LocateCanary { model, scale: 2 };
    assert_eq!(kit.handle(missing).unwrap_err(), StudioError::NotFound);
}

#[test]
fn a_check_that_fails_disproves_nothing_and_can_be_repeated() {
    let mut kit = Kit::new();
    let model = bind(&mut kit);
    while let Some(at) = kit.next_alarm() {
        kit.now = at.max(kit.now);
        for item in kit.due() {
            let observation = match item.effect {
                Effect::FetchPicture { .. } => lost(),
                _ => answer(&item, Pictures::Different),
            };
            kit.observe(&item, observation);
        }
    }
    let failed = binding(&mut kit, &model);
    assert_eq!(failed.proof, LoraProof::Unchecked);
    assert!(
        failed
            .check
            .pictures
            .iter()
            .all(|one| one.failure.is_some() && !one.stored)
    );
    ask(&mut kit, &model).unwrap();
}

#[test]
fn a_model_that_was_withdrawn_stays_so_until_a_check_proves_it() {
    let mut kit = Kit::new();
    let model = bind(&mut kit);
    run(&mut kit, Pictures::Equal);
    kit.pass(MINUTE);
    check(&mut kit, &model, 950);
    assert_eq!(binding(&mut kit, &model).proof, LoraProof::NotProven);
    assert!(ask(&mut kit, &model).is_err());
    // A second request while a check is under way begins no other.
    check(&mut kit, &model, 960);
    let submits = kit
        .due()
        .into_iter()
        .filter(|item| matches!(item.effect, Effect::Submit { .. }));
    let submits: Vec<_> = submits.collect();
    assert_eq!(submits.len(), 2);
    for submit in submits {
        kit.observe(&submit, answer(&submit, Pictures::Different));
    }
    run(&mut kit, Pictures::Different);
    assert_eq!(binding(&mut kit, &model).proof, LoraProof::Proven);
    ask(&mut kit, &model).unwrap();
}

#[test]
fn a_check_is_not_restored_from_the_bin() {
    let mut kit = Kit::new();
    bind(&mut kit);
    let id = BinnedId::Generation(canary(&kit, 900).generations[0].clone());
    let restored = kit.ask(RestoreFromBin { id: id.clone() });
    assert_eq!(restored, Err(StudioError::NotFound));
    let deleted = kit.ask(DeleteFromBin { id });
    assert_eq!(deleted, Err(StudioError::NotFound));
}

#[test]
fn a_new_check_forgets_what_the_one_before_measured() {
    let mut kit = Kit::new();
    let model = bind(&mut kit);
    run(&mut kit, Pictures::Different);
    assert!(binding(&mut kit, &model).check.difference.is_some());
    check(&mut kit, &model, 950);
    let check = binding(&mut kit, &model).check;
    assert_eq!((check.difference, check.checked_at), (None, None));
}

#[test]
fn unbinding_ends_a_check() {
    let mut kit = Kit::new();
    let model = bind(&mut kit);
    let models = vec![model.clone()];
    let running = RunningWork::Cancel;
    kit.handle(UnbindModels { models, running }).unwrap();
    assert!(kit.due().is_empty());
    let found = binding(&mut kit, &model);
    assert_eq!(
        (found.state, found.proof),
        (ModelState::Unbound, LoraProof::Unchecked)
    );
    let canary = canary(&kit, 970);
    let refused = kit.handle(CheckLora { model, canary }).unwrap_err();
    assert_eq!(refused, StudioError::NotFound);
}
