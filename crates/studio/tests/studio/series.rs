//! Series from outside: planned, created, paused, resumed, canceled, made again, deleted and restored.

use selfsame_api::{
    ErrorCode, Event, FailureCode, FrameChanges, GenerationStatus, SeriesRecord, SeriesState,
};
use selfsame_primitives::ids::{GenerationId, SeriesId};
use selfsame_prompt::parameters::Overrides;
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{
    BIN_MILLISECONDS, CancelRest, DeleteGeneration, DeleteSeries, Effect, GetSeries, ListSeries,
    NewSeries, Observation, OutboxItem, Outcome, PauseSeries, PlanSeries, RedoFrame,
    RenameSeriesTo, RestoreSeries, ResumeSeries, SeriesError, StudioError, SuspendPerson,
};

use crate::kit::{Kit, events, polled, prediction, stored, succeeded};

fn shown(kit: &mut Kit, id: &SeriesId) -> SeriesRecord {
    kit.ask(GetSeries { id: id.clone() }).unwrap()
}

/// The newest generation of each frame.
fn newest(record: &SeriesRecord) -> Vec<GenerationId> {
    let generation = |frame: &selfsame_api::Frame| {
        let generation = frame.generation.as_ref();
        generation.map(|generation| generation.summary.id.clone())
    };
    record.frames.iter().filter_map(generation).collect()
}

fn statuses(record: &SeriesRecord) -> Vec<GenerationStatus> {
    let frames = record.frames.iter();
    let newest = frames.filter_map(|frame| frame.generation.as_ref());
    newest.map(|generation| generation.summary.status).collect()
}

fn submitted(items: &[OutboxItem]) -> Vec<GenerationId> {
    let generation = |item: &OutboxItem| match &item.effect {
        Effect::Submit { generation, .. } => Some(generation.clone()),
        _ => None,
    };
    items.iter().filter_map(generation).collect()
}

fn refuse(kit: &mut Kit, item: &OutboxItem) {
    let error = ProviderError::new(FailureCode::InputRefused, "422");
    kit.observe(item, Observation::Submitted(SubmitOutcome::Refused(error)));
}

fn accept(kit: &mut Kit, item: &OutboxItem, name: &str, phase: Phase) {
    let accepted = SubmitOutcome::Accepted(prediction(name, phase));
    kit.observe(item, Observation::Submitted(accepted));
}

