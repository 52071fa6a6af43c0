//! Effects: the I/O that a studio asks its shell for. Each is a row of the outbox, handed out when it is due.

use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::ProviderId;
use selfsame_provider::prediction::Submission;

/// An effect that is leased to the shell. Give it back to [`Studio::observe`](crate::Studio::observe) with its outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxItem {
    pub(crate) row: i64,
    pub(crate) attempt: u32,
    /// What to do.
    pub effect: Effect,
}

impl OutboxItem {
    /// Milliseconds from [`Studio::due`](crate::Studio::due) until the lease ends and the effect is handed out again
    /// (a submit as a reconcile). The shell drops the effect by then: see
    /// [`within_lease`](crate::schedule::within_lease).
    #[must_use]
    pub const fn lease_milliseconds(&self) -> i64 {
        self.effect.lease_milliseconds()
    }
}

/// What [`Studio::due`](crate::Studio::due) found.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The effects to perform, leased, in the order in which to start them.
    pub items: Vec<OutboxItem>,
    /// Rows that could not be read and were set aside, for the log.
    pub set_aside: Vec<SetAside>,
}

/// An outbox row that could not be read or recovered. It stays in the database, is never handed out while this
/// studio is open, and gets another try when the studio is opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The row's id.
    pub row: i64,
    /// Why.
    pub cause: String,
}

/// How urgent effects are, most urgent first. The outbox hands them out in this order, and
/// [`EffectSlots`](crate::schedule::EffectSlots) limits how many of each run at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectClass {
    /// Submits and cancels: they change something at the provider.
    Write,
    /// Polls and reconciles: they only look.
    Read,
    /// Copies of pictures into the object store.
    Fetch,
    /// Deletions from the object store.
    Delete,
}

/// An effect, and which [`Observation`](crate::Observation) answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Create a prediction. The only effect that costs money: it is handed out once, and again only after the
    /// provider has said that it created nothing. Answered by `Submitted`.
    Submit {
        /// The generation.
        generation: GenerationId,
        /// What to send.
        submission: Submission,
    },
    /// Look for the prediction of a submit whose outcome is unknown. Answered by `Reconciled`.
    Reconcile {
        /// The generation.
        generation: GenerationId,
        /// What was sent. A prediction with this version and input matches.
        submission: Submission,
        /// When it was sent, by this side's clock. An earlier prediction does not match.
        since: Timestamp,
        /// The prediction that a verified webhook named: get and compare this one instead of listing.
        hinted: Option<ProviderId>,
    },
    /// Get a prediction. Answered by `Polled`.
    Poll {
        /// The generation.
        generation: GenerationId,
        /// The prediction.
        provider_id: ProviderId,
    },
    /// Cancel a prediction. Answered by `CancelAnswered`.
    CancelUpstream {
        /// The prediction.
        provider_id: ProviderId,
    },
    /// Copy a provider's file into the object store, under `key`. Answered by `PictureStored` or `PictureFailed`.
    FetchPicture {
        /// The generation.
        generation: GenerationId,
        /// The picture's id.
        picture: PictureId,
        /// The picture's index in the request, from 0.
        index: u32,
        /// The file's URL as the provider sent it. It must be checked against the delivery hosts before the fetch.
        url: String,
        /// The object's key.
        key: String,
    },
    /// Delete an object; succeeds if there is none. Answered by `ObjectDeleted` or `ObjectKept`.
    DeleteObject {
        /// The object's key.
        key: String,
    },
}

impl Effect {
    /// A stable name for the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit",
            Self::Reconcile { .. } => "reconcile",
            Self::Poll { .. } => "poll",
            Self::CancelUpstream { .. } => "cancel",
            Self::FetchPicture { .. } => "fetch_picture",
            Self::DeleteObject { .. } => "delete_object",
        }
    }

    /// How urgent the effect is.
    #[must_use]
    pub const fn class(&self) -> EffectClass {
        match self {
            Self::Submit { .. } | Self::CancelUpstream { .. } => EffectClass::Write,
            Self::Reconcile { .. } | Self::Poll { .. } => EffectClass::Read,
            Self::FetchPicture { .. } => EffectClass::Fetch,
            Self::DeleteObject { .. } => EffectClass::Delete,
        }
    }

    /// Milliseconds. A create waits for the provider's queue, and a picture may have 25 MiB.
    #[must_use]
    pub const fn lease_milliseconds(&self) -> i64 {
        match self {
            Self::Submit { .. } => 90_000,
            Self::Reconcile { .. } | Self::DeleteObject { .. } => 60_000,
            Self::Poll { .. } | Self::CancelUpstream { .. } => 30_000,
            Self::FetchPicture { .. } => 180_000,
        }
    }
}
