//! One person's studio, as an engine without I/O.
//!
//! [`Studio`] keeps everything in a [`Database`] and performs no other I/O: a [`Request`] goes in and its reply comes
//! out; what has to be done outside waits in an outbox, in the same transaction as the state it follows from, until
//! [`Studio::due`] hands it out; what became of it comes back as an [`Observation`]. A crash between any two calls
//! loses nothing and pays for nothing twice. Time, ids and randomness come in as arguments.
//!
//! [`credentials`] is apart from all this: the signed tokens of links and sessions.

pub mod credentials;
pub mod schedule;

mod database;
mod effect;
mod engine;
mod error;
mod limits;
mod nonce;
mod request;
mod series_error;
mod store;
mod thumbnail;

pub use database::{Database, DatabaseError, Row, Value};
pub use effect::{
    Due, Effect, EffectClass, Erasure, FetchFailure, Observation, OutboxItem, SetAside,
};
pub use engine::{
    AddAlbum, AddModel, AddPreset, AdjustAllowance, BIN_MILLISECONDS, BeginSession,
    CancelGeneration, CheckLora, CheckOperator, DeclineMore, DeleteAlbum, DeleteFromBin,
    DeleteGeneration, DeletePerson, DeletePicture, DeletePreset, DismissNotices, EditPreset,
    EmptyBin, EndOtherSessions, EndSession, EndSessionById, Export, ExportPlace, ExportPresets,
    Exported, ExportedFile, ExportedPicture, FollowEvents, Generate, GetAccessLog, GetAlbum,
    GetAllowance, GetAllowanceState, GetGeneration, GetMe, GetPicture, GetPreset, Hint,
    IDLE_MILLISECONDS, ImportPresets, IssueLink, LeftOut, LeftOutReason, LinkGrant, ListAlbums,
    ListBin, ListBindings, ListGenerations, ListModels, ListPictures, ListPresets, ListSessions,
    LocateCanary, LocatePicture, MOST_ALBUMS, MOST_PRESETS, NewCanary, NoteEmail, NoteEmailRemoval,
    OpenStudio, PictureFile, ReinstatePerson, RenameAlbum, RequestMore, RestoreFromBin,
    RetireModel, RevokeLinks, SESSION_MILLISECONDS, SignedIn, Studio, SuspendPerson, UnbindModels,
    export_index,
};
pub use engine::{
    AddTurn, BeginConversation, Changed, DeleteConversation, EditConversation, GetConversation,
    ListConversations, MOST_CONVERSATIONS, MOST_TURNS, RestoreConversation,
};
pub use engine::{
    ArchivePart, ArchivePictures, ArchivedPicture, CountShareView, EndShareLink, ListShareLinks,
    OpenShareLink, OpenedShare, SharePicture,
};
pub use engine::{
    CancelRest, CastSeriesVote, CreateSeries, DeleteSeries, FrameIds, GetPreferences, GetSeries,
    ListSeries, NewSeries, PauseSeries, PlanSeries, RedoFrame, RenameSeriesTo, RestoreSeries,
    ResumeSeries, RetryFrame,
};
pub use error::StudioError;
pub use limits::Limits;
pub use nonce::{Nonce, NonceError};
pub use request::{
    AccountRequest, Administered, Administrator, Authenticated, Outcome, PersonRequest, Request,
    Signal,
};
pub use series_error::SeriesError;
pub use store::share_links::SharedPicture;
pub use thumbnail::{Thumbnail, ThumbnailSize};
