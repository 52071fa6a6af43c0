//! Performs a studio's effects: one effect in, one observation out.

use std::rc::Rc;

use selfsame_primitives::time::Timestamp;
use selfsame_provider::http::{ProviderRequest, ProviderResult, TransportError};
use selfsame_provider::outcome::{Listing, ReadOutcome};
use selfsame_provider::prediction::{ProviderId, Submission};
use selfsame_provider::redact::Cause;
use selfsame_provider::replicate::reconcile::{Search, Step, read_hinted};
use selfsame_provider::replicate::{read_cancel, read_create, read_get, read_list, request};
use selfsame_studio::{Effect, FetchFailure, Observation};
use worker::{Bucket, Env, Error};

use super::{fetch, thumbnails};
use crate::config::{self, Config};
use crate::pacer::{Later, PacerClient};
use crate::platform::{Level, Line};
use crate::provider::{CREATE_TIMEOUT, READ_TIMEOUT, cause};

/// Performs effects at the provider, in the picture store and, for a deletion, in the directory.
pub(super) struct Performer {
    settings: Rc<Config>,
    pacer: PacerClient,
    env: Env,
}

impl Performer {
    /// A performer with these settings. Its calls take the turns of `person` at the provider.
    pub(super) fn new(settings: Rc<Config>, env: Env, person: String) -> Self {
        Self {
            settings,
            pacer: PacerClient::new(env.clone(), person),
            env,
        }
    }

    /// The settings of this deployment.
    pub(super) fn config(&self) -> &Config {
        &self.settings
    }

    /// The bindings.
    pub(super) const fn env(&self) -> &Env {
        &self.env
    }

    /// Performs `effect`. The cause of a failure goes to the operator's log. A submit is sent only if `start_sending`, which
    /// is called when it has its turn, returns true.
    ///
    /// Only the lease bounds the whole effect: see [`within_lease`](selfsame_studio::schedule::within_lease). Dropping
    /// the future aborts its network I/O.
    pub(super) async fn perform(
        &self,
        effect: &Effect,
        start_sending: impl FnOnce() -> bool,
    ) -> Observation {
        let observed = self.observe(effect, start_sending).await;
        let observation =
            observed.unwrap_or_else(|Later { milliseconds }| Observation::PutOff { milliseconds });
        if let Some(cause) = observation.log_cause() {
            Line {
                level: Level::Warning,
                event: effect.name(),
                subject: Some(effect.subject()),
                detail: Some(&effect.without_prompt(cause)),
            }
            .write();
        }
        observation
    }

    async fn observe(
        &self,
        effect: &Effect,
        start_sending: impl FnOnce() -> bool,
    ) -> Result<Observation, Later> {
        Ok(match effect {
            Effect::Submit { submission, .. } => {
                let result = self.create(submission, start_sending).await?;
                Observation::Submitted(read_create(result))
            }
            Effect::Reconcile {
                submission,
                since,
                hinted,
                ..
            } => Observation::Reconciled(match hinted {
                Some(id) => self.get_hinted(id, submission).await?,
                None => self.search(submission, *since).await?,
            }),
            Effect::Poll { provider_id, .. } => {
                let request = request::get(provider_id);
                let result = self.send(&request, READ_TIMEOUT).await?;
                Observation::Polled(read_get(result, provider_id))
            }
            Effect::Cancel { provider_id } => {
                let request = request::cancel(provider_id);
                let result = self.send(&request, READ_TIMEOUT).await?;
                Observation::Canceled(read_cancel(result, provider_id))
            }
            Effect::FetchPicture {
                url,
                key,
                fingerprint,
                ..
            } => self.copy(url, key, *fingerprint).await,
            Effect::MakeThumbnails { key, into, .. } => match self.bucket() {
                Ok(bucket) => thumbnails::store(&bucket, key, into).await,
                Err(error) => thumbnails::failed(FetchFailure::Transient, cause(&error)),
            },
            Effect::DeleteObjects { keys, .. } => self.delete(keys).await,
            Effect::Erase(erasure) => self.erase(erasure).await?,
        })
    }

