//! When the calls of all people may go out with the one token.
//!
//! A provider limits the calls of a token, and a whole deployment has one. A [`Pacer`] decides for everybody when a call
//! goes out: never more than the provider allows, nobody before their turn, and nobody at all while the provider
//! throttles. It is politeness, not safety: a call that went out without asking would at worst be throttled.
//!
//! It does no I/O and reads no clock. Whoever makes a call [asks](Pacer::ask) first, with a ticket of their choice, and
//! the answer to the ticket comes from [`Pacer::settle`], at once or when it is called again at [`Pacer::next`].
//!
//! * `rhythm`: how many calls, and the back-off;
//! * `line`: whose turn it is;
//! * `lane`: both together, for one kind of call.
//!
//! Calls that wait and places that are kept are bounded in number, and a call waits at most [`PATIENCE`].

mod lane;
mod limits;
mod line;
mod rhythm;

use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use self::lane::{Lane, Urgency};
use crate::outcome::MAX_RETRY_AFTER;

pub use self::limits::PaceLimits;

/// Milliseconds that a call waits for its answer at most. It is short beside an effect's lease, which goes on meanwhile.
pub const PATIENCE: i64 = 5_000;
/// Milliseconds for which a call is put off at most.
pub const LONGEST_WAIT: u32 = MAX_RETRY_AFTER * 1_000;

/// Identifies a call while it waits. The caller chooses it, and uses each once.
pub type Ticket = u64;

/// A call to the provider, as its limits distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Creates a prediction.
    Create,
    /// Cancels a prediction. It counts as a read, and goes before all reads, because it saves money. Cancels are as rare
    /// as creates, so they leave the reads most of their limit.
    Cancel,
    /// Reads.
    Read,
}

/// What to do with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// Make it now.
    Go,
    /// Ask again later. The person keeps their place until then.
    Later {
        /// How long to wait: 1,000 to [`LONGEST_WAIT`].
        milliseconds: u32,
    },
}

/// Calls that share a limit, and a back-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Creates.
    Creates,
    /// Everything else.
    Others,
}

impl Call {
    /// The kind whose limit the call counts towards.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Create => Kind::Creates,
            Self::Cancel | Self::Read => Kind::Others,
        }
    }

    const fn urgency(self) -> Urgency {
        match self {
            Self::Cancel => Urgency::First,
            Self::Create | Self::Read => Urgency::Ordinary,
        }
    }
}

/// The calls of a deployment to one provider.
#[derive(Debug)]
pub struct Pacer {
    creates: Lane,
    others: Lane,
}

impl Pacer {
    /// A pacer that has let nothing out yet, so one burst of each kind is free: a tenth of a minute's calls.
    #[must_use]
    pub fn new(limits: PaceLimits) -> Self {
        Self {
            creates: Lane::new(limits.creates),
            others: Lane::new(limits.others),
        }
    }

    /// Adds a call of `person`. Its answer comes from [`settle`](Self::settle): call it right afterwards.
    pub fn ask(&mut self, now: Timestamp, person: &str, call: Call, ticket: Ticket) {
        self.lane(call.kind())
            .ask(now, person, call.urgency(), ticket);
    }

    /// The calls of `kind` that are answered by `now`, each once.
    pub fn settle(&mut self, now: Timestamp, kind: Kind) -> Vec<(Ticket, Answer)> {
        self.lane(kind).settle(now)
    }

    /// When to [`settle`](Self::settle) again; `None` if no call of `kind` waits. Another call does not bring it forward.
    #[must_use]
    pub fn next(&self, kind: Kind) -> Option<Timestamp> {
        match kind {
            Kind::Creates => self.creates.next(),
            Kind::Others => self.others.next(),
        }
    }

    /// The provider has answered a call of `kind` with 429: no more of them go out for this many seconds, at most 300.
    pub fn throttled(&mut self, now: Timestamp, kind: Kind, seconds: u32) {
        self.lane(kind).throttled(now, seconds);
    }

    const fn lane(&mut self, kind: Kind) -> &mut Lane {
        match kind {
            Kind::Creates => &mut self.creates,
            Kind::Others => &mut self.others,
        }
    }
}
