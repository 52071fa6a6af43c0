//! Effects, the I/O that a studio asks its shell for, and observations, what became of them. Each effect is a row of the
//! outbox, handed out when it is due.

use std::borrow::Cow;

use selfsame_api::Removed;
use selfsame_primitives::ids::{DeletionId, GenerationId, PictureId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_prompt::schema::{InputValue, names};
use selfsame_provider::fingerprint::Fingerprint;
use selfsame_provider::model_ref::{ModelName, VersionId};
use selfsame_provider::outcome::{CancelOutcome, Listing, PollOutcome, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{ProviderId, Submission};
use selfsame_provider::redact::Cause;

use crate::thumbnail::{Thumbnail, ThumbnailSize};

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
    /// (a submit that may have been sent, as a reconcile). The shell drops the effect by then: see
    /// [`within_lease`](crate::schedule::within_lease).
    #[must_use]
    pub const fn lease_milliseconds(&self) -> i64 {
        self.effect.lease_milliseconds()
    }
}

/// Consecutive characters that a cause must share with the prompt to count as a quotation of it.
const QUOTATION: usize = 16;

/// What [`Studio::due`](crate::Studio::due) found.
#[derive(Debug, Clone, Default, PartialEq)]
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
    /// Cancels: every second of one costs money.
    Cancel,
    /// Submits.
    Submit,
    /// Polls and reconciles: they only look.
    Read,
    /// Copies of pictures into the object store, and their smaller versions. Each holds a whole picture in memory.
    Fetch,
    /// Deletions from the object store, and of the person.
    Delete,
}

/// An effect, and which [`Observation`] answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Create a prediction. The only effect that costs money: call
    /// [`Studio::start_sending`](crate::Studio::start_sending) right before it is sent. After that it is handed out again
    /// only if the provider has said that it created nothing. Answered by `Submitted`.
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
    /// Cancel a prediction. Answered by `Canceled`.
    Cancel {
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
        /// Whether the observation is to have the picture's fingerprint.
        fingerprint: bool,
    },
    /// Make a stored picture's smaller versions. Answered by `ThumbnailsMade` or `ThumbnailsFailed`.
    MakeThumbnails {
        /// The picture.
        picture: PictureId,
        /// The key of the picture's object.
        key: String,
        /// The sizes, each with the key of its object.
        into: [(ThumbnailSize, String); 3],
    },
    /// Delete a picture's objects; succeeds for those that do not exist. Answered by `ObjectsDeleted` or `ObjectsKept`.
    DeleteObjects {
        /// The picture.
        picture: PictureId,
        /// The objects' keys.
        keys: Vec<String>,
    },
    /// Delete what is left of a person outside their database. Answered by `Erased` or `NotErased`.
    Erase(Erasure),
}

/// What is left of a person outside their database. Deleting it may be repeated.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    /// Whose rows in the directory go.
    pub user: UserId,
    /// The deletion that the directory has noted.
    pub deletion: DeletionId,
    /// The prefix of all their objects in the object store.
    pub prefix: String,
    /// The versions that the provider is to delete.
    pub versions: Vec<(ModelName, VersionId)>,
    /// Whether to try again later when the provider cannot be reached. If not, its versions remain.
    pub provider_needed: bool,
    /// For the receipt: what the database had.
    pub removed: Removed,
    /// For the receipt: versions that remain at the provider, because it is not to delete them.
    pub versions_kept: u32,
}

impl Effect {
    /// A stable name for the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit",
            Self::Reconcile { .. } => "reconcile",
            Self::Poll { .. } => "poll",
            Self::Cancel { .. } => "cancel",
            Self::FetchPicture { .. } => "fetch_picture",
            Self::MakeThumbnails { .. } => "make_thumbnails",
            Self::DeleteObjects { .. } => "delete_objects",
            Self::Erase(_) => "erase",
        }
    }

    /// The generation, prediction, picture or deletion that a log line about the effect names.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::Submit { generation, .. }
            | Self::Reconcile { generation, .. }
            | Self::Poll { generation, .. }
            | Self::FetchPicture { generation, .. } => generation.as_str(),
            Self::Cancel { provider_id } => provider_id.as_str(),
            Self::MakeThumbnails { picture, .. } | Self::DeleteObjects { picture, .. } => {
                picture.as_str()
            }
            Self::Erase(erasure) => erasure.deletion.as_str(),
        }
    }

    /// `cause` up to the place where the provider quotes the effect's prompt, because no prompt goes to the log.
    #[must_use]
    pub fn without_prompt<'a>(&self, cause: &'a str) -> Cow<'a, str> {
        let (Self::Submit { submission, .. } | Self::Reconcile { submission, .. }) = self else {
            return Cow::Borrowed(cause);
        };
        let Some(InputValue::Text(prompt)) = submission.input.get(names::PROMPT) else {
            return Cow::Borrowed(cause);
        };
        let quotes = |rest: &str| {
            let end = rest.char_indices().nth(QUOTATION).map(|(end, _)| end);
            let words = end.and_then(|end| rest.get(..end));
            words.is_some_and(|words| prompt.contains(words))
        };
        let mut starts = cause.char_indices().map(|(start, _)| cause.split_at(start));
        match starts.find(|(_, rest)| quotes(rest)) {
            Some((before, _)) => Cow::Owned(format!("{before}…")),
            None => Cow::Borrowed(cause),
        }
    }

    /// How urgent the effect is.
    #[must_use]
    pub const fn class(&self) -> EffectClass {
        match self {
            Self::Cancel { .. } => EffectClass::Cancel,
            Self::Submit { .. } => EffectClass::Submit,
            Self::Reconcile { .. } | Self::Poll { .. } => EffectClass::Read,
            Self::FetchPicture { .. } | Self::MakeThumbnails { .. } => EffectClass::Fetch,
            Self::DeleteObjects { .. } | Self::Erase(_) => EffectClass::Delete,
        }
    }

    /// Milliseconds from the hand-out until the lease ends. A create waits for the provider's queue, each page of a
    /// reconcile may wait for its turn, a picture may have 25 MiB, and a person thousands of pictures.
    #[must_use]
    pub const fn lease_milliseconds(&self) -> i64 {
        match self {
            Self::Submit { .. } => 90_000,
            Self::Reconcile { .. } => 120_000,
            Self::MakeThumbnails { .. } | Self::DeleteObjects { .. } => 60_000,
            Self::Poll { .. } | Self::Cancel { .. } => 30_000,
            Self::FetchPicture { .. } | Self::Erase(_) => 180_000,
        }
    }
}