    /// Sends a create, unless it must not be sent any more when it has its turn.
    async fn create(
        &self,
        submission: &Submission,
        start_sending: impl FnOnce() -> bool,
    ) -> Result<ProviderResult, Later> {
        let Some(provider) = &self.settings.provider else {
            return Ok(no_provider());
        };
        let request = request::create(submission);
        let permit = self.pacer.permit(provider.kind, &request).await?;
        if !start_sending() {
            return Err(NOT_SENT);
        }
        Ok(provider.send(permit, CREATE_TIMEOUT).await)
    }

    pub(super) async fn send(
        &self,
        request: &ProviderRequest,
        timeout: u32,
    ) -> Result<ProviderResult, Later> {
        let Some(provider) = &self.settings.provider else {
            return Ok(no_provider());
        };
        provider.send_in_turn(&self.pacer, request, timeout).await
    }

    /// Gets the prediction that a webhook named.
    async fn get_hinted(
        &self,
        id: &ProviderId,
        submission: &Submission,
    ) -> Result<ReadOutcome<Listing>, Later> {
        let result = self.send(&request::get(id), READ_TIMEOUT).await?;
        Ok(read_hinted(result, id, submission))
    }

    /// Searches the provider's list for the predictions of `submission`. A page that cannot be read ends the search
    /// without a result, because the prediction may be on it.
    async fn search(
        &self,
        submission: &Submission,
        since: Timestamp,
    ) -> Result<ReadOutcome<Listing>, Later> {
        let mut search = Search::new(submission, since);
        let mut cursor = None;
        loop {
            let request = request::list(since, cursor.as_ref());
            let page = match read_list(self.send(&request, READ_TIMEOUT).await?) {
                ReadOutcome::Found(page) => page,
                ReadOutcome::Gone => return Ok(ReadOutcome::Gone),
                ReadOutcome::RetryAfter { seconds, cause } => {
                    return Ok(ReadOutcome::RetryAfter { seconds, cause });
                }
                ReadOutcome::Unavailable { cause } => {
                    return Ok(ReadOutcome::Unavailable { cause });
                }
            };
            match search.read(page) {
                Step::Next(more, next) => (search, cursor) = (more, Some(next)),
                Step::Done(listing) => return Ok(ReadOutcome::Found(listing)),
            }
        }
    }

    async fn copy(&self, url: &str, key: &str, fingerprint: bool) -> Observation {
        let Some(provider) = &self.settings.provider else {
            return not_stored(Cause::new(NO_PROVIDER));
        };
        match self.bucket() {
            Ok(bucket) => fetch::copy(&provider.delivery, &bucket, url, key, fingerprint).await,
            Err(error) => not_stored(cause(&error)),
        }
    }

    async fn delete(&self, keys: &[String]) -> Observation {
        let deleted = match self.bucket() {
            Ok(bucket) => bucket.delete_multiple(keys.to_vec()).await,
            Err(error) => Err(error),
        };
        match deleted {
            Ok(()) => Observation::ObjectsDeleted,
            Err(error) => Observation::ObjectsKept {
                cause: cause(&error),
            },
        }
    }

    pub(super) fn bucket(&self) -> Result<Bucket, Error> {
        self.env.bucket(config::PICTURES)
    }
}

/// The operator can remove the provider's configuration while a generation is under way.
const NO_PROVIDER: &str = "no provider is configured";

fn no_provider() -> ProviderResult {
    Err(TransportError::NotSent(Cause::new(NO_PROVIDER)))
}

/// A create that must not be sent. If only the database failed, the studio still waits for it.
const NOT_SENT: Later = Later {
    milliseconds: 30_000,
};

fn not_stored(cause: Cause) -> Observation {
    Observation::PictureFailed {
        kind: FetchFailure::Transient,
        cause,
    }
}
