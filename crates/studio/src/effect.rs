//! What a studio needs done outside: rows of its outbox, handed out when they are due.

use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::ProviderId;
use selfsame_provider::submission::Submission;

/// An effect that is due, leased to the shell. Give it back to [`Studio::observe`](crate::Studio::observe) with
/// what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxItem {
    pub(crate) row: i64,
    pub(crate) attempt: u32,
    /// What to do.
    pub effect: Effect,
}

impl OutboxItem {
    /// Milliseconds that the shell has. It must have given up on the effect by then, because the effect is handed
    /// out again after that (a submit as a reconcile).
    #[must_use]
    pub const fn lease_milliseconds(&self) -> i64 {
        self.effect.lease_milliseconds()
    }
}

/// Something to do outside, and which [`Observation`](crate::Observation) answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Create a prediction. The only effect that costs money: it is handed out once, and again only after the
    /// provider said that it created nothing. Answered by `Submitted`.
    Submit {
        /// For this generation.
        generation: GenerationId,
        /// What to send.
        submission: Submission,
    },
    /// Find out whether the provider has the prediction of a submit whose outcome is unknown. Answered by
    /// `Reconciled`.
    Reconcile {
        /// For this generation.
        generation: GenerationId,
        /// What was sent; a prediction is the one looked for if its version and input are these.
        submission: Submission,
        /// When it was sent, by the clock of this side: nothing created earlier can be it.
        since: Timestamp,
        /// What a verified webhook named: get this one (and compare it) instead of listing.
        hinted: Option<ProviderId>,
    },
    /// Look at a prediction. Answered by `Polled`.
    Poll {
        /// For this generation.
        generation: GenerationId,
        /// Which prediction.
        provider_id: ProviderId,
    },
    /// Cancel a prediction. Answered by `CancelAnswered`.
    CancelUpstream {
        /// Which prediction.
        provider_id: ProviderId,
    },
    /// Copy a provider's file into the object store, under `key`. The URL is what the provider sent: check it
    /// against the delivery hosts first. Answered by `PictureStored` or `PictureFailed`.
    FetchPicture {
        /// Of this generation.
        generation: GenerationId,
        /// The picture's id.
        picture: PictureId,
        /// Which of the request's pictures it is, from 0.
        index: u32,
        /// Where the provider says the file is: unchecked.
        url: String,
        /// Where the bytes go.
        key: String,
    },
    /// Delete an object; none by that key is as good. Answered by `ObjectDeleted`.
    DeleteObject {
        /// The object's key.
        key: String,
    },
}

impl Effect {
    /// Milliseconds: a create waits for the provider's queue, a picture may have 25 MiB.
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
