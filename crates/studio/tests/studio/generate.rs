//! Asking for pictures.

use selfsame_api::{ErrorCode, Generation, GenerationStatus};
use selfsame_studio::{Effect, Generate, StudioError, SuspendPerson};

use crate::kit::{Kit, MINUTE, broadcast, kind, model};

fn ask(kit: &mut Kit, command: Generate) -> Result<Generation, StudioError> {
    kit.ask(command)
}

/// No command that fails leaves anything behind: no row, no reservation, nothing to send.
fn check_nothing_happened(kit: &mut Kit) {
    assert_eq!(
        kit.database.integers("SELECT count(*) FROM generations"),
        [0]
    );
    assert_eq!(kit.allowance().reserved, 0);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn intent_is_written_before_anything_is_sent() {
    let mut kit = Kit::new();
    let request = kit.request(2);
    let command = kit.generate_command(request);
    let outcome = kit.tell(command.clone()).unwrap();
    let generation = &outcome.value;
    assert_eq!(generation.id, command.generation);
    assert_eq!(generation.revision, 1);
    assert_eq!(generation.status, GenerationStatus::Waiting);
    let drawn = kit.model.schema.seed_from(command.seed);
    assert_eq!(generation.request.overrides.seed, Some(drawn.into()));
    assert_eq!(broadcast(&outcome), std::slice::from_ref(generation));
    assert_eq!(outcome.alarm, Some(kit.now));
    assert_eq!(kit.allowance().reserved, 2);

    let Effect::Submit {
        generation: id,
        submission,
    } = kit.only_due().effect
    else {
        panic!("no submit");
    };
    assert_eq!(id, command.generation);
    assert_eq!(submission.version.as_str(), kit.model.version);
    assert_eq!(
        submission.webhook_url,
        Some(format!(
            "https://studio.example/hooks/replicate/ada/{id}/{}",
            command.nonce.as_str()
        ))
    );
    let input = serde_json::to_value(&submission.input).unwrap();
    assert_eq!(input["prompt"], generation.prompt);
    assert_eq!(input["seed"], drawn);
    assert_eq!(input["num_outputs"], 2);
}

#[test]
fn a_seed_of_the_persons_own_is_kept() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.overrides.seed = Some(42);
    let command = kit.generate_command(request);
    let id = command.generation.clone();
    ask(&mut kit, command).unwrap();
    assert_eq!(kit.generation(&id).request.overrides.seed, Some(42));
}

#[test]
fn what_t5_would_not_read_is_refused_by_its_own_count() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.text = "a walk by the sea, ".repeat(150);
    let command = kit.generate_command(request);
    let refused = ask(&mut kit, command).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::PromptTooManyTokens);
    assert!(refused.to_string().contains("512"), "{refused}");
    check_nothing_happened(&mut kit);

    let mut request = kit.request(1);
    request.text = "a walk by the sea, ".repeat(50);
    let command = kit.generate_command(request);
    ask(&mut kit, command).unwrap();
}

#[test]
fn without_an_origin_there_is_no_webhook() {
    let mut kit = Kit::new();
    let request = kit.request(1);
    let mut command = kit.generate_command(request);
    command.webhook_origin = None;
    ask(&mut kit, command).unwrap();
    let Effect::Submit { submission, .. } = kit.only_due().effect else {
        panic!("no submit");
    };
    assert_eq!(submission.webhook_url, None);
}

#[test]
fn the_same_key_with_the_same_request_is_the_same_generation() {
    let mut kit = Kit::new();
    let request = kit.request(1);
    let first = kit.generate_command(request.clone());
    let mut again = kit.generate_command(request);
    again.idempotency_key = first.idempotency_key.clone();
    let id = first.generation.clone();
    ask(&mut kit, first.clone()).unwrap();

    let outcome = kit.tell(again.clone()).unwrap();
    assert!(outcome.signals.is_empty());
    assert_eq!(outcome.value.id, id);
    assert_eq!(kit.allowance().reserved, 1);
    assert_eq!(kit.due().len(), 1);

    again.request.pictures = 2;
    assert_eq!(
        ask(&mut kit, again.clone()),
        Err(StudioError::IdempotencyConflict)
    );
    // A day later the key is free.
    kit.pass(24 * 60 * MINUTE);
    ask(&mut kit, again).unwrap();
}

#[test]
fn a_refused_request_does_not_use_up_its_key() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.text = String::new();
    let mut command = kit.generate_command(request);
    assert_eq!(
        ask(&mut kit, command.clone()).unwrap_err().code(),
        ErrorCode::EmptyPrompt
    );
    command.request.text = "reading".to_owned();
    ask(&mut kit, command).unwrap();
}

