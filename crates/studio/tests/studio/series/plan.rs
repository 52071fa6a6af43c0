//! Planning and beginning series: what is reserved, what is refused, and what a dry run tells.

use selfsame_api::{ErrorCode, Model, SeriesState};
use selfsame_prompt::parameters::Overrides;
use selfsame_studio::{AddModel, ListSeries, NewSeries, PlanSeries, StudioError};
use serde_json::json;

use super::{newest, series_events, shown, submitted};
use crate::kit::{Kit, model};

#[test]
fn a_shoot_is_reserved_as_a_whole_and_sends_as_many_frames_as_the_limit_allows() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let command = kit.series_command(request);
    let outcome = kit.tell(command).unwrap();
    assert_eq!(series_events(&outcome), [(1, SeriesState::Running)]);
    let record = outcome.value;
    assert_eq!(record.series.title, "Cafés");
    assert_eq!(record.series.counts.waiting, 6);
    assert_eq!(
        (record.series.cost.pictures, record.series.cost.reserved),
        (6, 6)
    );
    assert_eq!(kit.allowance().reserved, 6);
    assert_eq!(
        record.frames[4]
            .generation
            .as_ref()
            .unwrap()
            .summary
            .queue_position,
        Some(1)
    );
    assert_eq!(submitted(&kit.due()), newest(&record)[..4]);
    let positions = shown(&mut kit, &record.series.id).frames.into_iter();
    let positions = positions.map(|frame| frame.generation.unwrap().summary.queue_position);
    assert!(positions.eq([None, None, None, None, Some(1), Some(2)]));
}

#[test]
fn what_the_allowance_does_not_cover_begins_nothing() {
    let mut kit = Kit::with_allowance(Some(5));
    let request = kit.new_shoot(6);
    let command = kit.series_command(request);
    let refused = kit.ask(command).unwrap_err();
    assert_eq!(
        refused,
        StudioError::AllowanceExhausted { asked: 6, left: 5 }
    );
    assert_eq!(kit.allowance().reserved, 0);
    assert!(kit.ask(ListSeries::default()).unwrap().series.is_empty());
    assert!(kit.due().is_empty());
}

#[test]
fn frames_beyond_the_limit_of_all_series_are_refused() {
    let mut kit = Kit::with_allowance(None);
    for _ in 0..2 {
        let request = kit.new_shoot(64);
        kit.series(request);
    }
    let request = kit.new_shoot(5);
    let command = kit.series_command(request);
    let refused = kit.ask(command).unwrap_err();
    assert_eq!(refused, StudioError::QueueFull { queued: 128 });
    // Four frames are under way. Single requests have a queue of their own.
    let request = kit.new_shoot(4);
    kit.series(request);
    kit.generate(1);
}

#[test]
fn a_repeated_key_answers_the_same_series() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let command = kit.series_command(request);
    let first = kit.ask(command.clone()).unwrap();
    let mut again = kit.series_command(command.request.clone());
    again.idempotency_key.clone_from(&command.idempotency_key);
    assert_eq!(kit.ask(again).unwrap().series.id, first.series.id);
    assert_eq!(kit.allowance().reserved, 2);

    let other = kit.new_shoot(3);
    let mut other = kit.series_command(other);
    other.idempotency_key.clone_from(&command.idempotency_key);
    assert_eq!(kit.ask(other), Err(StudioError::IdempotencyConflict));
    let request = kit.request(1);
    let mut single = kit.generate_command(request);
    single.idempotency_key = command.idempotency_key;
    assert_eq!(kit.ask(single), Err(StudioError::IdempotencyConflict));
}

#[test]
fn a_dry_run_tells_everything_and_changes_nothing() {
    let mut kit = Kit::new();
    let request = kit.new_comparison(&[20, 28]);
    let plan = |kit: &mut Kit| {
        let request = request.clone();
        kit.ask(PlanSeries {
            request,
            seed: 7,
            enhancements: Vec::new(),
        })
        .unwrap()
    };
    let before = plan(&mut kit);
    assert_eq!((before.cost.pictures, before.cost.steps), (4, 96));
    assert_eq!((before.left, before.queue_position), (Some(10), None));
    let titles = before.frames.iter().map(|frame| frame.title.as_str());
    assert!(titles.eq(["classic, 20", "likeness, 20", "classic, 28", "likeness, 28"]));
    assert_eq!(kit.allowance().reserved, 0);
    assert!(kit.ask(ListSeries::default()).unwrap().series.is_empty());

    // What is made is what was planned, but for the drawn seed.
    let made = kit.series(request.clone());
    for (planned, frame) in before.frames.iter().zip(&made.frames) {
        assert_eq!(planned.prompt, frame.generation.as_ref().unwrap().prompt);
        assert_eq!(planned.differs, frame.differs);
    }
    assert_eq!(plan(&mut kit).queue_position, Some(1));
    for _ in 0..2 {
        kit.generate(1);
    }
    assert_eq!(plan(&mut kit).queue_position, Some(2));
}

