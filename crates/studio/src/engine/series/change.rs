//! Changing a series as a whole.

use selfsame_api::{AccessAction, Event, GenerationStatus, SeriesRecord};
use selfsame_primitives::ids::SeriesId;
use selfsame_series::title;
use serde::{Deserialize, Serialize};

use super::{planned, record};
use crate::engine::bin::expired;
use crate::engine::generation::cancel;
use crate::engine::{SignedInPerson, Transaction, account};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::series_error::SeriesError;
use crate::store::{bin, series};

/// Gives a series another title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameSeriesTo {
    /// The series.
    pub id: SeriesId,
    /// 1-120 characters.
    pub title: String,
}

impl PersonRequest for RenameSeriesTo {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        let title = title(&self.title)?;
        planned(tx, &self.id)?;
        series::set_title(tx.db, &self.id, &title)?;
        tx.touch_series(&self.id)?;
        record(tx, &self.id)
    }
}

/// Holds back what has not been sent of a series. Repeating it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseSeries {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for PauseSeries {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        set_paused(tx, &self.id, true)
    }
}

/// Puts what a pause held back into the queue again. Repeating it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeSeries {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for ResumeSeries {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        set_paused(tx, &self.id, false)
    }
}

fn set_paused(
    tx: &mut Transaction<'_>,
    id: &SeriesId,
    paused: bool,
) -> Result<SeriesRecord, StudioError> {
    if planned(tx, id)?.paused != paused {
        series::set_paused(tx.db, id, paused)?;
        tx.touch_series(id)?;
        tx.queue_moved();
    }
    record(tx, id)
}

/// Cancels the frames that have not begun, which costs nothing. Those that the provider is at work on are finished, because a
/// cancel would cost as much. A paused series is no longer paused afterwards, because nothing is held back any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelRest {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for CancelRest {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        let paused = planned(tx, &self.id)?.paused;
        for generation in series::generations(tx.db, &self.id)? {
            let status = tx.state(&generation)?.status;
            if matches!(
                status,
                GenerationStatus::Waiting | GenerationStatus::Booting
            ) {
                cancel::cancel(tx, &generation)?;
            }
        }
        if paused {
            series::set_paused(tx.db, &self.id, false)?;
            tx.touch_series(&self.id)?;
        }
        record(tx, &self.id)
    }
}

/// Moves a series to the bin: each of its generations lies there and can be restored by itself. Refused while one is under
/// way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteSeries {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for DeleteSeries {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        planned(tx, &self.id)?;
        for generation in series::generations(tx.db, &self.id)? {
            match bin::put_generation(tx.db, &generation, tx.now)? {
                bin::Put::UnderWay => return Err(StudioError::Series(SeriesError::UnderWay)),
                bin::Put::Missing => {}
                bin::Put::Done => {
                    tx.broadcast(Event::GenerationDeleted { generation });
                }
            }
        }
        account::record(tx, person, AccessAction::MovedToBin)?;
        tx.touch_series(&self.id)?;
        tx.broadcast(Event::BinChanged);
        Ok(())
    }
}

/// Takes every generation of a series out of the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreSeries {
    /// The series.
    pub id: SeriesId,
}

impl PersonRequest for RestoreSeries {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        let restored = bin::restore_series(tx.db, &self.id, expired(tx.now))?;
        if restored.is_empty() {
            return Err(StudioError::NotFound);
        }
        for generation in &restored {
            tx.touch(generation)?;
        }
        tx.broadcast(Event::BinChanged);
        record(tx, &self.id)
    }
}