/// Lets everything succeed that is or will be due.
fn finish(kit: &mut Kit) {
    let mut predictions = kit.database.integers("SELECT count(*) FROM generations")[0] * 100;
    while let Some(alarm) = kit
        .next_alarm()
        .filter(|at| at.as_millisecond() < 7_000_000_000_000)
    {
        kit.now = kit.now.max(alarm);
        for item in kit.due() {
            match &item.effect {
                Effect::Submit { .. } => {
                    predictions += 1;
                    accept(kit, &item, &format!("p{predictions}"), Phase::Starting);
                }
                Effect::Poll { provider_id, .. } => {
                    let done = succeeded(provider_id.as_str(), 1);
                    kit.observe(&item, polled(done));
                }
                Effect::FetchPicture { .. } => drop(kit.observe(&item, stored())),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn series_events<T>(outcome: &Outcome<T>) -> Vec<(u32, SeriesState)> {
    let series = |event| match event {
        Event::Series { series } => Some((series.revision, series.state)),
        _ => None,
    };
    events(outcome).into_iter().filter_map(series).collect()
}

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
fn a_series_goes_on_by_itself_until_every_frame_has_its_picture() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(7);
    let id = kit.series(request).series.id;
    finish(&mut kit);
    let record = shown(&mut kit, &id);
    assert_eq!(record.series.state, SeriesState::Succeeded);
    assert_eq!(record.series.counts.succeeded, 7);
    assert_eq!(
        (record.series.cost.reserved, record.series.cost.used),
        (0, 7)
    );
    assert_eq!(record.series.cover.len(), 4);
    let first = record.frames[0].generation.as_ref().unwrap();
    assert!(first.prompt.contains("café number 0"), "{}", first.prompt);
    assert_eq!(record.series.cover[0], first.summary.pictures[0]);
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
fn a_paused_series_sends_nothing_and_goes_on_when_it_is_resumed() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    // One is being sent; three wait for their turn at the provider.
    let leased = kit.leased();
    assert!(kit.start_sending(&leased[0]));
    let paused = kit.tell(PauseSeries { id: id.clone() }).unwrap();
    assert_eq!(series_events(&paused).len(), 1);
    assert!(paused.value.series.paused);
    for item in &leased[1..] {
        assert!(!kit.start_sending(item), "sent after the pause");
        kit.observe(item, Observation::PutOff { milliseconds: 0 });
    }
    accept(&mut kit, &leased[0], "p1", Phase::Starting);
    let poll = kit.next_due();
    kit.observe(&poll, polled(succeeded("p1", 1)));
    for fetch in kit.due() {
        kit.observe(&fetch, stored());
    }
    assert!(kit.due().is_empty());
    kit.crash();
    assert!(kit.due().is_empty());
    let record = shown(&mut kit, &id);
    assert_eq!(record.series.state, SeriesState::Paused);
    assert_eq!(
        (record.series.counts.waiting, record.series.counts.succeeded),
        (5, 1)
    );
    // It holds back nobody else, and its pictures stay reserved.
    assert_eq!(kit.allowance().reserved, 5);
    let single = kit.generate(1);
    assert_eq!(submitted(&kit.due()), [single]);

    let again = kit.tell(PauseSeries { id: id.clone() }).unwrap();
    assert_eq!(series_events(&again), []);
    let resumed = kit.ask(ResumeSeries { id: id.clone() }).unwrap();
    assert_eq!(resumed.series.state, SeriesState::Running);
    assert_eq!(submitted(&kit.due()), newest(&resumed)[1..4]);
}

#[test]
fn a_pause_leaves_what_may_have_been_sent_alone() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(1);
    let id = kit.series(request).series.id;
    let submit = kit.only_due();
    kit.ask(PauseSeries { id: id.clone() }).unwrap();
    kit.crash();
    let reconcile = kit.only_due();
    assert!(
        matches!(reconcile.effect, Effect::Reconcile { .. }),
        "{submit:?}"
    );
}

#[test]
fn canceling_the_rest_ends_what_has_not_begun_and_costs_nothing() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    let items = kit.due();
    accept(&mut kit, &items[0], "p1", Phase::Processing);
    kit.ask(PauseSeries { id: id.clone() }).unwrap();
    for item in &items[1..] {
        refuse(&mut kit, item);
    }
    let record = kit.ask(CancelRest { id: id.clone() }).unwrap();
    let counts = record.series.counts;
    assert_eq!(
        (counts.under_way, counts.failed, counts.canceled),
        (1, 3, 2)
    );
    assert!(!record.series.paused);
    assert_eq!(kit.allowance().reserved, 1);
    finish(&mut kit);
    let series = shown(&mut kit, &id).series;
    assert_eq!(series.state, SeriesState::Succeeded);
    assert_eq!(series.cost.used, 1);
}

#[test]
fn a_failed_frame_is_retried_with_the_same_request_and_keeps_its_history() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let id = kit.series(request).series.id;
    let items = kit.due();
    refuse(&mut kit, &items[0]);
    let under_way = kit.retry_command(&id, 1);
    assert_eq!(
        kit.ask(under_way),
        Err(StudioError::Series(SeriesError::FrameUnderWay))
    );
    let retry = kit.retry_command(&id, 0);
    let record = kit.ask(retry.clone()).unwrap();
    let replayed = kit.ask(retry).unwrap();
    assert_eq!(newest(&replayed), newest(&record));
    let frame = &record.frames[0];
    assert_eq!(frame.earlier.len(), 1);
    assert_eq!(frame.earlier[0].status, GenerationStatus::Failed);
    let made = frame.generation.as_ref().unwrap();
    assert_eq!(made.summary.status, GenerationStatus::Waiting);
    assert_eq!(made.summary.seed, frame.earlier[0].seed);
    assert_eq!(record.series.counts.failed, 0);
    assert_eq!(record.series.cost.pictures, 3);

    accept(&mut kit, &items[1], "other", Phase::Starting);
    finish(&mut kit);
    let record = shown(&mut kit, &id);
    assert_eq!(statuses(&record), [GenerationStatus::Succeeded; 2]);
    let done = kit.retry_command(&id, 0);
    assert_eq!(
        kit.ask(done),
        Err(StudioError::Series(SeriesError::FrameDone))
    );
    let missing = kit.retry_command(&id, 2);
    assert_eq!(kit.ask(missing), Err(StudioError::NotFound));
}

