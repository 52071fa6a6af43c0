//! Reading series.

use selfsame_api::{Frame, FrameGeneration, GenerationSummary, SeriesPage, SeriesRecord};
use selfsame_primitives::ids::{GenerationId, SeriesId};
use serde::{Deserialize, Serialize};

use super::planned;
use crate::engine::read::{page_limit, read_cursor, write_cursor};
use crate::engine::{SignedInPerson, Transaction};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::bin::Bin;
use crate::store::generations::Sent;
use crate::store::stored::StoredFrame;
use crate::store::{generations, series, summaries, votes};

/// Asks for a page of series, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSeries {
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 20.
    pub limit: Option<u32>,
}

impl PersonRequest for ListSeries {
    type Reply = SeriesPage;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesPage, StudioError> {
        let limit = page_limit(self.limit)?;
        let before: Option<SeriesId> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = series::page(tx.db, before.as_ref(), limit)?;
        tx.set_aside(page.unreadable);
        Ok(SeriesPage {
            series: page.series,
            next_cursor: page.next.as_deref().map(write_cursor),
        })
    }
}

/// Asks for one series with its frames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSeries {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for GetSeries {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        record(tx, &self.id)
    }
}

pub(super) fn record(tx: &mut Transaction<'_>, id: &SeriesId) -> Result<SeriesRecord, StudioError> {
    let (series, unreadable) = series::view(tx.db, id)?;
    tx.set_aside(unreadable);
    let series = series.ok_or(StudioError::NotFound)?;
    let planned = planned(tx, id)?;
    let ids = series::generations(tx.db, id)?;
    let (mut summaries, unreadable) = summaries::named(tx.db, &ids, Bin::Included)?;
    tx.set_aside(unreadable);
    let age = |summary: &GenerationSummary| ids.iter().position(|id| *id == summary.id);
    summaries.sort_by_key(|summary| std::cmp::Reverse(age(summary)));
    let mut frames = Vec::with_capacity(planned.plan.frames.len());
    for (number, stored) in (0..).zip(&planned.plan.frames) {
        let of_frame = |summary: &GenerationSummary| {
            summary
                .series
                .as_ref()
                .is_some_and(|place| place.frame == number)
        };
        let (mut own, others) = summaries.into_iter().partition::<Vec<_>, _>(of_frame);
        summaries = others;
        let newest = (!own.is_empty()).then(|| own.remove(0));
        frames.push(Shown {
            number,
            stored,
            newest,
            earlier: own,
        });
    }
    let newest = frames.iter().filter_map(|frame| frame.newest.as_ref());
    let newest: Vec<_> = newest.map(|summary| &summary.id).collect();
    let (sent, unreadable) = generations::sent(tx.db, &newest)?;
    tx.set_aside(unreadable);
    let (votes, unreadable) = votes::of_series(tx.db, id)?;
    tx.set_aside(unreadable);
    Ok(SeriesRecord {
        series,
        axes: planned.plan.axes(),
        frames: frames.into_iter().map(|frame| frame.with(&sent)).collect(),
        votes,
    })
}

/// A frame with its generations.
struct Shown<'a> {
    number: u32,
    stored: &'a StoredFrame,
    newest: Option<GenerationSummary>,
    earlier: Vec<GenerationSummary>,
}

impl Shown<'_> {
    fn with(self, sent: &[(GenerationId, Sent)]) -> Frame {
        let generation = self.newest.and_then(|summary| {
            let (_, sent) = sent.iter().find(|(id, _)| *id == summary.id)?;
            Some(FrameGeneration {
                summary,
                prompt: sent.prompt.clone(),
                effects: sent.effects.clone(),
                enhancements: sent.enhancements.clone(),
            })
        });
        Frame {
            number: self.number,
            title: self.stored.title.clone(),
            place: self.stored.place(),
            differs: self.stored.differs(),
            generation,
            earlier: self.earlier,
        }
    }
}
