//! The engine: every call is one [`Transaction`], and a request is carried out in the file that declares its type.
//!
//! [`due`] hands effects out, [`observe`] takes their outcomes in, and [`generation`] holds the life of a generation
//! between the two.

mod account;
mod albums;
mod allowance;
mod archive;
mod bin;
mod canary;
mod conversations;
mod deletion;
mod due;
mod email;
mod events;
mod export;
mod gallery;
mod generate;
mod generation;
mod links;
mod models;
mod observe;
mod operator;
mod pace;
mod pictures;
mod presets;
mod queue;
mod read;
mod series;
mod sessions;
mod share_links;
mod thumbnails;
mod transaction;

use selfsame_primitives::ids::RequestId;
use selfsame_primitives::time::Timestamp;

use self::generation::submit;
use crate::credentials::SessionClaims;
use crate::database::Database;
use crate::effect::{Due, Observation, OutboxItem};
use crate::error::StudioError;
use crate::limits::Limits;
use crate::request::{Outcome, Request};
use crate::schedule::Room;
use crate::store::{migrations, outbox};

pub use account::{DismissNotices, GetAccessLog, GetMe};
pub(crate) use account::{SignedInPerson, authorize};
pub use albums::{AddAlbum, DeleteAlbum, GetAlbum, ListAlbums, MOST_ALBUMS, RenameAlbum};
pub use allowance::{AdjustAllowance, DeclineMore, GetAllowance, GetAllowanceState, RequestMore};
pub use archive::{ArchivePart, ArchivePictures, ArchivedPicture};
pub use bin::{
    BIN_MILLISECONDS, DeleteFromBin, DeleteGeneration, DeletePicture, EmptyBin, ListBin,
    RestoreFromBin,
};
pub use canary::{CheckLora, LocateCanary, NewCanary};
pub use conversations::{
    AddTurn, BeginConversation, Changed, DeleteConversation, EditConversation, GetConversation,
    ListConversations, MOST_CONVERSATIONS, MOST_TURNS, RestoreConversation,
};
pub use deletion::DeletePerson;
pub use email::{NoteEmail, NoteEmailRemoval};
pub use events::FollowEvents;
pub use export::{
    Export, ExportPlace, Exported, ExportedFile, ExportedPicture, LeftOut, LeftOutReason,
    export_index,
};
pub use gallery::ListPictures;
pub use generate::Generate;
pub use generation::cancel::CancelGeneration;
pub use generation::hint::Hint;
pub use links::{IssueLink, LinkGrant, RevokeLinks};
pub use models::{AddModel, ListBindings, RetireModel, UnbindModels};
pub use operator::{CheckOperator, OpenStudio, ReinstatePerson, SuspendPerson};
pub use pictures::{GetPicture, LocatePicture, PictureFile};
pub use presets::{
    AddPreset, DeletePreset, EditPreset, ExportPresets, GetPreset, ImportPresets, ListPresets,
    MOST_PRESETS,
};
pub use read::{GetGeneration, ListGenerations, ListModels};
pub use series::{
    CancelRest, CastSeriesVote, CreateSeries, DeleteSeries, FrameIds, GetPreferences, GetSeries,
    ListSeries, NewSeries, PauseSeries, PlanSeries, RedoFrame, RenameSeriesTo, RestoreSeries,
    ResumeSeries, RetryFrame,
};
pub use sessions::{
    BeginSession, EndOtherSessions, EndSession, EndSessionById, IDLE_MILLISECONDS, ListSessions,
    SESSION_MILLISECONDS, SignedIn,
};
pub use share_links::{
    CountShareView, EndShareLink, ListShareLinks, OpenShareLink, OpenedShare, SharePicture,
};
pub(crate) use transaction::Transaction;

/// One person's studio.
///
/// Every call is one transaction. The shell opens a studio once for each life of its Durable Object and keeps it:
/// opening ends the leases of an earlier life.
#[derive(Debug)]
pub struct Studio<D> {
    database: D,
    limits: Limits,
}

