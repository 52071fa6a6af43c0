//! The engine: one [`Turn`](turn::Turn) a call, one transaction a turn.
//!
//! A generation is driven by one outbox row that is first a submit, then (if the submit's outcome is unknown) a
//! reconcile, then a poll; when the provider is done, by one fetch a picture.

use selfsame_core::time::Timestamp;

use crate::command::Command;
use crate::database::Database;
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::observation::{Hint, Observation};
use crate::reply::{Outcome, Reply};

/// How long a session holds: 30 days.
pub const SESSION_MILLISECONDS: i64 = 30 * 24 * 60 * 60 * 1_000;

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
    /// Set the alarm to [`next_alarm`](Self::next_alarm) afterwards.
    pub fn open(database: D, now: Timestamp) -> Result<Self, StudioError> {
        let mut studio = Self { database };
        studio
            .database
            .atomically(|db| crate::store::migrations::run(db, now))?;
        Ok(studio)
    }

    /// Carries out a command.
    pub fn command(
        &mut self,
        _now: Timestamp,
        _command: Command,
    ) -> Result<Outcome<Reply>, StudioError> {
        Err(StudioError::NotFound)
    }

    /// Leases what is due, at most six effects (what one invocation of a Worker may have open at a time). Perform
    /// them, in any order or all at once, and give each to [`observe`](Self::observe) as soon as it is answered.
    /// If more is due, the alarm is at once.
    pub fn due(&mut self, _now: Timestamp) -> Result<Outcome<Vec<OutboxItem>>, StudioError> {
        Err(StudioError::NotFound)
    }

    /// Takes in what became of an effect. A late or repeated observation changes nothing that is settled.
    pub fn observe(
        &mut self,
        _now: Timestamp,
        _item: &OutboxItem,
        _observation: Observation,
    ) -> Result<Outcome<()>, StudioError> {
        Err(StudioError::NotFound)
    }

    /// Takes in a verified webhook: at most, it makes the next look come at once. One for another generation, with
    /// another nonce, or heard before, is ignored, and the sender learns no difference.
    pub fn hint(&mut self, _now: Timestamp, _hint: &Hint) -> Result<Outcome<()>, StudioError> {
        Err(StudioError::NotFound)
    }

    /// When [`due`](Self::due) has something to hand out next.
    pub fn next_alarm(&mut self) -> Result<Option<Timestamp>, StudioError> {
        Err(StudioError::NotFound)
    }
}