#[test]
fn the_cost_counts_every_picture_of_a_frame() {
    let mut kit = Kit::new();
    let NewSeries::Shoot(mut shoot) = kit.new_shoot(2) else {
        panic!("expected a shoot");
    };
    let compositions = shoot.compositions.as_mut().unwrap();
    compositions[0].pictures = 3;
    for composition in compositions {
        composition.overrides.steps = Some(20);
    }
    let plan = kit.ask(PlanSeries {
        request: NewSeries::Shoot(shoot),
        seed: 7,
        enhancements: Vec::new(),
    });
    let cost = plan.unwrap().cost;
    assert_eq!((cost.pictures, cost.steps, cost.gpu_seconds), (4, 80, 12));
}

#[test]
fn a_frame_that_cannot_be_composed_refuses_the_series_and_names_the_field() {
    let mut kit = Kit::new();
    let NewSeries::Shoot(mut shoot) = kit.new_shoot(3) else {
        panic!("expected a shoot");
    };
    let compositions = shoot.compositions.as_mut().unwrap();
    compositions[1].overrides.steps = Some(99);
    let command = kit.series_command(NewSeries::Shoot(shoot.clone()));
    let refused = kit.ask(command).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::OutOfRange);
    assert_eq!(
        refused.field().as_deref(),
        Some("compositions[1].overrides.steps")
    );

    shoot.compositions.as_mut().unwrap()[1].overrides.steps = None;
    shoot.compositions.as_mut().unwrap()[2].text = "user99999999 in a park".to_owned();
    let command = kit.series_command(NewSeries::Shoot(shoot));
    let refused = kit.ask(command).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ForeignTrigger);
    assert_eq!(refused.field().as_deref(), Some("compositions[2].text"));
    assert_eq!(kit.allowance().reserved, 0);
}

#[test]
fn cells_that_would_be_the_same_picture_are_refused() {
    let mut kit = Kit::new();
    let NewSeries::Comparison(mut comparison) = kit.new_comparison(&[]) else {
        panic!("expected a comparison");
    };
    comparison.composition.overrides = Overrides {
        guidance: Some(3.0),
        steps: Some(30),
        output_quality: Some(90),
        ..Overrides::default()
    };
    let command = kit.series_command(NewSeries::Comparison(comparison));
    let refused = kit.ask(command).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::InvalidValue);
    assert!(refused.message().contains("\"classic\" and \"likeness\""));
}

#[test]
fn a_comparison_varies_nothing_but_its_axes() {
    let mut kit = Kit::new();
    let request = kit.new_comparison(&[]);
    let record = kit.series(request);
    assert_eq!(record.axes.len(), 1);
    let seeds = record
        .frames
        .iter()
        .map(|frame| frame.generation.as_ref().unwrap().summary.seed);
    let seeds: Vec<_> = seeds.collect();
    assert!(seeds[0].is_some() && seeds[0] == seeds[1], "{seeds:?}");
    let effects = record.frames[0]
        .generation
        .as_ref()
        .unwrap()
        .effects
        .read()
        .unwrap();
    assert!(
        effects
            .iter()
            .any(|effect| effect.name.as_deref() == Some("guidance_scale"))
    );
}

#[test]
fn a_comparison_of_models_is_titled_with_their_labels() {
    let mut kit = Kit::with_allowance(None);
    let other = Model {
        label: "Ada in winter".to_owned(),
        ..model(2)
    };
    let bind = AddModel {
        model: other.clone(),
        canary: None,
    };
    kit.handle(bind).unwrap();
    let request = json!({
        "model": kit.model.id,
        "composition": {"text": "reading in a caf\u{e9}"},
        "axes": [{"parameter": "model", "values": [kit.model.id, other.id]}],
    });
    let request = serde_json::from_value(request).unwrap();
    let record = kit.series(NewSeries::Comparison(Box::new(request)));
    assert_eq!(record.series.title, "Model: Ada, Ada in winter");
}
