//! The engine: one [`Transaction`] a call, one transaction a turn.
//!
//! A generation is driven by one outbox row that is first a submit, then (if the submit's outcome is unknown) a
//! reconcile, then a poll; when the provider is done, by one fetch a picture. How a generation ends is decided in
//! one place, [`finish`], and never twice.

mod account;
mod authorize;
mod cancel;
mod finish;
mod generate;
mod hint;
mod operator;
mod pace;
mod pictures;
mod poll;
mod read;
mod reconcile;
mod save;
mod submit;
mod tokens;
mod transaction;
mod wake;

use selfsame_primitives::time::Timestamp;

use crate::database::Database;
use crate::effect::{Effect, OutboxItem};
use crate::error::StudioError;
use crate::observation::Observation;
use crate::outcome::Outcome;
use crate::request::Request;
use crate::store::{migrations, outbox};

pub use account::{BeginSession, EndSession, GetMe, SESSION_MILLISECONDS, SignedIn};
pub use authorize::SignedInPerson;
pub use cancel::CancelGeneration;
pub use generate::Generate;
pub use operator::{AddModel, CheckOperator, OpenStudio, ReinstatePerson, SuspendPerson};
pub use pictures::{DeletePicture, LocatePicture, PictureFile};
pub use read::{GetGeneration, GetSnapshot, ListGenerations, ListModels};
pub use transaction::Transaction;

/// One person's studio.
///
/// Every call is one transaction. The shell opens a studio once for each life of its Durable Object and keeps it:
/// opening ends the leases of an earlier life.
#[derive(Debug)]
pub struct Studio<D> {
    database: D,
}

impl<D: Database> Studio<D> {
    /// Brings the database to the newest version and takes back what an earlier life of the shell had leased.
    /// Call [`due`](Self::due) afterwards: its outcome says when the alarm is.
    pub fn open(mut database: D, now: Timestamp) -> Result<Self, StudioError> {
        database.atomically(|db| {
            migrations::run(db, now)?;
            outbox::end_leases(db, now)?;
            Ok::<(), StudioError>(())
        })?;
        Ok(Self { database })
    }

    /// Carries out a request.
    pub fn handle<R: Request>(
        &mut self,
        now: Timestamp,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        self.turn(now, |turn| request.handle(turn))
    }

    /// Leases what is due, at most six effects (what one invocation of a Worker may have open at a time). Perform
    /// them, in any order or all at once, and give each to [`observe`](Self::observe) as soon as it is answered.
    /// If more is due, the alarm is at once.
    pub fn due(&mut self, now: Timestamp) -> Result<Outcome<Vec<OutboxItem>>, StudioError> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method's path is of one lifetime, the turn's is any"
        )]
        self.turn(now, |turn| turn.due())
    }

    /// Takes in what became of an effect. A late or repeated observation changes nothing that is settled.
    pub fn observe(
        &mut self,
        now: Timestamp,
        item: &OutboxItem,
        observation: Observation,
    ) -> Result<Outcome<()>, StudioError> {
        self.turn(now, |turn| turn.observe(item, observation))
    }

    fn turn<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StudioError>,
    ) -> Result<Outcome<T>, StudioError> {
        self.database.atomically(|db| {
            let mut turn = Transaction::new(db, now);
            let value = work(&mut turn)?;
            let signals = turn.finish()?;
            let alarm = outbox::next(db)?;
            Ok(Outcome {
                value,
                signals,
                alarm,
            })
        })
    }
}

impl Transaction<'_> {
    fn observe(&mut self, item: &OutboxItem, observation: Observation) -> Result<(), StudioError> {
        match (&item.effect, observation) {
            (Effect::Submit { generation, .. }, Observation::Submitted(outcome)) => {
                self.submitted(item, generation, outcome)
            }
            (Effect::Reconcile { generation, .. }, Observation::Reconciled(outcome)) => {
                self.reconciled(item, generation, &outcome)
            }
            (Effect::Poll { generation, .. }, Observation::Polled(outcome)) => {
                self.polled(item, generation, outcome)
            }
            (Effect::CancelUpstream { .. }, Observation::CancelAnswered(outcome)) => {
                self.cancel_answered(item, &outcome)
            }
            (
                Effect::FetchPicture {
                    generation,
                    picture,
                    ..
                },
                Observation::PictureStored {
                    format,
                    bytes,
                    etag,
                },
            ) => self.picture_stored(generation, picture, format, bytes, &etag),
            (
                Effect::FetchPicture { picture, .. },
                Observation::PictureFailed { retryable, .. },
            ) => self.picture_failed(item, picture, retryable),
            (Effect::DeleteObject { .. }, Observation::ObjectDeleted) => self.object_deleted(item),
            (Effect::DeleteObject { .. }, Observation::ObjectKept { .. }) => self.object_kept(item),
            _ => Err(StudioError::Mismatched),
        }
    }
}