#[test]
fn a_frame_of_a_paused_series_that_is_retried_waits_too() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(1);
    let id = kit.series(request).series.id;
    let submit = kit.only_due();
    kit.ask(PauseSeries { id: id.clone() }).unwrap();
    refuse(&mut kit, &submit);
    let retry = kit.retry_command(&id, 0);
    assert_eq!(kit.ask(retry).unwrap().series.state, SeriesState::Paused);
    assert!(kit.due().is_empty());
    kit.ask(ResumeSeries { id }).unwrap();
    assert_eq!(kit.due().len(), 1);
}

#[test]
fn a_frame_is_made_again_with_changes_and_the_rest_of_its_request() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(1);
    let id = kit.series(request).series.id;
    finish(&mut kit);
    let changes = FrameChanges {
        text: Some("reading in a garden".to_owned()),
        overrides: Some(Overrides {
            steps: Some(20),
            ..Overrides::default()
        }),
        ..FrameChanges::default()
    };
    let frame = kit.retry_command(&id, 0);
    let nothing = RedoFrame {
        frame: frame.clone(),
        changes: FrameChanges::default(),
    };
    assert_eq!(
        kit.ask(nothing),
        Err(StudioError::Series(SeriesError::NothingChanged))
    );
    let record = kit.ask(RedoFrame { frame, changes }).unwrap();
    let before = record.frames[0].earlier[0].clone();
    let made = kit.generation(&newest(&record)[0]);
    assert_eq!(made.request.text, "reading in a garden");
    assert_eq!(made.request.overrides.steps, Some(20));
    assert_eq!(made.request.overrides.seed, before.seed.map(u64::from));
    assert_eq!(made.series.unwrap().id, id);

    let request = kit.new_comparison(&[]);
    let comparison = kit.series(request).series.id;
    finish(&mut kit);
    let frame = kit.retry_command(&comparison, 0);
    let changes = FrameChanges {
        text: Some("elsewhere".to_owned()),
        ..FrameChanges::default()
    };
    let refused = kit.ask(RedoFrame { frame, changes });
    assert_eq!(refused, Err(StudioError::Series(SeriesError::CellFixed)));
}

#[test]
fn a_series_is_listed_by_pages_and_renamed() {
    let mut kit = Kit::with_allowance(None);
    let mut ids = Vec::new();
    for _ in 0..3 {
        kit.pass(1);
        let request = kit.new_shoot(1);
        ids.insert(0, kit.series(request).series.id);
    }
    let list = |cursor| ListSeries {
        cursor,
        limit: Some(2),
    };
    let first = kit.ask(list(None)).unwrap();
    let second = kit.ask(list(first.next_cursor)).unwrap();
    assert_eq!(second.next_cursor, None);
    let listed = first
        .series
        .into_iter()
        .chain(second.series)
        .map(|series| series.id);
    assert!(listed.eq(ids.clone()));

    let rename = |title: &str| RenameSeriesTo {
        id: ids[0].clone(),
        title: title.to_owned(),
    };
    let renamed = kit.ask(rename(" Spring ")).unwrap();
    assert_eq!(
        (renamed.series.title.as_str(), renamed.series.revision),
        ("Spring", 2)
    );
    assert_eq!(
        kit.ask(rename("")).unwrap_err().field().as_deref(),
        Some("title")
    );
}

