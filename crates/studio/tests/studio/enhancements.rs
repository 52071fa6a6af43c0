//! Enhancement LoRAs in a request: what is sent, refused, kept and replayed.

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::enhancement::EnhancementChoice;
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::schema::InputValue;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_studio::{Effect, Observation};

use crate::kit::{Kit, enhancements, stored, succeeded};

fn choice(id: &str, scale: Option<f64>) -> EnhancementChoice {
    EnhancementChoice {
        id: id.parse().unwrap(),
        scale,
    }
}

#[test]
fn an_enhancement_is_sent_kept_and_replayed() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.enhancements = vec![choice("face-realism", Some(0.45))];
    let id = {
        let command = kit.generate_command(request.clone());
        kit.ask(command).unwrap().id
    };
    let submit = kit.only_due();
    let Effect::Submit { submission, .. } = &submit.effect else {
        panic!("{submit:?}");
    };
    let reference = &enhancements()[0].reference;
    assert_eq!(submission.input["extra_lora"], InputValue::text(reference));
    assert_eq!(
        submission.input["extra_lora_scale"],
        InputValue::Number(0.45)
    );
    let accepted = Observation::Submitted(SubmitOutcome::Accepted(succeeded("p1", 1)));
    kit.observe(&submit, accepted);
    let fetch = kit.only_due();
    kit.observe(&fetch, stored());

    let generation = kit.generation(&id);
    assert_eq!(generation.request.enhancements, request.enhancements);
    assert!(
        generation
            .prompt
            .starts_with("user42585527, face realism, ")
    );
    let report = generation.enhancements.read().unwrap();
    let [effect] = report.as_slice() else {
        panic!("{report:?}");
    };
    assert_eq!((effect.id.as_str(), effect.version), ("face-realism", 3));
    let recipe = generation.pictures[0].recipe.read().unwrap();
    assert_eq!(recipe.data[0], "enhancement/face-realism@3");
    let profile = ModelProfile {
        trigger: kit.model.trigger.clone(),
        class_word: kit.model.class_word.clone(),
        schema: kit.model.schema.clone(),
        weights: None,
        enhancements: enhancements(),
    };
    let again = recipe.replay("replicate", &kit.model.version, &profile);
    let mut sent = recipe.input.clone();
    sent.insert("seed".to_owned(), InputValue::Integer(77));
    assert_eq!(again, Ok(sent));
}

#[test]
fn what_the_catalogue_or_the_model_does_not_have_is_refused_and_costs_nothing() {
    let mut kit = Kit::new();
    for (choices, code) in [
        (
            vec![choice("somebodys-face", None)],
            ErrorCode::InvalidValue,
        ),
        (vec![choice("details", Some(1.1))], ErrorCode::OutOfRange),
        (
            vec![choice("details", None), choice("face-realism", None)],
            ErrorCode::ParameterUnsupported,
        ),
    ] {
        let mut request = kit.request(1);
        request.enhancements = choices;
        let command = kit.generate_command(request);
        let error = kit.ask(command).unwrap_err();
        assert_eq!(
            (error.code(), error.field().as_deref()),
            (code, Some("enhancements"))
        );
    }
    assert_eq!(kit.allowance().reserved, 0);
    assert!(kit.due().is_empty());
}
