//! Series: shoots and comparisons.
//!
//! Creating one inserts all its generations in one transaction, each queued, so every rule about generations holds for
//! them: the intent before the call, the reservation, cancels, recipes and the bin. The [`queue`] lets a
//! person's series and their single requests take turns.
//!
//! **Invariant:** only its title, its plan and whether it is paused are stored of a series. Where it is, its counts and its
//! cost follow from its generations.
//! **Invariant:** nothing of a paused series is sent. What has been sent already goes on.

mod change;
mod create;
mod frame;
mod show;
mod votes;

use selfsame_api::SeriesRecord;
use selfsame_primitives::ids::SeriesId;

use super::queue;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::store::series::{self, Planned};

pub use change::{
    CancelRest, DeleteSeries, PauseSeries, RenameSeriesTo, RestoreSeries, ResumeSeries,
};
pub use create::{CreateSeries, FrameIds, NewSeries, PlanSeries};
pub use frame::{RedoFrame, RetryFrame};
pub use show::{GetSeries, ListSeries};
pub use votes::{CastSeriesVote, GetPreferences};

/// What is stored of a series that is outside the bin.
fn planned(tx: &mut Transaction<'_>, id: &SeriesId) -> Result<Planned, StudioError> {
    series::planned(tx.db, id)?.ok_or(StudioError::NotFound)
}

/// The series with its frames, after every change. What there is room for has left the queue.
fn record(tx: &mut Transaction<'_>, id: &SeriesId) -> Result<SeriesRecord, StudioError> {
    queue::advance(tx)?;
    show::record(tx, id)
}