#[test]
fn a_deleted_series_lies_in_the_bin_and_comes_back_whole() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let id = kit.series(request).series.id;
    let delete = DeleteSeries { id: id.clone() };
    assert_eq!(
        kit.ask(delete.clone()),
        Err(StudioError::Series(SeriesError::UnderWay))
    );
    finish(&mut kit);
    let before = shown(&mut kit, &id);
    let gone = kit.tell(delete.clone()).unwrap();
    let told = Event::SeriesDeleted { series: id.clone() };
    assert!(events(&gone).contains(&told));
    assert_eq!(
        kit.ask(GetSeries { id: id.clone() }),
        Err(StudioError::NotFound)
    );
    assert_eq!(kit.ask(delete.clone()), Err(StudioError::NotFound));
    assert!(kit.ask(ListSeries::default()).unwrap().series.is_empty());
    for retry in [0, 1] {
        let retry = kit.retry_command(&id, retry);
        assert_eq!(kit.ask(retry), Err(StudioError::NotFound));
    }

    let restored = kit.ask(RestoreSeries { id: id.clone() }).unwrap();
    assert_eq!(newest(&restored), newest(&before));
    assert_eq!(
        kit.ask(RestoreSeries { id: id.clone() }),
        Err(StudioError::NotFound)
    );

    kit.ask(delete).unwrap();
    kit.pass(BIN_MILLISECONDS);
    kit.leased();
    assert_eq!(kit.database.integers("SELECT count(*) FROM series"), [0]);
}

#[test]
fn a_frame_without_a_generation_outside_the_bin_is_empty_and_can_be_retried() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let record = kit.series(request);
    finish(&mut kit);
    let id = newest(&record).remove(0);
    let gone = kit.tell(DeleteGeneration { id }).unwrap();
    assert_eq!(series_events(&gone).len(), 1);
    let record = shown(&mut kit, &record.series.id);
    assert!(record.frames[0].generation.is_none());
    assert_eq!(
        (record.series.counts.frames, record.series.counts.succeeded),
        (2, 1)
    );
}

#[test]
fn suspending_a_person_ends_what_a_pause_holds_back() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    kit.ask(PauseSeries { id }).unwrap();
    kit.handle(SuspendPerson).unwrap();
    let open = "SELECT count(*) FROM generations WHERE finished_at IS NULL";
    assert_eq!(kit.database.integers(open), [0]);
    assert_eq!(kit.database.integers("SELECT count(*) FROM outbox"), [0]);
}

#[test]
fn series_and_single_requests_take_turns() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(1, 40);
    let (one, other) = (kit.new_shoot(3), kit.new_shoot(3));
    let one = newest(&kit.series(one));
    let other = newest(&kit.series(other));
    let singles = [kit.generate(1), kit.generate(1)];
    let mut order = Vec::new();
    while order.len() < 8 {
        kit.pass(1_000);
        let submit = kit.only_due();
        order.extend(submitted(std::slice::from_ref(&submit)));
        refuse(&mut kit, &submit);
    }
    let expected = [
        &one[0],
        &other[0],
        &singles[0],
        &one[1],
        &other[1],
        &singles[1],
        &one[2],
        &other[2],
    ];
    assert!(order.iter().eq(expected), "{order:?}");
}

#[test]
fn places_in_the_queue_are_told_in_the_order_in_which_they_are_sent() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(2, 40);
    let request = kit.new_shoot(5);
    let frames = newest(&kit.series(request));
    let singles = [kit.generate(1), kit.generate(1), kit.generate(1)];
    let expected = [
        &singles[0],
        &singles[1],
        &frames[2],
        &singles[2],
        &frames[3],
        &frames[4],
    ];
    for (position, id) in (1..).zip(expected) {
        assert_eq!(kit.generation(id).queue_position, Some(position), "{id}");
    }
}