#[test]
fn the_allowance_is_held_and_never_exceeded() {
    let mut kit = Kit::with_allowance(Some(3));
    kit.generate(2);
    let request = kit.request(2);
    let command = kit.generate_command(request);
    let error = ask(&mut kit, command).unwrap_err();
    assert_eq!(error, StudioError::AllowanceExhausted { asked: 2, left: 1 });
    assert_eq!(error.code(), ErrorCode::AllowanceExhausted);
    kit.generate(1);
    let request = kit.request(1);
    let command = kit.generate_command(request);
    assert_eq!(
        ask(&mut kit, command),
        Err(StudioError::AllowanceExhausted { asked: 1, left: 0 })
    );
}

#[test]
fn without_a_limit_use_is_counted_all_the_same() {
    let mut kit = Kit::with_allowance(None);
    kit.succeeded(3);
    let allowance = kit.allowance();
    assert_eq!((allowance.granted, allowance.used), (None, 3));
}

#[test]
fn a_model_that_is_not_ones_own_is_not_found() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.model = model(99).id;
    let command = kit.generate_command(request);
    assert_eq!(ask(&mut kit, command), Err(StudioError::NotFound));
    check_nothing_happened(&mut kit);
}

#[test]
fn another_persons_trigger_is_refused() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.text = "user31337000 on a beach".to_owned();
    let command = kit.generate_command(request);
    let error = ask(&mut kit, command).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ForeignTrigger);
    assert_eq!(error.field().as_deref(), Some("text"));
    check_nothing_happened(&mut kit);
}

#[test]
fn what_cannot_be_composed_is_refused_with_its_field() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.overrides.steps = Some(51);
    let command = kit.generate_command(request);
    let refusal = ask(&mut kit, command).unwrap_err().refusal();
    assert_eq!(refusal.code, ErrorCode::OutOfRange);
    assert_eq!(refusal.field.as_deref(), Some("overrides.steps"));
    assert!(refusal.message.contains("50"), "{}", refusal.message);
    check_nothing_happened(&mut kit);
}

#[test]
fn a_suspended_persons_generation_goes_on_and_is_kept() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.handle(SuspendPerson).unwrap();
    kit.observe(&poll, crate::kit::polled(crate::kit::succeeded("p1", 1)));
    let fetch = kit.only_due();
    assert_eq!(kind(&fetch), "fetch");
    let told = broadcast(&kit.observe(&fetch, crate::kit::stored()));
    assert_eq!(told[0].id, id);
    assert_eq!(told[0].status, GenerationStatus::Succeeded);
}

#[test]
fn sexual_content_is_refused_before_anything_is_sent_and_costs_nothing() {
    let mut kit = Kit::new();
    let before = kit.allowance();
    for text in ["nude by the sea", "an n u d e portrait", "nаkеd on a chair"] {
        let mut request = kit.request(2);
        request.text = text.to_owned();
        let command = kit.generate_command(request);
        let refused = ask(&mut kit, command).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::UnsafeContent, "{text}");
        assert_eq!(refused.field().as_deref(), Some("text"));
        assert!(refused.message().contains("real person"), "{refused}");
        check_nothing_happened(&mut kit);
    }
    assert_eq!(kit.allowance(), before);
}

#[test]
fn a_text_that_names_weights_is_refused() {
    let mut kit = Kit::new();
    for text in [
        "a hat <lora:face:1>",
        "a hat <sd_cpp_extra_args>{}",
        "a hat, huggingface.co/a/b",
        "a hat, https://h.example/a.safetensors",
    ] {
        let mut request = kit.request(1);
        request.text = text.to_owned();
        let command = kit.generate_command(request);
        let refused = ask(&mut kit, command).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::InvalidValue, "{text}");
        assert_eq!(refused.field().as_deref(), Some("text"));
        check_nothing_happened(&mut kit);
    }
}

#[test]
fn another_persons_trigger_is_refused_in_any_disguise() {
    let mut kit = Kit::new();
    for text in ["uѕеr31337000 in rain", "user_31337000", "u s e r 3 1 3 3 7"] {
        let mut request = kit.request(1);
        request.text = text.to_owned();
        let command = kit.generate_command(request);
        let refused = ask(&mut kit, command).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::ForeignTrigger, "{text}");
        check_nothing_happened(&mut kit);
    }
}