/// The outcome of an effect. The shell logs its cause; the studio decides what follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// What became of a submit: `SubmitOutcome::Unknown` if there was no response (a timeout, a broken connection).
    Submitted(SubmitOutcome),
    /// What a reconcile found: the predictions that match the submission. If the hinted prediction does not exist or does
    /// not match, the listing is complete and empty.
    Reconciled(ReadOutcome<Listing>),
    /// What a poll read.
    Polled(PollOutcome),
    /// What became of a cancel.
    Canceled(CancelOutcome),
    /// A fetch succeeded: the object store has the whole object.
    PictureStored {
        /// The format that the bytes have.
        format: OutputFormat,
        /// Its size in bytes.
        bytes: u64,
        /// The store's entity tag, without quotes: equal for equal bytes.
        etag: String,
        /// The picture's fingerprint, if the effect asked for it and the picture could be decoded.
        fingerprint: Option<Fingerprint>,
    },
    /// A fetch failed: nothing is stored.
    PictureFailed {
        /// Whether another attempt may succeed.
        kind: FetchFailure,
        /// For the log.
        cause: Cause,
    },
    /// These smaller versions are in the object store. The other sizes are not smaller than the picture, or the picture
    /// has transparency.
    ThumbnailsMade(Vec<Thumbnail>),
    /// No smaller versions were made; some may have been written.
    ThumbnailsFailed {
        /// Whether another attempt may succeed.
        kind: FetchFailure,
        /// For the log.
        cause: Cause,
    },
    /// A deletion succeeded, or the objects did not exist.
    ObjectsDeleted,
    /// A deletion failed; some objects may still exist.
    ObjectsKept {
        /// For the log.
        cause: Cause,
    },
    /// A submit, reconcile, poll, cancel or erasure was not performed, because other calls go to the provider first. This is
    /// no failure.
    PutOff {
        /// How long to wait before it is handed out again.
        milliseconds: u32,
    },
    /// Nothing is left of the person outside their database. It is not reported: the shell deletes the database, and with
    /// it the row of the effect. A database that cannot be deleted hands the effect out again.
    Erased,
    /// Something is left of the person.
    NotErased {
        /// For the log.
        cause: Cause,
    },
}

/// Whether another attempt to fetch a file, or to make its smaller versions, may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchFailure {
    /// It may.
    Transient,
    /// The host says that the file does not exist. One such answer may come from a server that lags.
    Absent,
    /// It cannot: the file is too large, not a picture, or on a foreign host.
    Permanent,
}

impl Observation {
    /// Why the effect failed, for the operator's log.
    #[must_use]
    pub fn log_cause(&self) -> Option<&str> {
        match self {
            Self::Submitted(outcome) => outcome.log_cause(),
            Self::Reconciled(outcome) => outcome.log_cause(),
            Self::Polled(ReadOutcome::Found(prediction))
            | Self::Canceled(ReadOutcome::Found(prediction)) => prediction.log_cause(),
            Self::Polled(outcome) | Self::Canceled(outcome) => outcome.log_cause(),
            Self::PictureFailed { cause, .. }
            | Self::ThumbnailsFailed { cause, .. }
            | Self::ObjectsKept { cause }
            | Self::NotErased { cause } => Some(cause.as_str()),
            Self::PictureStored { .. }
            | Self::ThumbnailsMade(_)
            | Self::ObjectsDeleted
            | Self::Erased
            | Self::PutOff { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll_and_submit(prompt: &str) -> [Effect; 2] {
        let generation = GenerationId::mint(Timestamp::from_millisecond(1), 1);
        let input = [("prompt".to_owned(), InputValue::Text(prompt.to_owned()))];
        [
            Effect::Poll {
                generation: generation.clone(),
                provider_id: "p1".parse().unwrap(),
            },
            Effect::Submit {
                generation,
                submission: Submission {
                    version: "f".repeat(64).parse().unwrap(),
                    input: input.into_iter().collect(),
                    webhook_url: None,
                    cancel_after_seconds: 60,
                },
            },
        ]
    }

    #[test]
    fn a_cause_is_cut_where_it_quotes_the_prompt() {
        let [poll, submit] = poll_and_submit("ada reading in a café");
        let cause = "422: input `ada reading in a café` is too long";
        assert_eq!(submit.without_prompt(cause), "422: input `…");
        assert_eq!(poll.without_prompt(cause), cause);
    }

    #[test]
    fn fewer_than_sixteen_common_characters_are_no_quotation() {
        let [_, submit] = poll_and_submit("ada reading in a café");
        let cause = "422: ada reading in  is unknown";
        assert_eq!(submit.without_prompt(cause), cause);
        assert_eq!(submit.without_prompt(""), "");
    }
}
