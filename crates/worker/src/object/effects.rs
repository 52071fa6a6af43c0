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

use super::fetch;
use crate::config::{self, Config};
use crate::platform::{Level, Line};
use crate::provider::{CREATE_TIMEOUT, READ_TIMEOUT, cause};

/// Performs effects at the provider and in the picture store.
pub(super) struct Performer {
    settings: Rc<Config>,
    env: Env,
}

impl Performer {
    /// A performer with these settings.
    pub(super) fn new(settings: Rc<Config>, env: Env) -> Self {
        Self { settings, env }
    }

    /// The settings of this deployment.
    pub(super) fn config(&self) -> &Config {
        &self.settings
    }

    /// Performs `effect`. The cause of a failure goes to the operator's log.
    ///
    /// Only the lease bounds the whole effect: see [`within_lease`](selfsame_studio::schedule::within_lease). Dropping
    /// the future aborts its network I/O.
    pub(super) async fn perform(&self, effect: &Effect) -> Observation {
        let observation = self.observe(effect).await;
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

    async fn observe(&self, effect: &Effect) -> Observation {
        match effect {
            Effect::Submit { submission, .. } => {
                let request = request::create(submission);
                let result = self.send(&request, CREATE_TIMEOUT).await;
                Observation::Submitted(read_create(result))
            }
            Effect::Reconcile {
                submission,
                since,
                hinted,
                ..
            } => Observation::Reconciled(match hinted {
                Some(id) => self.get_hinted(id, submission).await,
                None => self.search(submission, *since).await,
            }),
            Effect::Poll { provider_id, .. } => {
                let request = request::get(provider_id);
                let result = self.send(&request, READ_TIMEOUT).await;
                Observation::Polled(read_get(result, provider_id))
            }
            Effect::Cancel { provider_id } => {
                let request = request::cancel(provider_id);
                let result = self.send(&request, READ_TIMEOUT).await;
                Observation::Canceled(read_cancel(result, provider_id))
            }
            Effect::FetchPicture { url, key, .. } => self.copy(url, key).await,
            Effect::DeleteObject { key } => self.delete(key).await,
        }
    }

    async fn send(&self, request: &ProviderRequest, timeout: u32) -> ProviderResult {
        match &self.settings.provider {
            Some(provider) => provider.send(request, timeout).await,
            None => Err(TransportError::NotSent(Cause::new(NO_PROVIDER))),
        }
    }

    /// Gets the prediction that a webhook named.
    async fn get_hinted(&self, id: &ProviderId, submission: &Submission) -> ReadOutcome<Listing> {
        let result = self.send(&request::get(id), READ_TIMEOUT).await;
        read_hinted(result, id, submission)
    }

    /// Searches the provider's list for the predictions of `submission`. A page that cannot be read ends the search
    /// without a result, because the prediction may be on it.
    async fn search(&self, submission: &Submission, since: Timestamp) -> ReadOutcome<Listing> {
        let mut search = Search::new(submission, since);
        let mut cursor = None;
        loop {
            let request = request::list(since, cursor.as_ref());
            let page = match read_list(self.send(&request, READ_TIMEOUT).await) {
                ReadOutcome::Found(page) => page,
                ReadOutcome::Gone => return ReadOutcome::Gone,
                ReadOutcome::RetryAfter { seconds, cause } => {
                    return ReadOutcome::RetryAfter { seconds, cause };
                }
                ReadOutcome::Unavailable { cause } => return ReadOutcome::Unavailable { cause },
            };
            match search.read(page) {
                Step::Next(more, next) => (search, cursor) = (more, Some(next)),
                Step::Done(listing) => return ReadOutcome::Found(listing),
            }
        }
    }

    async fn copy(&self, url: &str, key: &str) -> Observation {
        let Some(provider) = &self.settings.provider else {
            return not_stored(Cause::new(NO_PROVIDER));
        };
        match self.bucket() {
            Ok(bucket) => fetch::copy(&provider.delivery, &bucket, url, key).await,
            Err(error) => not_stored(cause(&error)),
        }
    }

    async fn delete(&self, key: &str) -> Observation {
        let deleted = match self.bucket() {
            Ok(bucket) => bucket.delete(key).await,
            Err(error) => Err(error),
        };
        match deleted {
            Ok(()) => Observation::ObjectDeleted,
            Err(error) => Observation::ObjectKept {
                cause: cause(&error),
            },
        }
    }

    fn bucket(&self) -> Result<Bucket, Error> {
        self.env.bucket(config::PICTURES)
    }
}

/// The operator can remove the provider's configuration while a generation is under way.
const NO_PROVIDER: &str = "no provider is configured";

fn not_stored(cause: Cause) -> Observation {
    Observation::PictureFailed {
        kind: FetchFailure::Transient,
        cause,
    }
}
