//! The queue: which of a person's generations may go to the provider, and when.
//!
//! **Invariant:** the person's series and their single requests take turns; within each, a generation is handed to the
//! provider in the order in which it was asked for. At most [`Limits::under_way`](crate::Limits) are there at a time.
//! Only a generation that is [revived](super::generation) comes on top, because its prediction exists already.

use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;

use super::generation::cancel;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::store::outbox::QUEUED;
use crate::store::queue::{self, Queued};
use crate::store::series;

/// When the submit of a new generation is due: now, or queued behind the others.
pub(super) fn admit(tx: &mut Transaction<'_>) -> Result<Timestamp, StudioError> {
    let waiting = queue::list(tx.db)?;
    if waiting.is_empty() && queue::under_way(tx.db)? < tx.limits.under_way {
        return Ok(tx.now);
    }
    let queued = waiting.iter().filter(|queued| !queued.of_series).count();
    if u32::try_from(queued).is_ok_and(|queued| queued < tx.limits.queued) {
        return Ok(QUEUED);
    }
    Err(StudioError::QueueFull {
        queued: tx.limits.queued,
    })
}

/// Refuses frames beyond those that the person's series may have waiting.
pub(super) fn admit_frames(tx: &mut Transaction<'_>, frames: u32) -> Result<(), StudioError> {
    let waiting = series::waiting_frames(tx.db)?;
    if waiting.saturating_add(frames) <= tx.limits.frames {
        return Ok(());
    }
    Err(StudioError::QueueFull {
        queued: tx.limits.frames,
    })
}

/// The place that the first frame of a new series would have in the queue; `None` if it would be sent at once.
pub(super) fn place_of_new_series(tx: &mut Transaction<'_>) -> Result<Option<u32>, StudioError> {
    let waiting = queue::list(tx.db)?;
    if waiting.is_empty() && queue::under_way(tx.db)? < tx.limits.under_way {
        return Ok(None);
    }
    let before = waiting.iter().filter(|queued| queued.precedes_new_lane);
    Ok(u32::try_from(before.count() + 1).ok())
}

/// Hands as many queued generations on as there is room for.
pub(super) fn advance(tx: &mut Transaction<'_>) -> Result<(), StudioError> {
    let waiting = queue::list(tx.db)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let room = tx.limits.under_way.saturating_sub(queue::under_way(tx.db)?);
    for queued in waiting.iter().take(usize::try_from(room).unwrap_or(0)) {
        queue::release(tx.db, queued, tx.now)?;
        tx.queue_moved();
        if let Some(generation) = queued.generation() {
            tx.touch(&generation)?;
        }
    }
    Ok(())
}

/// The queued generations, the next one first.
pub(super) fn places(tx: &mut Transaction<'_>) -> Result<Vec<GenerationId>, StudioError> {
    let waiting = queue::list(tx.db)?;
    Ok(waiting.iter().filter_map(Queued::generation).collect())
}

/// Ends every generation that is queued or held back by a pause, as a cancel does. Nothing of them has been sent, so they
/// cost nothing.
pub(super) fn clear(tx: &mut Transaction<'_>) -> Result<(), StudioError> {
    let unsent = queue::unsent(tx.db)?;
    cancel::cancel_free_of_charge(tx, unsent)
}
