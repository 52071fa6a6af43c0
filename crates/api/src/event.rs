//! What `GET /api/events` sends over its WebSocket, one JSON text message each.
//!
//! Every message has a sequence number. The first on a connection is an [`Opening`]; each [`Event`] after it has the number
//! that follows the last one. A client keeps the number of the last message, ignores an event with that number or a lower
//! one, and connects again with `?after=` and the number when one was skipped or the connection is lost.

use serde::Serialize;

use super::{AccessEntry, Conversation, Generation, GenerationSummary, Series};
use selfsame_primitives::ids::{ConversationId, GenerationId, PictureId, SeriesId};

/// A message with its sequence number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Numbered<T> {
    /// Of an event: one more than that of the event before. Of an opening: that of the last event which it includes.
    pub seq: u64,
    /// The message.
    #[serde(flatten)]
    pub message: T,
}

/// The first message on every connection.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Opening {
    /// The newest 20 generations and those under way, as a list shows them. `GET /api/generations/{id}` has the rest of
    /// each. A client that knows more than this starts over.
    Snapshot {
        /// Newest first, at most 100.
        generations: Vec<GenerationSummary>,
        /// For `GET /api/generations?cursor=`, which goes on after the newest 20; absent if there are no others.
        next_cursor: Option<String>,
    },
    /// What has changed since the number in `?after=`, each once, in its present state. Sent instead of a snapshot when
    /// there are at most 200 changes and the number is not ahead of the studio's.
    Changes {
        /// Generations that changed, as a list shows them.
        generations: Vec<GenerationSummary>,
        /// All other changes.
        events: Vec<Event>,
    },
}

/// A change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
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
    /// A conversation changed: its title, its draft, or something was said in it. `GET /api/sessions/{id}` has it all.
    Session {
        /// The new state.
        session: Box<Conversation>,
    },
    /// A conversation was deleted. A restored one comes as `session` again.
    SessionDeleted {
        /// This conversation.
        session: ConversationId,
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
