//! Doing what a studio needs done outside: one effect in, what became of it out.

use std::borrow::Cow;
use std::rc::Rc;

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::{InputValue, names};
use selfsame_provider::http::{ProviderRequest, ProviderResult, TransportError};
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::Submission;
use selfsame_provider::prediction::{Prediction, ProviderId};
use selfsame_provider::redact::Cause;
use selfsame_provider::replicate::reconcile::{Search, read_hinted};
use selfsame_provider::replicate::{read_cancel, read_create, read_get, read_list, request};
use selfsame_studio::{Effect, Observation};
use worker::{Bucket, Env, Error};

use super::pictures;
use crate::config::{self, Config};
use crate::log::{Level, Line};
use crate::provider::{CREATE_TIMEOUT, READ_TIMEOUT, cause};

/// Performs effects with the provider's token and the picture store.
pub struct Performer {
    settings: Rc<Config>,
    env: Env,
}

impl Performer {
    /// With these settings.
    pub fn new(settings: Rc<Config>, env: Env) -> Self {
        Self { settings, env }
    }

    /// Does it, and says what became of it. Causes go to the operator's log.
    pub async fn perform(&self, effect: &Effect) -> Observation {
        let observation = self.observe(effect).await;
        if let Some(cause) = log_cause(&observation) {
            Line {
                level: Level::Warning,
                event: effect.name(),
                subject: Some(subject(effect)),
                detail: Some(&without_prompt(cause, effect)),
            }
            .write();
        }
        observation
    }

    async fn observe(&self, effect: &Effect) -> Observation {
        match effect {
            Effect::Submit { submission, .. } => {
                let request = request::create(submission);
                let exchange = self.exchange(&request, CREATE_TIMEOUT).await;
                Observation::Submitted(read_create(exchange))
            }
            Effect::Reconcile {
                submission,
                since,
                hinted,
                ..
            } => Observation::Reconciled(match hinted {
                Some(id) => self.look_at_hinted(id, submission).await,
                None => self.search(submission, *since).await,
            }),
            Effect::Poll { provider_id, .. } => {
                let exchange = self
                    .exchange(&request::get(provider_id), READ_TIMEOUT)
                    .await;
                Observation::Polled(read_get(exchange, provider_id))
            }
            Effect::CancelUpstream { provider_id } => {
                let request = request::cancel(provider_id);
                let exchange = self.exchange(&request, READ_TIMEOUT).await;
                Observation::CancelAnswered(read_cancel(exchange, provider_id))
            }
            Effect::FetchPicture { url, key, .. } => self.copy(url, key).await,
            Effect::DeleteObject { key } => self.delete(key).await,
        }
    }

    async fn exchange(&self, request: &ProviderRequest, timeout: u32) -> ProviderResult {
        match &self.settings.provider {
            Some(provider) => provider.exchange(request, timeout).await,
            None => Err(TransportError::NotSent(Cause::new(NO_PROVIDER))),
        }
    }

    async fn look_at_hinted(
        &self,
        id: &ProviderId,
        submission: &Submission,
    ) -> ReadOutcome<Vec<Prediction>> {
        let exchange = self.exchange(&request::get(id), READ_TIMEOUT).await;
        read_hinted(exchange, id, submission)
    }

    async fn search(
        &self,
        submission: &Submission,
        since: Timestamp,
    ) -> ReadOutcome<Vec<Prediction>> {
        let mut search = Search::new(submission, since);
        let mut cursor = None;
        loop {
            let request = request::list(since, cursor.as_ref());
            let page = match read_list(self.exchange(&request, READ_TIMEOUT).await) {
                ReadOutcome::Found(page) => page,
                ReadOutcome::Gone => return ReadOutcome::Gone,
                ReadOutcome::RetryAfter { seconds, cause } => {
                    return ReadOutcome::RetryAfter { seconds, cause };
                }
                ReadOutcome::Unavailable { cause } => return ReadOutcome::Unavailable { cause },
            };
            cursor = search.add(page);
            if cursor.is_none() {
                return ReadOutcome::Found(search.finish());
            }
        }
    }

    async fn copy(&self, url: &str, key: &str) -> Observation {
        let Some(provider) = &self.settings.provider else {
            return not_stored(Cause::new(NO_PROVIDER));
        };
        match self.bucket() {
            Ok(bucket) => pictures::copy(&provider.delivery, &bucket, url, key).await,
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

/// Characters in a row that nobody has in common with a prompt by chance.
const QUOTATION: usize = 16;

/// Between a generation's start and now the configuration can be taken away.
const NO_PROVIDER: &str = "no provider is configured";

fn not_stored(cause: Cause) -> Observation {
    let retryable = true;
    Observation::PictureFailed { retryable, cause }
}

fn log_cause(observation: &Observation) -> Option<&str> {
    match observation {
        Observation::Submitted(outcome) => outcome.log_cause(),
        Observation::Reconciled(outcome) => outcome.log_cause(),
        Observation::Polled(ReadOutcome::Found(prediction))
        | Observation::CancelAnswered(ReadOutcome::Found(prediction)) => prediction.log_cause(),
        Observation::Polled(outcome) | Observation::CancelAnswered(outcome) => outcome.log_cause(),
        Observation::PictureFailed { cause, .. } | Observation::ObjectKept { cause } => {
            Some(cause.as_str())
        }
        Observation::PictureStored { .. } | Observation::ObjectDeleted => None,
    }
}

/// `cause` up to where a provider quotes the prompt.
fn without_prompt<'a>(cause: &'a str, effect: &Effect) -> Cow<'a, str> {
    let (Effect::Submit { submission, .. } | Effect::Reconcile { submission, .. }) = effect else {
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

fn subject(effect: &Effect) -> &str {
    match effect {
        Effect::Submit { generation, .. }
        | Effect::Reconcile { generation, .. }
        | Effect::Poll { generation, .. }
        | Effect::FetchPicture { generation, .. } => generation.as_str(),
        Effect::CancelUpstream { provider_id } => provider_id.as_str(),
        Effect::DeleteObject { key } => key,
    }
}
