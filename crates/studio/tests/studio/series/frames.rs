//! Frames that are retried or made again with changes.

use selfsame_api::{FrameChanges, GenerationStatus, SeriesState};
use selfsame_prompt::parameters::Overrides;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{
    DeleteGeneration, DeletePicture, PauseSeries, RedoFrame, ResumeSeries, SeriesError, StudioError,
};

use super::{accept, finish, newest, refuse, series_events, shown, statuses};
use crate::kit::Kit;

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
fn a_frame_whose_picture_was_deleted_is_empty_and_can_be_retried() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let record = kit.series(request);
    let series = record.series.id.clone();
    finish(&mut kit);
    let id = newest(&record).remove(0);
    let seed = kit.generation(&id).request.overrides.seed;
    let gone = kit.tell(DeleteGeneration { id }).unwrap();
    assert_eq!(series_events(&gone).len(), 1);
    let record = shown(&mut kit, &series);
    assert!(record.frames[0].generation.is_none());
    assert_eq!(
        (record.series.counts.frames, record.series.counts.succeeded),
        (2, 1)
    );
    let retry = kit.retry_command(&series, 0);
    let made = newest(&kit.ask(retry).unwrap()).remove(0);
    assert_eq!(kit.generation(&made).request.overrides.seed, seed);

    let other = newest(&record).remove(0);
    let picture = kit.generation(&other).pictures[0].id.clone();
    kit.ask(DeletePicture { id: picture }).unwrap();
    let retry = kit.retry_command(&series, 1);
    assert!(kit.ask(retry).is_ok());
}

#[test]
fn a_frame_that_shows_its_picture_is_not_retried_for_a_deleted_attempt() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(1);
    let id = kit.series(request).series.id;
    finish(&mut kit);
    let frame = kit.retry_command(&id, 0);
    let changes = FrameChanges {
        text: Some("reading in a garden".to_owned()),
        ..FrameChanges::default()
    };
    let again = kit.ask(RedoFrame { frame, changes }).unwrap();
    let submit = kit.only_due();
    refuse(&mut kit, &submit);
    let failed = newest(&again).remove(0);
    kit.ask(DeleteGeneration { id: failed }).unwrap();
    let retry = kit.retry_command(&id, 0);
    assert_eq!(
        kit.ask(retry),
        Err(StudioError::Series(SeriesError::FrameDone))
    );
}
