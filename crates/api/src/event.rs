//! What `GET /api/events` sends over its WebSocket, one JSON text message each.

use serde::Serialize;

use super::{AccessEntry, Generation, GenerationSummary, Series};
use selfsame_primitives::ids::{GenerationId, PictureId, SeriesId};

/// A message to the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// First on every connection: the newest 20 generations and those under way, as a list shows them.
    /// `GET /api/generations/{id}` has the rest of each.
    Snapshot {
        /// Newest first, at most 100.
        generations: Vec<GenerationSummary>,
        /// For `GET /api/generations?cursor=`, which goes on after the newest 20; absent if there are no others.
        next_cursor: Option<String>,
    },
    /// A generation changed; its whole new state.
    Generation {
        /// The new state.
        generation: Box<Generation>,
    },
    /// Another browser signed in, or something else that `notices` of `GET /api/me` now has.
    Notice {
        /// What happened.
        entry: AccessEntry,
    },
    /// The queue moved up.
    Queue {
        /// The queued generations, the next one first.
        generations: Vec<GenerationId>,
    },
    /// A generation was deleted with its pictures. A restored one comes as `generation` again.
    GenerationDeleted {
        /// This generation.
        generation: GenerationId,
    },
    /// A series changed; its new state. Its generations come as `generation` when they change.
    Series {
        /// The new state.
        series: Box<Series>,
    },
    /// A series was deleted with its generations. A restored one comes as `series` again.
    SeriesDeleted {
        /// This series.
        series: SeriesId,
    },
    /// What lies in the bin has changed.
    BinChanged,
    /// Which pictures are favourites or in which album has changed, or the albums have.
    GalleryChanged,
    /// The person's own presets have changed.
    PresetsChanged,
    /// A picture was deleted.
    PictureDeleted {
        /// Of this generation.
        generation: GenerationId,
        /// This picture.
        picture: PictureId,
    },
}