impl<D: Database> Studio<D> {
    /// Brings the database to the newest version and takes back what an earlier life of the shell had leased.
    /// Call [`due`](Self::due) afterwards: its outcome says when the alarm is.
    pub fn open(mut database: D, now: Timestamp) -> Result<Self, StudioError> {
        database.atomically(|db| {
            migrations::run(db, now)?;
            outbox::reopen(db, now)?;
            Ok::<(), StudioError>(())
        })?;
        Ok(Self {
            database,
            limits: Limits::DEFAULT,
        })
    }

    /// The studio with these limits instead of [`Limits::DEFAULT`].
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Carries out a request without an id.
    pub fn handle<R: Request>(
        &mut self,
        now: Timestamp,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        self.transaction(now, |tx| request.handle(tx))
    }

    /// Carries out a request. What it adds to the access log names `id`.
    pub fn serve<R: Request>(
        &mut self,
        now: Timestamp,
        id: &RequestId,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        self.transaction_for(now, Some(id), |tx| request.handle(tx))
    }

    /// Whether requests of the session are accepted. Changes nothing.
    pub fn accepts(
        &mut self,
        now: Timestamp,
        session: &SessionClaims,
    ) -> Result<bool, StudioError> {
        account::is_accepted(&mut self.database, now, session)
    }

    /// When the next session ends if it makes no request: while sockets are open, call [`due`](Self::due) then, too,
    /// so that the session's sockets close. `None` when nobody is signed in.
    pub fn next_session_end(&mut self) -> Result<Option<Timestamp>, StudioError> {
        sessions::next_end(&mut self.database)
    }

    /// Removes what has lain in the bin for 30 days, takes back effects whose lease has ended, then leases due effects
    /// that fit into `room`: first submits and cancels, then polls and reconciles, then fetches, then deletions; within
    /// a class, and after a minute's wait among all, the longest due first. Perform them, in any order or all at once, and give each to
    /// [`observe`](Self::observe) as soon as it has an outcome. The returned alarm is when to call again even if no
    /// effect has an outcome by then.
    ///
    /// A row that cannot be read is set aside and reported; the others are handed out.
    pub fn due(&mut self, now: Timestamp, room: Room) -> Result<Outcome<Due>, StudioError> {
        due::due(self, now, room)
    }

    /// Call this when a [submit](crate::Effect::Submit) has its turn at the provider, right before it is sent: from then
    /// on it counts as one that may have arrived. If it returns false, the generation was canceled meanwhile or the lease
    /// has ended, and the submit must not be sent.
    pub fn start_sending(
        &mut self,
        now: Timestamp,
        item: &OutboxItem,
    ) -> Result<Outcome<bool>, StudioError> {
        self.transaction(now, |tx| submit::start_sending(tx, item))
    }

    /// Takes in what became of an effect. A late or repeated observation changes nothing that is settled.
    pub fn observe(
        &mut self,
        now: Timestamp,
        item: &OutboxItem,
        observation: Observation,
    ) -> Result<Outcome<()>, StudioError> {
        self.transaction(now, |tx| observe::observe(tx, item, observation))
    }

    fn transaction<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StudioError>,
    ) -> Result<Outcome<T>, StudioError> {
        self.transaction_for(now, None, work)
    }

    fn transaction_for<T>(
        &mut self,
        now: Timestamp,
        id: Option<&RequestId>,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StudioError>,
    ) -> Result<Outcome<T>, StudioError> {
        let limits = self.limits;
        self.database.atomically(|db| {
            let mut tx = Transaction::new(db, now, limits, id);
            let value = work(&mut tx)?;
            let signals = tx.finish()?;
            let alarm = outbox::next(db)?
                .into_iter()
                .chain(bin::next_purge(db)?)
                .min();
            Ok(Outcome {
                value,
                signals,
                alarm,
            })
        })
    }
}
