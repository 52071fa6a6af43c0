//! Series from outside: planned, created, paused, resumed, canceled, made again, deleted and restored.

mod frames;
mod histories;
mod list;
mod plan;
mod progress;
mod votes;

use selfsame_api::{Event, FailureCode, GenerationStatus, SeriesRecord, SeriesState};
use selfsame_primitives::ids::{GenerationId, SeriesId};
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{Effect, GetSeries, Observation, OutboxItem, Outcome};

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
pub(crate) fn finish(kit: &mut Kit) {
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
